import type { Level } from '@sokhoe/model/levels'
import type { Answer } from '@sokhoe/ui/http'
import { ask } from '../platform/ask.ts'

export interface Person {
  readonly person: string
  readonly name: string
  readonly birthDate: string
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  readonly level: Level
  readonly status: string
  readonly child: boolean
  readonly ward: { readonly code: string; readonly name: string } | null
  readonly address: string | null
  /** Where an address of before lies today; null where it is an address of today or names no ward. */
  readonly place: { readonly was: string; readonly today: readonly string[] } | null
  readonly bookNumber: string
  readonly numbers: readonly {
    readonly system: 'cccd' | 'cmnd' | 'passport' | 'bhxh' | 'bhyt'
    readonly masked: string
  }[]
  /** Numbers of before, cancelled or replaced. */
  readonly ended: readonly {
    readonly system: 'cccd' | 'cmnd' | 'passport' | 'bhxh' | 'bhyt'
    readonly masked: string
  }[]
}

export interface Found extends Person {
  readonly how: 'live' | 'printed' | 'card' | 'book' | 'number' | 'name'
  readonly present?: string
}

export interface Compared {
  readonly document: 'cccd' | 'bhyt'
  readonly warnings: readonly string[]
  readonly ready: boolean
  readonly fields: readonly ComparedField[]
}

export interface ComparedField {
  readonly field: 'name' | 'birthDate' | 'sex' | 'number' | 'address'
  readonly verdict: 'same' | 'near' | 'differs' | 'missing'
  readonly document: string
  readonly book: string | null
  /** Must be put right, or nobody confirms. */
  readonly settle: boolean
}

export type Verified = Person & { readonly outcome: 'verified' | 'known' }

const of = (person: string, what: string): string => `/api/station/people/${person}/${what}`

export const findPeople = (text: string) =>
  ask<{ people: readonly Found[] }>('POST', '/api/station/find', { text })

export const openPerson = (person: string) => ask<Person>('POST', of(person, 'open'), {})

/** Whom a deed is about; `present` where her live code was read. */
export interface At {
  readonly person: string
  readonly present?: string | undefined
}

export const compareCard = ({ person, present }: At, card: string): Promise<Answer<Compared>> =>
  ask('POST', of(person, 'compare'), { card, present })

export const verifyPerson = ({ person, present }: At, shown: object): Promise<Answer<Verified>> =>
  ask('POST', of(person, 'verify'), { ...shown, present })

export const unverifyPerson = (person: string) => ask<Person>('POST', of(person, 'unverify'))

export interface Measured {
  readonly outcome: 'kept' | 'known'
  readonly resources: number
  readonly mean: { readonly systolic: string; readonly diastolic: string } | null
  readonly digits: {
    readonly digit: number
    readonly of: number
    readonly found: number
    readonly expected: number
  } | null
}

export const keepMeasured = ({ person, present }: At, numbers: object): Promise<Answer<Measured>> =>
  ask('POST', of(person, 'measurements'), { ...numbers, present })
