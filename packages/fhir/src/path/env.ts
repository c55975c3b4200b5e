import type { Item, Items } from './items.ts'

/** What an expression may know besides its focus. */
export interface World {
  /** %resource: the resource that holds the focus, also where it is contained in another. */
  readonly resource: unknown
  /** %rootResource: the one that contains it, or the same. */
  readonly rootResource: unknown
  /** For today() and now(); without it they are empty. */
  readonly now?: Date
}

export interface Env {
  /** $this: what a step without a beginning is taken from. */
  readonly self: Items
  readonly index: number
  readonly total: Items
  /** %context: what the whole expression was asked of. */
  readonly context: Items
  readonly world: World
}

export type Run = (env: Env) => Items

/** A criterion over one item: true, false, or unknown. */
export type Test = (item: Item, index: number, env: Env) => boolean | undefined

/** An argument of a function. */
export interface Argument {
  /** Its value, taken from what the whole call is taken from. */
  readonly value: Run
  /** Its values for one of many. */
  readonly of: (item: Item, index: number, env: Env) => Items
  readonly test: Test
  /** Of a type's name: the name. */
  readonly type: string
}

export type Call = (input: Items, args: readonly Argument[], env: Env) => Items

/** Several where one is needed, a type where none fits: the expression has no answer. */
export const noAnswer = (): TypeError => new TypeError(NO_ANSWER)

const NO_ANSWER = 'the expression has no answer here'

export const isNoAnswer = (error: unknown): boolean =>
  error instanceof TypeError && error.message === NO_ANSWER

export function only(items: Items): Item | undefined {
  if (items.length > 1) throw noAnswer()
  return items[0]
}

/** One that is no boolean counts as true. */
export function truthOf(items: Items): boolean | undefined {
  const item = only(items)
  if (!item) return undefined
  return typeof item.v === 'boolean' ? item.v : true
}

export function textOfOne(items: Items): string | undefined {
  const item = only(items)
  if (!item || item.v === undefined) return undefined
  if (typeof item.v !== 'string') throw noAnswer()
  return item.v
}
