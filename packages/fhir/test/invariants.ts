import { readdirSync, readFileSync } from 'node:fs'
import fhirpath from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4'
import { compilePath, type Path } from '../src/path/index.ts'
import { addChildren, type Item, isObject, itemOf } from '../src/path/items.ts'
import { isA, typeOf } from '../src/path/types.ts'

/** Holds our FHIRPath against the one most used in JavaScript, over the official invariants and examples. */

const EXAMPLES = new URL('../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)

interface Constraint {
  readonly key: string
  readonly expression?: string
}

interface Definition {
  readonly derivation?: string
  readonly kind: string
  readonly snapshot: { readonly element: readonly { path: string; constraint?: readonly Constraint[] }[] }
}

export const readExample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(name, EXAMPLES), 'utf8'))

export interface Invariant {
  readonly key: string
  readonly at: string
  readonly expression: string
}

/** Rules that every element has are read where they are made, not where they are repeated. */
const isOwn = (path: string, key: string): boolean =>
  typeOf(path) !== undefined || !/^(?:ele|ext|dom)-/.test(key)

function invariantsIn({ derivation, kind, snapshot }: Definition): Invariant[] {
  if (derivation === 'constraint' || kind === 'logical') return []
  return snapshot.element.flatMap(({ path, constraint = [] }) =>
    constraint.flatMap(({ key, expression }) =>
      expression && isOwn(path, key) ? [{ key, at: path, expression }] : [],
    ),
  )
}

function readAll(): ReadonlyMap<string, readonly Invariant[]> {
  const names = readdirSync(EXAMPLES).filter((file) => file.startsWith('StructureDefinition-'))
  return Map.groupBy(
    names.flatMap((name) => invariantsIn(readExample(name) as Definition)),
    ({ at }) => at,
  )
}

let all: ReadonlyMap<string, readonly Invariant[]> | undefined

/** Every invariant at the element whose rule it is, by that element's path. */
export function readInvariants(): ReadonlyMap<string, readonly Invariant[]> {
  all ??= readAll()
  return all
}

export const exampleNames = (): string[] =>
  readdirSync(EXAMPLES).filter((name) => /^[A-Z]\w+-.*\.json$/.test(name))

interface Pair {
  readonly invariant: Invariant
  readonly ours: Path
  readonly theirs: (data: unknown, env: Record<string, unknown>) => unknown
}

const pairs = new Map<string, Pair>()

function pairOf(invariant: Invariant, type: string): Pair {
  const key = `${type} ${invariant.key} ${invariant.expression}`
  const known = pairs.get(key)
  if (known) return known
  const pair: Pair = {
    invariant,
    ours: compilePath(invariant.expression, type),
    theirs: fhirpath.compile({ base: type, expression: invariant.expression }, r4, {
      async: false,
      traceFn: () => {},
    }) as Pair['theirs'],
  }
  pairs.set(key, pair)
  return pair
}

type Answer = boolean | 'refused' | undefined

/** Theirs as a truth: nothing, several, or a refusal is unknown. */
function theirAnswer({ theirs }: Pair, item: Item, resource: unknown, rootResource: unknown): Answer {
  try {
    const all = theirs(item.v, { resource, rootResource }) as unknown[]
    if (all.length !== 1) return undefined
    return typeof all[0] === 'boolean' ? all[0] : true
  } catch {
    return 'refused'
  }
}

export interface Difference {
  readonly key: string
  readonly at: string
  readonly ours: Answer
  readonly theirs: Answer
}

export interface Tally {
  asked: number
  /** Keys of what the other does not answer at all. */
  readonly refused: Set<string>
  readonly differences: Difference[]
}

type Rules = ReadonlyMap<string, readonly Invariant[]>

/** Asks both of every element of one example. */
export function compareOn(name: string, rules: Rules, tally: Tally): void {
  const resource = readExample(name)
  const type = isObject(resource) ? resource['resourceType'] : undefined
  if (typeof type === 'string' && typeOf(type))
    walk(itemOf(resource, type), { path: type, resource, root: resource }, rules, tally)
}

function rulesFor(item: Item, path: string, rules: Rules): Invariant[] {
  const places = new Set([path, item.t])
  for (let at = typeOf(item.t)?.base; at; at = typeOf(at)?.base) places.add(at)
  return [...places].flatMap((place) => rules.get(place) ?? [])
}

interface Place {
  readonly path: string
  readonly resource: unknown
  readonly root: unknown
}

function askBoth(item: Item, { path, resource, root }: Place, invariant: Invariant, tally: Tally): void {
  const pair = pairOf(invariant, item.t)
  const ours = pair.ours.holds(item.v, { resource, rootResource: root }, item.x)
  const theirs = theirAnswer(pair, item, resource, root)
  tally.asked += 1
  if (theirs === 'refused') tally.refused.add(invariant.key)
  else if (ours !== theirs) tally.differences.push({ key: invariant.key, at: path, ours, theirs })
}

function walk(item: Item, place: Place, rules: Rules, tally: Tally): void {
  if (!isObject(item.v)) return
  for (const invariant of rulesFor(item, place.path, rules)) askBoth(item, place, invariant, tally)
  for (const [name, child] of childrenOf(item)) walk(child, within(place, name, child), rules, tally)
}

/** A resource within is a place of its own; one in a Bundle is no longer the Bundle's part. */
function within({ path, resource, root }: Place, name: string, child: Item): Place {
  if (!isA(child.t, 'Resource')) return { path: `${path}.${name}`, resource, root }
  return { path: child.t, resource: child.v, root: name === 'resource' ? child.v : root }
}

function childrenOf(item: Item): [string, Item][] {
  const fields = isObject(item.v) ? Object.entries(item.v) : []
  return fields.flatMap(([field, value]) => {
    const found: Item[] = []
    addChildren(found, { ...item, v: { [field]: value } })
    const name = typeOf(item.t)?.byField.get(field)?.name ?? field
    return found.map((child): [string, Item] => [name, child])
  })
}
