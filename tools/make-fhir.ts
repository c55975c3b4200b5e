import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Makes packages/fhir/data/r4.json from the official definitions of FHIR R4 (npm packages hl7.fhir.r4.examples and
 * hl7.fhir.r4.expansions): `node tools/make-fhir.ts`. A test holds the file to what this makes.
 *
 * One line an element: name, cardinality (? 1 * +), types joined by | with their reference targets in brackets and
 * the profile of the type after a colon, then b= its required binding, i= its own invariants.
 */
interface TypeRef {
  readonly code: string
  readonly profile?: readonly string[]
  readonly targetProfile?: readonly string[]
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string }[]
}

interface Constraint {
  readonly key: string
  readonly severity: string
  readonly human: string
  readonly expression?: string
}

interface Element {
  readonly id: string
  readonly path: string
  readonly min: number
  readonly max: string
  readonly base: { readonly path: string }
  readonly type?: readonly TypeRef[]
  readonly contentReference?: string
  readonly constraint?: readonly Constraint[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
}

interface Definition {
  readonly name: string
  readonly url: string
  readonly type: string
  readonly kind: string
  readonly abstract: boolean
  readonly baseDefinition?: string
  readonly derivation?: string
  readonly snapshot: { readonly element: readonly Element[] }
}

interface Concept {
  readonly system?: string
  readonly code?: string
  readonly abstract?: boolean
  readonly contains?: readonly Concept[]
}

interface ValueSet {
  readonly url?: string
  readonly expansion?: { readonly contains?: readonly Concept[] }
}

export interface Compact {
  readonly made: string
  /** Type or path → its base, kind and invariants in the first line, then its own elements, one a line. */
  readonly types: Record<string, string>
  /** Value set → lines of `system code code …`; empty where it cannot be listed. */
  readonly valueSets: Record<string, string>
  /** Key → severity, sentence, expression. */
  readonly invariants: Record<string, readonly [string, string, string]>
}

const PACKAGES = new URL('../node_modules/', import.meta.url)
const TARGET = new URL('../packages/fhir/data/r4.json', import.meta.url)

/** Types that only narrow another one, and that elements name as their profile. */
const NARROWED = ['SimpleQuantity', 'MoneyQuantity']

export function readJsons<T>(folder: URL, prefix: string): T[] {
  const names = readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith('.json'))
  return names.sort().map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as T)
}

export const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1)
export const withoutVersion = (url: string): string => url.replace(/\|.*$/, '')

const isOfType = ({ kind, derivation, name }: Definition): boolean =>
  kind !== 'logical' && (derivation !== 'constraint' || NARROWED.includes(name))

/** The FHIR type of an element; `$` before those of FHIRPath's own types, which carry no extensions. */
const fhirTypeOf = ({ code, extension = [] }: TypeRef): string =>
  code.startsWith('http://hl7.org/fhirpath/')
    ? `$${extension.find(({ url }) => url.endsWith('fhir-type'))?.valueUrl ?? 'string'}`
    : code

function typeText(type: TypeRef): string {
  const targets = (type.targetProfile ?? []).map(lastPart).filter((name) => name !== 'Resource')
  const any = type.targetProfile?.some((url) => lastPart(url) === 'Resource') ?? false
  const narrowed = (type.profile ?? []).map(lastPart).find((name) => NARROWED.includes(name))
  return [
    fhirTypeOf(type),
    type.code === 'Reference' && !any && targets.length > 0 ? `(${targets.join(',')})` : '',
    narrowed ? `:${narrowed}` : '',
  ].join('')
}

const CARDINALITY: Record<string, string> = { '0..1': '?', '1..1': '1', '0..*': '*', '1..*': '+' }

function cardinalityOf({ min, max, path }: Element): string {
  const text = CARDINALITY[`${min}..${max}`]
  if (text === undefined) throw new Error(`${path}: cardinality ${min}..${max}`)
  return text
}

/** Where elements of this path are described: a nested type, or the type itself. */
function typesOf(element: Element, nested: ReadonlySet<string>): string {
  if (element.contentReference) return `@${element.contentReference.replace(/^#/, '')}`
  // 4.0.1 gives the id of a resource as a string and says in words that it is an id
  if (element.path === 'Resource.id') return 'id'
  return nested.has(element.path) ? `@${element.path}` : (element.type ?? []).map(typeText).join('|')
}

type Invariants = Map<string, readonly [string, string, string]>

/** @returns the key under which the invariant stands: its own, or one with the path where two share a key */
function note(invariants: Invariants, path: string, constraint: Constraint): string {
  const { key, severity, human, expression = '' } = constraint
  const row = [severity, human, expression] as const
  const known = invariants.get(key)
  const name = known === undefined || known[2] === expression ? key : `${key}@${path}`
  invariants.set(name, row)
  return name
}

interface Made {
  readonly types: Record<string, string>
  readonly invariants: Invariants
  readonly bindings: Set<string>
}

function elementText(
  element: Element,
  inherited: ReadonlySet<string>,
  nested: ReadonlySet<string>,
  made: Made,
): string {
  const { path, binding, constraint = [] } = element
  const bound = binding?.strength === 'required' && binding.valueSet ? withoutVersion(binding.valueSet) : ''
  if (bound) made.bindings.add(bound)
  const own = nested.has(path) ? [] : constraint.filter(({ key }) => !inherited.has(key))
  const keys = own.map((each) => note(made.invariants, path, each))
  return [
    path.slice(path.lastIndexOf('.') + 1),
    cardinalityOf(element),
    typesOf(element, nested),
    ...(bound ? [`b=${bound}`] : []),
    ...(keys.length > 0 ? [`i=${keys.join(',')}`] : []),
  ].join(' ')
}

/** Keys of the invariants that a type brings with itself: an element of that type does not repeat them. */
type RootKeys = ReadonlyMap<string, ReadonlySet<string>>

function inheritedBy(element: Element, roots: RootKeys): ReadonlySet<string> {
  const names = (element.type ?? []).flatMap((type) => [
    fhirTypeOf(type),
    ...(type.profile ?? []).map(lastPart),
  ])
  return new Set(['ele-1', ...names.flatMap((name) => [...(roots.get(name) ?? [])])])
}

const isParent = (path: string, { type, snapshot }: Definition): boolean =>
  path === type || snapshot.element.some((other) => other.path.startsWith(`${path}.`))

/** Elements that this path adds itself: those of its base stand with the base. */
function ownElements(path: string, { name, snapshot }: Definition): Element[] {
  if (NARROWED.includes(name) || path === 'xhtml') return []
  return snapshot.element.filter((element) => {
    const [origin = ''] = element.base.path.split('.')
    return element.path.slice(0, element.path.lastIndexOf('.')) === path && element.path.startsWith(origin)
  })
}

function addPart(
  path: string,
  definition: Definition,
  nested: ReadonlySet<string>,
  roots: RootKeys,
  made: Made,
) {
  const { name, type, snapshot, kind, abstract, baseDefinition = '' } = definition
  const root = snapshot.element.find((element) => element.path === path)
  const whole = path === type
  const base = whole ? lastPart(baseDefinition) : (root?.type?.[0]?.code ?? '')
  const keys = (root?.constraint ?? [])
    .filter(({ key }) => !roots.get(base)?.has(key))
    .map((each) => note(made.invariants, path, each))
  const head = [whole ? `${kind}${abstract ? '!' : ''}` : 'part', base || '-', keys.join(',')]
    .join(' ')
    .trimEnd()
  const lines = ownElements(path, definition).map((element) =>
    elementText(element, inheritedBy(element, roots), nested, made),
  )
  made.types[whole ? name : path] = [head, ...lines].join('\n')
}

function addType(definition: Definition, roots: RootKeys, made: Made): void {
  const paths = definition.snapshot.element.map(({ path }) => path)
  const nested = new Set(paths.filter((path) => isParent(path, definition)))
  for (const path of nested)
    if (!NARROWED.includes(definition.name) || path === definition.type)
      addPart(path, definition, nested, roots, made)
}

/** The publisher cuts long expansions at this many codes. */
const CUT_AT = 1000

function listed({ expansion }: ValueSet): string {
  const bySystem = new Map<string, string[]>()
  const visit = (concepts: readonly Concept[]): void => {
    for (const { system = '', code, abstract, contains = [] } of concepts) {
      if (code !== undefined && !abstract) bySystem.set(system, [...(bySystem.get(system) ?? []), code])
      visit(contains)
    }
  }
  // an expansion that was cut short says nothing about the codes it leaves out
  const top = expansion?.contains ?? []
  if (top.length < CUT_AT) visit(top)
  return [...bySystem].map(([system, codes]) => [system, ...codes].join(' ')).join('\n')
}

export function makeR4(packages: URL = PACKAGES): Compact {
  const all = readJsons<Definition>(new URL('hl7.fhir.r4.examples/', packages), 'StructureDefinition-')
  const definitions = all.filter(isOfType)
  const roots: RootKeys = new Map(
    definitions.map(({ name, snapshot }) => [
      name,
      new Set((snapshot.element[0]?.constraint ?? []).map(({ key }) => key)),
    ]),
  )
  const made: Made = { types: {}, invariants: new Map(), bindings: new Set() }
  for (const definition of definitions) addType(definition, roots, made)
  const sets = readJsons<ValueSet>(new URL('hl7.fhir.r4.expansions/', packages), 'ValueSet-')
  const byUrl = new Map(sets.map((each) => [each.url, each]))
  const valueSets = [...made.bindings].sort().map((url) => [url, listed(byUrl.get(url) ?? {})] as const)
  return {
    made: 'by tools/make-fhir.ts from the definitions of FHIR 4.0.1 (CC0); not edited by hand',
    types: made.types,
    valueSets: Object.fromEntries(valueSets),
    invariants: Object.fromEntries([...made.invariants].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

export const textOf = (compact: unknown): string => `${JSON.stringify(compact, null, 1)}\n`

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(new URL('.', TARGET), { recursive: true })
  writeFileSync(TARGET, textOf(makeR4()))
}
