import { isWrittenNumber } from '../json.ts'
import { type Field, isResource, type TypeInfo, typeOf } from './types.ts'

/** A value on its way through an expression: JSON as it stands, with what FHIR says it is. */
export interface Item {
  /** Undefined where a primitive has extensions and no value. */
  readonly v: unknown
  /** Of a primitive: its id and extensions, from the field with an underscore. */
  readonly x: unknown
  /** A FHIR type, the path of an element with parts of its own, or System.String and the like. */
  readonly t: string
}

export type Items = readonly Item[]

export type Fields = Readonly<Record<string, unknown>>

export const NOTHING: Items = []

export const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isWrittenNumber(value)

export const system = (type: string, v: unknown): Item => ({ v, x: undefined, t: `System.${type}` })

const TRUE: Items = [system('Boolean', true)]
const FALSE: Items = [system('Boolean', false)]

/** Unknown is nothing. */
export const truth = (value: boolean | undefined): Items =>
  value === undefined ? NOTHING : value ? TRUE : FALSE

export const text = (value: string): Items => [system('String', value)]

export const number = (value: number): Items =>
  Number.isFinite(value) ? [system(Number.isInteger(value) ? 'Integer' : 'Decimal', value)] : NOTHING

/** A resource within another says itself what it is. */
function typeIn(declared: string, value: unknown): string {
  if (!isResource(declared) || !isObject(value)) return declared
  const own = value['resourceType']
  return typeof own === 'string' && typeOf(own) ? own : declared
}

export const itemOf = (value: unknown, type: string, extra?: unknown): Item => ({
  v: value ?? undefined,
  x: extra ?? undefined,
  t: typeIn(type, value),
})

function add(found: Item[], field: Field, value: unknown, extra: unknown): void {
  const [v, x] = [value ?? undefined, extra ?? undefined]
  if (v !== undefined || x !== undefined) found.push({ v, x, t: typeIn(field.type, v) })
}

/** What stands in one field, each with its companion. */
function addField(found: Item[], holder: Fields, field: Field): void {
  const value = holder[field.field]
  const extra = field.primitive ? holder[`_${field.field}`] : undefined
  if (value === undefined && extra === undefined) return
  const [values, extras] = [Array.isArray(value), Array.isArray(extra)]
  if (!values && !extras) {
    add(found, field, value, extra)
    return
  }
  const all = values ? (value as unknown[]) : []
  const companions = extras ? (extra as unknown[]) : []
  const length = Math.max(all.length, companions.length)
  for (let i = 0; i < length; i += 1) add(found, field, all[i], companions[i])
}

/** Where the id and extensions of an item stand. */
const holderOf = (item: Item, info: TypeInfo | undefined): Fields | undefined => {
  const holder = info?.primitive ? item.x : item.v
  return isObject(holder) ? holder : undefined
}

/** Above this many spellings it is quicker to look at what is there. */
const MANY = 6

/** The elements of that name in one item. */
export function addMembers(found: Item[], item: Item, name: string): void {
  const info = typeOf(item.t)
  const holder = holderOf(item, info)
  if (!holder) return
  const fields = info?.byName.get(name)
  if (!fields) return
  if (fields.length < MANY) for (const field of fields) addField(found, holder, field)
  else addPresent(found, holder, info, name)
}

function addPresent(found: Item[], holder: Fields, info: TypeInfo | undefined, name: string): void {
  for (const key of Object.keys(holder)) {
    const bare = key.startsWith('_') ? key.slice(1) : key
    // with a value beside it, the companion is taken up there
    if (!bare.startsWith(name) || (bare !== key && Object.hasOwn(holder, bare))) continue
    const field = info?.byField.get(bare)
    if (field?.name === name) addField(found, holder, field)
  }
}

/** Every element of one item, in the order in which they stand. */
export function addChildren(found: Item[], item: Item): void {
  const info = typeOf(item.t)
  const holder = holderOf(item, info)
  if (!holder) return
  for (const key of Object.keys(holder)) {
    const bare = key.startsWith('_') ? key.slice(1) : key
    if (bare !== key && Object.hasOwn(holder, bare)) continue
    const field = info?.byField.get(bare)
    if (field) addField(found, holder, field)
  }
}

export function descendantsOf(items: Items): Item[] {
  const found: Item[] = []
  for (const item of items) addChildren(found, item)
  // grows while it is walked over
  for (let i = 0; i < found.length; i += 1) {
    const item = found[i]
    if (item) addChildren(found, item)
  }
  return found
}
