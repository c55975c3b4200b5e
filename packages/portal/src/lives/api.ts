import type { Answer } from '@sokhoe/ui/http'
import { ask } from '../platform/ask.ts'
import type { At, Person } from '../verify/api.ts'

const of = (person: string, what: string): string => `/api/station/people/${person}/${what}`

/** Sends a change of who somebody is or where she lives. */
export const change = ({ person, present }: At, what: string, body: object): Promise<Answer<Changed>> =>
  ask('POST', of(person, what), { ...body, present })

/** A move tells no more than the ward: she may be out of this station's sight by then. */
export type Changed = Partial<Person> & { readonly outcome?: string }

export interface Life {
  readonly no: number
  readonly kind: 'number' | 'correction' | 'move' | 'death'
  readonly at: string
  readonly paper: string | null
  readonly before: unknown
  readonly after: unknown
  readonly reference?: string
  readonly diedOn?: string
  readonly undone: string | null
}

export const livesOf = ({ person, present }: At) =>
  ask<{ readonly lives: readonly Life[] }>('POST', of(person, 'lives'), { present })

export interface SaidDead {
  readonly person: string
  readonly name: string
  readonly birthDate: string
  readonly by: readonly { readonly facility: string; readonly diedOn: string | null }[]
}
