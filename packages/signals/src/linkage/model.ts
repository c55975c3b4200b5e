/** What the engine has learned: plain JSON without any record. */
import { type Field, levelsOf, perField } from './fields.ts'

/** How often values occur among the records: the frequent ones by name, all others by one number. */
export interface Values {
  readonly frequent: Readonly<Record<string, number>>
  /** Frequency of one value that is not listed. */
  readonly rest: number
  /** How often two records that were drawn at random agree: the sum of the squared frequencies. */
  readonly agree: number
}

/** The fields whose values weigh by how rare they are. */
export type Valued =
  | 'family'
  | 'familyFolded'
  | 'given'
  | 'givenFolded'
  | 'middle'
  | 'whole'
  | 'birthDate'
  | 'birthYear'
  | 'ward'
  | 'city'
  | 'postcode'
  | 'occupation'

/** One kind of look-alikes: how many of them there are, and how often each sign shows each of its levels. */
export interface ShareOf {
  readonly share: number
  readonly shares: readonly (readonly number[])[]
}

/** Of records with one name and birth date: those of one person, of two strangers, of twins. */
export interface Lookalikes {
  readonly kinds: readonly ShareOf[]
  /** From these bits for one person on, they stand in for what two look-alikes do not tell. */
  readonly sure: number
}

export interface Model {
  /** From what it was learned, and how. */
  readonly provenance: string
  /** How many human beings the records are drawn from. */
  readonly population: number
  /** Base 2 logarithm of the odds that two records drawn at random are one person. */
  readonly prior: number
  /** From these scores on a pair is the same, or for a person to review. */
  readonly same: number
  readonly review: number
  /** From this score on somebody is asked about two of one name and birth date of whom nothing else is known. */
  readonly askFrom: number
  /** Names are few and people many: a name and a birth date alone tell nobody. */
  readonly crowded: boolean
  /** Per level of the field, in the order of the field's levels: m and u. */
  readonly levels: Readonly<Record<Field, { readonly m: readonly number[]; readonly u: readonly number[] }>>
  readonly values: Readonly<Partial<Record<Valued, Values>>>
  /** How many records share a number or phone that many share; by a hash, so that no number is told. */
  readonly shared: Readonly<Record<string, number>>
  /** Where the records have taught it. */
  readonly lookalikes?: Lookalikes
}

/** FNV-1a, 32 bits. */
export function hashOf(text: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** What is believed of every field before any data was seen. */
export const believedLevels = (): Model['levels'] =>
  perField((field) => ({
    m: levelsOf(field).map(([, m]) => m),
    u: levelsOf(field).map(([, , u]) => u),
  }))
