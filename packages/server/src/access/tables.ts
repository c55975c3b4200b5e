declare module '../platform/database.ts' {
  interface Tables {
    'access.proxy': ProxyRow
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

export interface ProxyRow {
  home: number
  proxy_id: number
  holder: number
  relation: string
  basis: 'parent' | 'both' | 'invitation' | 'station'
  topics: string[]
  since: Date
  until: Date | null
  ended_at: Date | null
  ended_by: 'subject' | 'holder' | 'station' | 'age' | null
}

/** For what a person may open her book; the first is treatment. */
export type Purpose = 'treatment' | 'programme' | 'research'
