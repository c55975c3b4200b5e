/** The model made fit for millions of comparisons; made once a model. */
import { FIELD_NAMES } from './fields.ts'
import type { Model, Valued, Values } from './model.ts'

/** How often the values of one field occur, and how much more each tells than the mean one does, in bits. */
export interface Frequencies {
  readonly of: ReadonlyMap<string, number>
  readonly bits: ReadonlyMap<string, number>
  /** Of one value that is not listed: its share and its bits. */
  readonly rest: number
  readonly restBits: number
}

export interface Compiled {
  readonly model: Model
  /** Per field and level, in their orders: base 2 logarithm of m/u. */
  readonly weights: readonly Float64Array[]
  readonly values: Readonly<Partial<Record<Valued, Frequencies>>>
  readonly shared: ReadonlyMap<string, number>
  /** Bits of the days of birth, by their number; `restBits` for all others. */
  readonly days: ReadonlyMap<number, number>
  readonly names: Readonly<Record<'family' | 'given', NameFrequencies>>
  /** The most that the level of a field can weigh. */
  readonly most: Float64Array
}

export interface NameFrequencies {
  readonly exact: Frequencies | undefined
  readonly folded: Frequencies | undefined
}

const weightsOf = ({ m, u }: { m: readonly number[]; u: readonly number[] }): Float64Array =>
  Float64Array.from(m, (share, at) => Math.log2(share / (u[at] ?? 1)))

const bitsOf = (agree: number, share: number): number => Math.log2(agree / share)

const frequencies = ({ frequent, rest, agree }: Values): Frequencies => ({
  of: new Map(Object.entries(frequent)),
  bits: new Map(Object.entries(frequent).map(([value, share]) => [value, bitsOf(agree, share)])),
  rest,
  restBits: bitsOf(agree, rest),
})

/** No value weighs more bits beside its level. */
const MOST_RARE = 12

const known = new WeakMap<Model, Compiled>()

export function compile(model: Model): Compiled {
  const before = known.get(model)
  if (before) return before
  const values: Compiled['values'] = Object.fromEntries(
    Object.entries(model.values).map(([field, one]) => [field, frequencies(one)]),
  )
  const weights = FIELD_NAMES.map((field) => weightsOf(model.levels[field]))
  const made: Compiled = {
    ...{ model, weights, values },
    shared: new Map(Object.entries(model.shared)),
    days: new Map([...(values.birthDate?.bits ?? [])].map(([day, bits]) => [Number(day), bits])),
    names: {
      family: { exact: values.family, folded: values.familyFolded },
      given: { exact: values.given, folded: values.givenFolded },
    },
    most: Float64Array.from(weights, (levels) => Math.max(0, ...levels) + MOST_RARE),
  }
  known.set(model, made)
  return made
}

/** How much more this value tells than the mean one of its field does, in bits. */
export const rarity = (frequencies: Frequencies | undefined, value: string): number =>
  frequencies ? (frequencies.bits.get(value) ?? frequencies.restBits) : 0
