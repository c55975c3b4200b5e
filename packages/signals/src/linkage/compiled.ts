/** The model made fit for millions of comparisons; made once a model. */
import { FIELD_NAMES } from './fields.ts'
import type { Model, Valued, Values } from './model.ts'

/** Frequencies of one field: a value's weight beside the mean of its field. */
export interface Frequencies {
  readonly of: ReadonlyMap<string, number>
  readonly rest: number
  readonly agree: number
}

export interface Compiled {
  readonly model: Model
  /** Per field and level, in their orders: base 2 logarithm of m/u. */
  readonly weights: readonly Float64Array[]
  readonly values: Readonly<Partial<Record<Valued, Frequencies>>>
  readonly shared: ReadonlyMap<string, number>
  readonly days: ReadonlyMap<number, number>
}

const weightsOf = ({ m, u }: { m: readonly number[]; u: readonly number[] }): Float64Array =>
  Float64Array.from(m, (share, at) => Math.log2(share / (u[at] ?? 1)))

const frequencies = ({ frequent, rest, agree }: Values): Frequencies => ({
  of: new Map(Object.entries(frequent)),
  rest,
  agree,
})

const known = new WeakMap<Model, Compiled>()

export function compile(model: Model): Compiled {
  const before = known.get(model)
  if (before) return before
  const made: Compiled = {
    model,
    weights: FIELD_NAMES.map((field) => weightsOf(model.levels[field])),
    values: Object.fromEntries(
      Object.entries(model.values).map(([field, values]) => [field, frequencies(values)]),
    ),
    shared: new Map(Object.entries(model.shared)),
    days: new Map(
      Object.entries(model.values.birthDate?.frequent ?? {}).map(([day, share]) => [Number(day), share]),
    ),
  }
  known.set(model, made)
  return made
}

const frequencyOf = ({ of, rest }: Frequencies, value: string): number => of.get(value) ?? rest

/** How much more this value tells than the mean one of its field does, in bits. */
export const rarity = (frequencies: Frequencies | undefined, value: string): number =>
  frequencies ? Math.log2(frequencies.agree / frequencyOf(frequencies, value)) : 0
