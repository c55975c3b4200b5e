import { type Json, type Run, tell, under } from './run.ts'

/** How the value under one name of a JSON object is looked at: alone, in a list, or beside a primitive. */

/** Looks through one value; tells what it finds with the path from here on. */
export type Check = (value: unknown, run: Run) => void

/** One name of a JSON object. */
export interface Field {
  /** Set in what was seen for elements that must be there and for choices; 0 for the others. */
  readonly bit: number
  /** The name of the choice that it belongs to, such as value; empty for others. */
  readonly choice: string
  readonly look: Look
}

type Look = (value: unknown, run: Run, holder: Json) => void
type Entry = (value: unknown, run: Run, holder: Json, at: number) => void

export const NO_NULL = 'Leave the element out instead of sending null'
export const WANTS_OBJECT = 'Send a JSON object here'
export const ONLY_ID =
  'Keep the rule ele-1: send a value, an element or an extension here; an id alone says nothing'
const WANTS_LIST = 'Send a JSON array here with at least one entry, or leave the element out'
const BOTH_NULL = 'Send a value or an extension at this position: both are null'

export const single =
  (name: string, check: Check): Look =>
  (value, run) => {
    const before = run.issues.length
    check(value, run)
    if (run.issues.length !== before) under(run, before, name)
  }

export const list =
  (name: string, entry: Entry): Look =>
  (value, run, holder) => {
    if (!Array.isArray(value) || value.length === 0) {
      tell(run, 'error', 'structure', name, WANTS_LIST)
      return
    }
    for (let at = 0; at < value.length; at += 1) {
      const before = run.issues.length
      entry(value[at], run, holder, at)
      if (run.issues.length !== before) under(run, before, name, at)
    }
  }

/** The entry of the other array that stands beside, such as _given[1] beside given[1]. */
const beside = (holder: Json, name: string, at: number): unknown => {
  const other = holder[name]
  return Array.isArray(other) ? (other[at] ?? null) : null
}

/** A list of primitives, where null holds the place of a value that only has extensions. */
export const primitiveList = (name: string, check: Check): Look =>
  list(name, (value, run, holder, at) => {
    if (value !== null) check(value, run)
    else if (beside(holder, `_${name}`, at) === null) tell(run, 'error', 'structure', '', BOTH_NULL)
  })

/** Looks at the id and extensions of a primitive, which may be there without a value. */
export type BesideCheck = (value: unknown, run: Run, hasValue: boolean) => void

export const besideList = (name: string, check: BesideCheck): Look =>
  list(name, (value, run, holder, at) => {
    const hasValue = beside(holder, name, at) !== null
    if (value !== null) check(value, run, hasValue)
    else if (!hasValue) tell(run, 'error', 'structure', '', BOTH_NULL)
  })

export const besideSingle =
  (name: string, check: BesideCheck): Look =>
  (value, run, holder) => {
    const before = run.issues.length
    check(value, run, holder[name] !== undefined)
    if (run.issues.length !== before) under(run, before, name)
  }
