declare module '../platform/database.ts' {
  interface Tables {
    'access.grant': {
      home: number
      purpose: string
      since: Date
      until: Date | null
      text_version: string
      channel: string
    }
  }
}

/** For what a person may open her book; the first is treatment. */
export type Purpose = 'treatment' | 'programme' | 'research'
