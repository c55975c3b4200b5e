import { ageOn } from '@sokhoe/model/dates'
import { answersOf, type QuestionnaireResponse } from '@sokhoe/model/questionnaire'
import type { Choice, FieldConflict } from '@sokhoe/model/settle'
import { dayOf } from '@sokhoe/ui/format'

export const RELATIONS = ['mother', 'father', 'grandparent', 'sibling', 'guardian', 'other'] as const

export interface Confirmation {
  readonly kind: 'signature' | 'thumb'
  readonly paper?: string
  readonly witness?: string
  readonly child?: boolean
}

/** What was chosen where the visit and the book differ, or where there may be a book already. */
export interface Settled {
  readonly seen?: string
  readonly choices?: Readonly<Record<string, Choice>>
  readonly same?: string
  readonly others?: readonly string[]
}

/** What a worker took down for somebody, as the server takes it. */
export interface Visit {
  readonly campaign?: string
  readonly response: QuestionnaireResponse
  readonly confirmation: Confirmation
  readonly representative?: { readonly name: string; readonly relation: (typeof RELATIONS)[number] }
  readonly person?: string
  readonly base?: string
  readonly takenAt: string
  readonly settled?: Settled
}

export interface Named {
  readonly name: string
  readonly birthDate: string
  readonly sex: string
  readonly address: string | null
}

export interface Conflict {
  readonly outcome: 'conflict'
  readonly named?: Named
  readonly person?: string
  readonly seen?: string
  readonly fields: readonly FieldConflict[]
  readonly same: readonly (Named & { readonly person: string })[]
}

/** What became of one visit. */
export type Outcome =
  | { readonly outcome: 'kept' | 'known'; readonly person: string; readonly at: string }
  | Conflict
  | {
      readonly outcome: 'refused'
      readonly problem: { readonly type: string; readonly at?: readonly string[] }
    }

export interface Synced {
  readonly now: string
  readonly visits: readonly (Outcome & { readonly uuid: string })[]
}

export const codeOf = (type: string): string => type.replace(/^.*\/problems\//, '')

export const nameIn = (response: QuestionnaireResponse): string =>
  answersOf(response, 'A.01')[0]?.valueString ?? ''

/** How old whoever is visited is; undefined while nobody knows. */
export function ageIn(
  response: QuestionnaireResponse,
  born?: string,
): { min: number; max: number } | undefined {
  const birth = answersOf(response, 'A.05')[0]?.valueDate ?? born
  return (birth && ageOn(birth, dayOf(Date.now()))) || undefined
}

/** Kept together with what was chosen before about the same visit. */
export function withSettled(visit: Visit, conflict: Conflict, next: Settled): Visit {
  const { settled: before = {} } = visit
  const choices = { ...before.choices, ...next.choices }
  const others = [...(before.others ?? []), ...(next.others ?? [])]
  const same = next.same ?? before.same
  const settled = {
    ...(conflict.seen && { seen: conflict.seen }),
    ...(same && { same }),
    choices,
    others,
  }
  return { ...visit, settled }
}
