import { typeWithin } from './definitions.ts'
import { isFixed, isLike } from './pattern.ts'
import type { ProfileNode, ProfileType } from './profiles.ts'
import { resolved } from './references.ts'
import { isRecord, type Json } from './run.ts'

/** The values of an element, and which slice of a profile each belongs to. */

export interface Found {
  readonly value: unknown
  /** The type that the definitions give it, or the path of a part. */
  readonly kind: string
  /** In a choice the type as the name ends with it, such as DateTime; else empty. */
  readonly type: string
  /** Under which name it stands, and at which place of a list; -1 for no list. */
  readonly key: string
  readonly index: number
}

/** Where references are looked up, and what fits a profile. */
export interface Surroundings {
  readonly rootResource: Json
  readonly entries: ReadonlyMap<string, Json> | undefined
  readonly fits: (resource: unknown, url: string) => boolean
}

/** A resource says itself what it is. */
const kindOf = (value: unknown, declared: string): string =>
  isRecord(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : declared

function valuesUnder(holder: Json, key: string, type: string, declared: string): Found[] {
  const value = holder[key]
  // a primitive may have extensions alone
  const other = holder[`_${key}`]
  const found = (each: unknown, index: number): Found => ({
    value: each,
    kind: kindOf(each, declared),
    type,
    key,
    index,
  })
  if (!Array.isArray(value) && !Array.isArray(other))
    return value === undefined && other === undefined ? [] : [found(value, -1)]
  const [own, besides] = [value, other].map((each) => (Array.isArray(each) ? each : []))
  const length = Math.max(own?.length ?? 0, besides?.length ?? 0)
  return Array.from({ length }, (_, index) => found(own?.[index], index))
}

/** The values of `name` in an object of that kind, also of a choice such as value[x] under whatever name it stands. */
export function gather(holder: Json, kind: string, name: string): Found[] {
  if (!name.endsWith('[x]')) return valuesUnder(holder, name, '', typeWithin(kind, name))
  const plain = name.slice(0, -3)
  const keys = Object.keys(holder).map((key) => key.replace(/^_/, ''))
  const own = new Set(keys.filter((key) => key.startsWith(plain) && /^[A-Z]/.test(key.slice(plain.length))))
  return [...own].flatMap((key) => valuesUnder(holder, key, key.slice(plain.length), typeWithin(kind, key)))
}

export const capital = (name: string): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`

/** Whether a resource is of one of the types, and with `strictly` fits a profile of it where one is named. */
function isOneOf(
  resource: unknown,
  types: readonly ProfileType[],
  strictly: boolean,
  { fits }: Surroundings,
): boolean {
  if (!isRecord(resource)) return false
  return types.some(({ code, profiles = [] }) => {
    if (code !== resource['resourceType']) return false
    return !strictly || profiles.length === 0 || profiles.some((url) => fits(resource, url))
  })
}

function isTarget(value: unknown, types: readonly ProfileType[], around: Surroundings): boolean {
  const reference = isRecord(value) ? value['reference'] : undefined
  if (typeof reference !== 'string') return false
  const resource = resolved(reference, around.rootResource, around.entries)
  return types.flatMap(({ targets = [] }) => targets).some((url) => around.fits(resource, url))
}

/** Whether what lies along the path is what the slice fixes there, or further up. */
function isValued(found: Found, path: string, slice: ProfileNode): boolean {
  let values: readonly Found[] = [found]
  let node: ProfileNode | undefined = slice
  let asked = false
  for (const step of ['$this', ...path.split('.')]) {
    if (step !== '$this') {
      values = values.flatMap(({ value, kind }) => (isRecord(value) ? gather(value, kind, step) : []))
      node = node?.parts?.[step]
    }
    const test = testOf(node ?? {})
    if (test === undefined) continue
    asked = true
    if (!values.some(({ value }) => test(value))) return false
  }
  return asked
}

/** What a node fixes; undefined where it fixes nothing. */
function testOf({ fixed, pattern }: ProfileNode): ((value: unknown) => boolean) | undefined {
  if (fixed !== undefined) return (value) => isFixed(value, fixed)
  return pattern === undefined ? undefined : (value) => isLike(value, pattern)
}

function isOfExtension(value: unknown, { types = [] }: ProfileNode): boolean {
  const url = isRecord(value) ? value['url'] : undefined
  return types.some(({ profiles = [] }) => profiles.some((each) => each === url))
}

function agrees(found: Found, kind: string, path: string, slice: ProfileNode, around: Surroundings): boolean {
  const { value, type } = found
  const { types = [] } = slice
  if (path === 'resolve()') return isTarget(value, types, around)
  if (path === 'url') return isOfExtension(value, slice)
  if (kind === 'type' && path === '$this') return types.some(({ code }) => capital(code) === type)
  if (kind === 'value' || kind === 'pattern') return isValued(found, path, slice)
  const part = isRecord(value) ? value[path] : undefined
  return isOneOf(part, slice.parts?.[path]?.types ?? [], kind === 'profile', around)
}

/** Whether a value belongs to a slice: every discriminator of the element says so. */
export const isOfSlice = (
  found: Found,
  slice: ProfileNode,
  slicing: NonNullable<ProfileNode['slicing']>,
  around: Surroundings,
): boolean => slicing.length > 0 && slicing.every(([kind, path]) => agrees(found, kind, path, slice, around))
