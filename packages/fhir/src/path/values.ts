import { isWrittenNumber, numberOf } from '../json.ts'
import { type Item, type Items, isObject } from './items.ts'
import { compareMoments } from './moments.ts'
import { type Kind, kindOf } from './types.ts'

/**
 * Equality, equivalence and order of values; undefined stands for FHIRPath's empty: it cannot be told.
 *
 * @see http://hl7.org/fhirpath/N1/#equality
 */

export interface Amount {
  readonly value: number
  readonly unit: string
}

const CALENDAR: ReadonlyMap<string, string> = new Map([
  ['millisecond', 'ms'],
  ['second', 's'],
  ['minute', 'min'],
  ['hour', 'h'],
  ['day', 'd'],
  ['week', 'wk'],
  ['month', 'mo'],
  ['year', 'a'],
])

const unitOf = (unit: string): string => CALENDAR.get(unit.replace(/s$/, '')) ?? unit

/** A quantity's number and unit; a bare number has the unit 1. "Less than 5" is no amount. */
export function amountOf({ v, t }: Item): Amount | undefined {
  const bare = numberOf(v)
  if (bare !== undefined) return { value: bare, unit: '1' }
  if (kindOf(t) !== 'quantity' || !isObject(v) || v['comparator'] !== undefined) return undefined
  const value = numberOf(v['value'])
  const unit = v['code'] ?? v['unit'] ?? '1'
  return value === undefined || typeof unit !== 'string' ? undefined : { value, unit: unitOf(unit) }
}

const isTemporal = (kind: Kind): boolean => kind === 'date' || kind === 'dateTime' || kind === 'time'

/** @returns below 0, 0, above 0; undefined where they cannot be compared */
export function compare(a: Item, b: Item): number | undefined {
  const [x, y] = [kindOf(a.t), kindOf(b.t)]
  if (x === 'number' && y === 'number') return compareNumbers(numberOf(a.v), numberOf(b.v))
  if (x === 'quantity' || y === 'quantity') return compareAmounts(amountOf(a), amountOf(b))
  if (typeof a.v !== 'string' || typeof b.v !== 'string') return undefined
  if (isTemporal(x) && isTemporal(y) && (x === 'time') === (y === 'time')) return compareMoments(a.v, b.v)
  return x === 'string' && y === 'string' ? Number(a.v > b.v) - Number(a.v < b.v) : undefined
}

const compareNumbers = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a - b

/** Units are compared as they are written: what has another unit cannot be told without UCUM's tables. */
const compareAmounts = (a: Amount | undefined, b: Amount | undefined): number | undefined =>
  a && b && a.unit === b.unit ? a.value - b.value : undefined

/** JSON that says the same, numbers by their value. */
function isSameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each, i) => isSameJson(each, b[i]))
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a)
    return names.length === Object.keys(b).length && names.every((name) => isSameJson(a[name], b[name]))
  }
  return isWrittenNumber(a) || isWrittenNumber(b)
    ? numberOf(a) !== undefined && numberOf(a) === numberOf(b)
    : false
}

function equal(a: Item, b: Item): boolean | undefined {
  const [x, y] = [kindOf(a.t), kindOf(b.t)]
  if (isTemporal(x) && isTemporal(y)) {
    const order = compare(a, b)
    return order === undefined ? undefined : order === 0
  }
  if (x === 'quantity' || y === 'quantity') return equalAmounts(a, b)
  if (a.v === undefined || b.v === undefined) return a.v === b.v && isSameJson(a.x, b.x)
  return isSameJson(a.v, b.v)
}

function equalAmounts(a: Item, b: Item): boolean | undefined {
  const [left, right] = [amountOf(a), amountOf(b)]
  if (!left || !right) return isSameJson(a.v, b.v)
  return left.unit === right.unit ? left.value === right.value : undefined
}

export function equalAll(a: Items, b: Items): boolean | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  if (a.length !== b.length) return false
  let all: boolean | undefined = true
  for (let i = 0; i < a.length; i += 1) {
    const [left, right] = [a[i], b[i]]
    const same = left && right ? equal(left, right) : false
    if (same === false) return false
    if (same === undefined) all = undefined
  }
  return all
}

const plainText = (text: string): string => text.replaceAll(/\s+/g, ' ').toLowerCase()

/** Like equality, but for case, spaces and the order of what stands in lists; never unknown. */
function equivalentJson(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return plainText(a) === plainText(b)
  if (Array.isArray(a) && Array.isArray(b)) return pairsUp(a, b, equivalentJson)
  if (isObject(a) && isObject(b)) {
    const names = Object.keys(a).filter((name) => name !== 'id')
    const others = Object.keys(b).filter((name) => name !== 'id')
    return names.length === others.length && names.every((name) => equivalentJson(a[name], b[name]))
  }
  return isSameJson(a, b)
}

function pairsUp<T>(a: readonly T[], b: readonly T[], same: (x: T, y: T) => boolean): boolean {
  if (a.length !== b.length) return false
  const left = [...b]
  return a.every((each) => {
    const at = left.findIndex((other) => same(each, other))
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
}

const equivalent = (a: Item, b: Item): boolean => {
  if (isTemporal(kindOf(a.t)) && isTemporal(kindOf(b.t))) return compare(a, b) === 0
  return equalAmountsLoosely(a, b) ?? equivalentJson(a.v, b.v)
}

function equalAmountsLoosely(a: Item, b: Item): boolean | undefined {
  if (kindOf(a.t) !== 'quantity' && kindOf(b.t) !== 'quantity') return undefined
  return equalAmounts(a, b) ?? false
}

export const equivalentAll = (a: Items, b: Items): boolean => pairsUp(a, b, equivalent)

export const includes = (items: Items, wanted: Item): boolean =>
  items.some((each) => equal(each, wanted) === true)

/** Without repetition, in the order in which they first stand. */
export function distinct(items: Items): Items {
  if (items.length < 2) return items
  const texts = new Set<unknown>()
  const kept: Item[] = []
  for (const item of items) {
    const quick = typeof item.v === 'string' && kindOf(item.t) === 'string'
    if (quick ? texts.has(item.v) : includes(kept, item)) continue
    if (quick) texts.add(item.v)
    kept.push(item)
  }
  return kept
}

/** The text of a primitive as it is written; undefined for what has parts. */
export function textOf({ v, t }: Item): string | undefined {
  if (typeof v === 'string') return v
  if (typeof v === 'boolean' || typeof v === 'number') return String(v)
  if (isWrittenNumber(v)) return v.rawJSON
  if (kindOf(t) !== 'quantity' || !isObject(v)) return undefined
  const amount = amountOf({ v, x: undefined, t })
  return amount && `${amount.value} '${amount.unit}'`
}
