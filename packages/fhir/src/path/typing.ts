import type { Item } from './items.ts'
import { isA, kindOf, typeOf } from './types.ts'

const SYSTEM: Readonly<Record<string, readonly string[]>> = {
  Boolean: ['boolean'],
  String: ['string'],
  Integer: ['number'],
  Decimal: ['number'],
  Date: ['date'],
  DateTime: ['dateTime'],
  Time: ['time'],
  Quantity: ['quantity'],
}

const isWhole = (type: string): boolean => type === 'System.Integer' || isA(type, 'integer')

/**
 * Whether an item is of a type, as `is`, `as` and `ofType` ask. R4's own expressions write `as(DateTime)` and
 * `is Boolean` of elements: a System type's name stands also for the primitives that are read as it.
 */
export function isOfType({ t }: Item, wanted: string): boolean {
  const name = wanted.replace(/^(?:FHIR|System)\./, '')
  if (!wanted.startsWith('System.') && typeOf(name)) return isA(t, name) || isRoot(t, name)
  const kinds = SYSTEM[name]
  if (!kinds) return false
  if (name === 'Integer' || name === 'Decimal')
    return kindOf(t) === 'number' && isWhole(t) === (name === 'Integer')
  return kinds.includes(kindOf(t))
}

/** An element with parts of its own is a BackboneElement; its path is no name in an expression. */
const isRoot = (type: string, name: string): boolean => type === `System.${name}`
