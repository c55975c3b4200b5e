import type { Level } from '@sokhoe/model/levels'
import { ask } from '../platform/ask.ts'

export type Saying = 'same' | 'different' | 'partly' | 'later'
export type Why = 'look' | 'call'

export interface Listed {
  readonly case: string
  readonly records: number
  readonly since: string
  readonly putOff: { readonly why: Why; readonly at: string } | null
}

export const ROWS = ['name', 'birthDate', 'sex', 'identity', 'insurance', 'place', 'address'] as const
export type Row = (typeof ROWS)[number]

/** How the engine says that two fields agree, and how much it weighs; it may name fields that are not shown. */
export interface Weighed {
  readonly verdict: 'same' | 'review' | 'different'
  readonly score: number
  readonly rule: string | null
  readonly sentence: { readonly vi: string; readonly en: string } | null
  readonly weights: readonly { readonly field: string; readonly weight: number }[]
}

export interface Column {
  readonly records: readonly string[]
  /** A book of another ward: it is compared and not shown. */
  readonly hidden: boolean
  readonly book: { readonly level: Level; readonly ward: string | null } | null
  readonly sources: readonly ('self' | 'station' | 'hospital')[]
  readonly since: string | null
  readonly values: Readonly<Record<Row, readonly string[]>> | null
  /** With the first column; null for that one itself. */
  readonly compared: {
    readonly levels: readonly { readonly field: string; readonly level: string }[]
    readonly weighed: Weighed | null
  } | null
}

export interface Opened {
  readonly case: string
  readonly since: string
  readonly blind: boolean
  readonly suggestion: Saying | null
  readonly columns: readonly Column[]
}

export interface Proportion {
  readonly found: number
  readonly of: number
  readonly share: number | null
  readonly low: number
  readonly high: number
}

export interface Decided {
  readonly decided: number
  readonly slips: number
  readonly wrong: Proportion
  readonly seconds: number | null
  readonly precision: Proportion
  readonly agreed: Proportion
}

export interface Queue {
  readonly ward: string | null
  readonly questions: number
  readonly oldestDays: number | null
  readonly middleDays: number | null
  readonly over3Days: number
  readonly over7Days: number
}

export interface WardNumbers {
  readonly queue: Queue
  readonly decided: Decided
  readonly city: { readonly precision: Proportion }
}

export interface CityNumbers {
  readonly decided: Decided
  readonly wards: readonly (Queue & { readonly name: string | null })[]
}

/** What somebody has chosen of a case, as it is sent. */
export interface Choice {
  readonly say: Saying
  readonly why?: Why
  readonly together?: readonly number[]
}

export const LIST = '/api/station/review'
export const openCase = (name: string) => ask<Opened>('POST', `${LIST}/open`, { case: name })

export const decideCase = ({ case: name, columns }: Opened, choice: Choice, seconds: number) =>
  ask<{ said: Saying; state: 'stands' | 'waits' }>('POST', `${LIST}/decide`, {
    case: name,
    columns: columns.map(({ records }) => records),
    ...choice,
    seconds,
  })

export const undoLast = () => ask<{ undone: Saying; case: string }>('POST', `${LIST}/undo`, {})

/** Two books that somebody proposed to merge. */
export interface Proposed {
  readonly people: readonly [string, string]
  readonly at: string
  /** Whoever proposed it does not confirm it. */
  readonly mine: boolean
  readonly until: string | null
  /** Nobody answered in time. */
  readonly expired: boolean
  /** Neither book is confirmed: a document comes before the second person. */
  readonly needsDocument: boolean
}

export type Second = Pick<Opened, 'columns' | 'suggestion' | 'since'> &
  Pick<Proposed, 'people' | 'mine' | 'needsDocument'>

export const openSecond = (people: Proposed['people']) =>
  ask<Second>('POST', `${LIST}/second/open`, { people })

export const answerSecond = (people: Proposed['people'], agree: boolean) =>
  ask<{ state: 'merged' | 'declined' }>('POST', `${LIST}/second/answer`, { people, agree })
