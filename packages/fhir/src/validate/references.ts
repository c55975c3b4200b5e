import { definitionOf, type ElementDefinition, isResourceType, keyOf, type TypeUse } from './definitions.ts'
import { ruleOf } from './primitives.ts'
import { isRecord, type Json, type Run, tell } from './run.ts'

/** Which strings of a resource point elsewhere, and where to. */

export type ReferenceKind = 'reference' | 'uri' | 'url' | 'canonical'

/** Gives the text that shall stand instead; the same text where nothing changes. */
type Rewrite = (text: string, kind: ReferenceKind | 'markup') => string
type Mover = (value: unknown, rewrite: Rewrite) => unknown

const LEAVES: Readonly<Record<string, ReferenceKind>> = {
  uri: 'uri',
  oid: 'uri',
  uuid: 'uri',
  url: 'url',
  canonical: 'canonical',
}

const leaf =
  (kind: ReferenceKind): Mover =>
  (value, rewrite) =>
    typeof value === 'string' ? rewrite(value, kind) : value

/** Addresses in the markup of a narrative. */
const ADDRESS = /(\s(?:href|src)\s*=\s*)(?:"([^"<]*)"|'([^'<]*)')/g

const markup: Mover = (value, rewrite) =>
  typeof value === 'string'
    ? value.replaceAll(ADDRESS, (whole, before: string, one?: string, other?: string) => {
        const text = one ?? other ?? ''
        const next = rewrite(text, 'markup')
        return next === text ? whole : `${before}"${next}"`
      })
    : value

function each(values: readonly unknown[], move: Mover, rewrite: Rewrite): readonly unknown[] {
  let changed: unknown[] | undefined
  for (let at = 0; at < values.length; at += 1) {
    const next = move(values[at], rewrite)
    if (next === values[at]) continue
    changed ??= [...values]
    changed[at] = next
  }
  return changed ?? values
}

function moveObject(value: Json, movers: ReadonlyMap<string, Mover>, rewrite: Rewrite): Json {
  let changed: Record<string, unknown> | undefined
  for (const key in value) {
    const move = movers.get(key)
    if (move === undefined) continue
    const old = value[key]
    const next = Array.isArray(old) ? each(old, move, rewrite) : move(old, rewrite)
    if (next === old) continue
    changed ??= { ...value }
    changed[key] = next
  }
  return changed ?? value
}

function moverOf(use: TypeUse): Mover | undefined {
  if (use.bare) return undefined
  if (use.type === 'xhtml') return markup
  const kind = LEAVES[use.type]
  if (kind !== undefined) return leaf(kind)
  if (definitionOf(use.type).kind === 'primitive-type') return undefined
  return moveAny(use.type)
}

const moveAny =
  (type: string): Mover =>
  (value, rewrite) =>
    moveType(type, value, rewrite)

const maps = new Map<string, ReadonlyMap<string, Mover>>()

function keysOf(element: ElementDefinition, type: string): [string, Mover][] {
  const { name, types } = element
  return types.flatMap((use): [string, Mover][] => {
    const key = keyOf(element, use)
    const isPrimitive = use.type !== 'xhtml' && definitionOf(use.type).kind === 'primitive-type' && !use.bare
    const besides: [string, Mover][] = isPrimitive ? [[`_${key}`, moveAny('Element')]] : []
    const mover = type === 'Reference' && name === 'reference' ? leaf('reference') : moverOf(use)
    return mover === undefined ? besides : [[key, mover], ...besides]
  })
}

function moversOf(type: string): ReadonlyMap<string, Mover> {
  const known = maps.get(type)
  if (known !== undefined) return known
  const made = new Map(definitionOf(type).elements.flatMap((element) => keysOf(element, type)))
  maps.set(type, made)
  return made
}

function moveType(type: string, value: unknown, rewrite: Rewrite): unknown {
  if (!isRecord(value)) return value
  if (type !== 'Resource') return moveObject(value, moversOf(type), rewrite)
  const own = value['resourceType']
  return typeof own === 'string' && isResourceType(own) ? moveObject(value, moversOf(own), rewrite) : value
}

/**
 * Gives every string of a resource that may point elsewhere a new text: Reference.reference, elements of the types
 * uri (also oid and uuid), url and canonical, the addresses in a narrative (as url), also inside extensions, contained
 * resources and bundle entries. The addresses that name an extension are left alone.
 *
 * @returns the same object where nothing changed; else a copy that shares what did not change
 */
export function mapReferences<Resource extends object>(
  resource: Resource,
  rewrite: (text: string, kind: ReferenceKind) => string,
): Resource {
  const plain: Rewrite = (text, kind) => rewrite(text, kind === 'markup' ? 'url' : kind)
  return moveType('Resource', resource, plain) as Resource
}

/** Sees what mapReferences would rewrite, but for the addresses in narratives. */
export function eachReference(resource: Json, see: (text: string, kind: ReferenceKind) => void): void {
  moveType('Resource', resource, (text, kind) => {
    if (kind !== 'markup') see(text, kind)
    return text
  })
}

const FORM =
  /^(?:#|[A-Za-z][A-Za-z0-9+.-]*:|([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$|\?))/

/** @returns what is wrong with the text of a reference, as a sentence that says what to do */
export function referenceFault(value: unknown): string | undefined {
  const fault = ruleOf('string')(value)
  if (fault !== undefined) return fault
  const form = FORM.exec(String(value))
  const [, type] = form ?? []
  return form !== null && (type === undefined || isResourceType(type))
    ? undefined
    : 'Refer by Type/id, #id, urn:uuid: or a whole address'
}

/** `Type/id` at the end of an address, with or without a version; a conditional reference. */
const TYPED = /(?:^|\/)([A-Z][A-Za-z]+)(?:\/[A-Za-z0-9.-]{1,64}(?:\/_history\/[A-Za-z0-9.-]{1,64})?$|\?)/

/** @returns the resource type that a reference names; undefined where it names none, as urn:uuid: does */
export function typeOfReference(reference: string): string | undefined {
  const slash = reference.indexOf('/')
  const first = slash < 0 ? '' : reference.slice(0, slash)
  if (isResourceType(first)) return first
  const [, type] = TYPED.exec(reference) ?? []
  return type !== undefined && isResourceType(type) ? type : undefined
}

const byId = new WeakMap<Json, ReadonlyMap<string, Json>>()

function idsIn(root: Json): ReadonlyMap<string, Json> {
  const contained: readonly unknown[] = Array.isArray(root['contained']) ? root['contained'] : []
  return new Map(
    contained.flatMap((each): [string, Json][] =>
      isRecord(each) && typeof each['id'] === 'string' ? [[each['id'], each]] : [],
    ),
  )
}

/** The contained resource that `#id` names. */
export function containedIn(root: Json, reference: string): Json | undefined {
  const ids = byId.get(root) ?? idsIn(root)
  byId.set(root, ids)
  return ids.get(reference.slice(1))
}

function containedType(reference: string, { rootResource }: Run): string | undefined {
  const type = containedIn(rootResource, reference)?.['resourceType']
  return typeof type === 'string' ? type : undefined
}

/** The resources of a bundle by their fullUrl, and by Type/id where that ends so. */
export function entriesOf(bundle: Json): ReadonlyMap<string, Json> {
  const entries = Array.isArray(bundle['entry']) ? bundle['entry'] : []
  return new Map(
    entries.flatMap((entry: unknown): [string, Json][] => {
      if (!isRecord(entry) || !isRecord(entry['resource']) || typeof entry['fullUrl'] !== 'string') return []
      const { fullUrl, resource } = entry as { fullUrl: string; resource: Json }
      const [short] = /[A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64}$/.exec(fullUrl) ?? [fullUrl]
      return [
        [fullUrl, resource],
        [short, resource],
      ]
    }),
  )
}

/** What a reference leads to, among the contained resources and those of the document. */
export const resolved = (
  reference: string,
  root: Json,
  entries: ReadonlyMap<string, Json> | undefined,
): Json | undefined =>
  reference.startsWith('#')
    ? containedIn(root, reference)
    : entries?.get(reference.replace(/\/_history\/.*$/, ''))

/** A Reference may point only to these resource types, as far as its text names one. */
export function targetCheck(targets: readonly string[]): (value: unknown, run: Run) => void {
  const allowed = new Set(targets)
  const sentence = `Refer to a resource of one of these types: ${targets.join(', ')}`
  return (value, run) => {
    const reference = isRecord(value) ? value['reference'] : undefined
    if (typeof reference !== 'string') return
    const type = reference.startsWith('#') ? containedType(reference, run) : typeOfReference(reference)
    if (type !== undefined && !allowed.has(type)) tell(run, 'error', 'value', 'reference', sentence)
  }
}
