import type { Generated, Selectable } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    'access.proxy': ProxyTable
    'access.proxy_given': {
      home: number
      proxy_id: number
      at: Date
      given_by: Giver
      topics: string[]
      until: Date | null
    }
    'access.invitation': InvitationRow
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

export const RELATIONS = ['child', 'parent', 'spouse', 'sibling', 'grandparent', 'ward', 'other'] as const
/** Whose book it is to whoever acts in it. */
export type Relation = (typeof RELATIONS)[number]

/** Who said which topics: the person herself, who acts for her, or a worker who had both before her. */
export type Giver = 'subject' | 'holder' | 'station'

/** How the person herself agreed; at the representative's own telephone it is somebody's word only. */
export type Confirmation = 'herself' | 'own-phone' | 'same-phone' | 'station'

interface ProxyTable {
  home: number
  proxy_id: number
  holder: number
  relation: string
  basis: 'parent' | 'both' | 'invitation' | 'station'
  topics: string[]
  /** Of the sensitive topics those that the person herself shared, being old enough. */
  shared: Generated<string[]>
  since: Date
  until: Date | null
  confirmed_at: Date | null
  confirmed_how: Confirmation | null
  /** When both were last told that it is time to confirm anew. */
  asked_at: Date | null
  ended_at: Date | null
  ended_by: 'subject' | 'holder' | 'station' | 'age' | null
  /** Whose book it is now, and who acts now; null while neither is joined to another. */
  person: Generated<number | null>
  acts: Generated<number | null>
}

export type ProxyRow = Selectable<ProxyTable>

export interface InvitationRow {
  code_hash: Buffer
  /** Whose word it is: of her who gives, or of her who asks. */
  home: number
  kind: 'give' | 'ask'
  relation: string
  topics: string[]
  until: Date | null
  created_at: Date
  ends_at: Date
  used_at: Date | null
}

/** For what a person may open her book; the first is treatment. */
export type Purpose = 'treatment' | 'programme' | 'research' | 'restricted'
