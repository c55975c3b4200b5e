import profiles from '../../data/profiles.json' with { type: 'json' }
import r4 from '../../data/r4.json' with { type: 'json' }

/** The definitions of FHIR R4, read line by line when a type is first asked for; tools/make-fhir.ts tells the form. */

export interface TypeUse {
  /** A type, or the path of a part such as Observation.component. */
  readonly type: string
  /** As it stands in the name of a choice: Quantity, where the type is SimpleQuantity. */
  readonly named: string
  /** Resource types that a Reference may point to; none said means any. */
  readonly targets: readonly string[]
  /** Without extensions and without an id of its own. */
  readonly bare: boolean
}

export interface ElementDefinition {
  readonly name: string
  readonly choice: boolean
  readonly required: boolean
  readonly many: boolean
  readonly types: readonly TypeUse[]
  /** The value set of a required binding. */
  readonly binding: string | undefined
  readonly invariants: readonly string[]
}

export interface TypeDefinition {
  readonly name: string
  readonly kind: string
  readonly base: TypeDefinition | undefined
  /** Its own and inherited ones, inherited first. */
  readonly invariants: readonly string[]
  readonly elements: readonly ElementDefinition[]
}

const TEXTS: Readonly<Record<string, string>> = r4.types
const VALUE_SETS: Readonly<Record<string, string>> = { ...profiles.valueSets, ...r4.valueSets }

const RESOURCE_TYPES = new Set(Object.keys(TEXTS).filter((name) => TEXTS[name]?.startsWith('resource ')))

/** All resource types of R4 by name, in the order of the alphabet; the abstract ones are none. */
export const resourceTypes: readonly string[] = [...RESOURCE_TYPES].sort()

export const isResourceType = (name: string): boolean => RESOURCE_TYPES.has(name)

function readUse(text: string): TypeUse {
  const [, dollar, part, type = '', targets = '', narrowed] =
    /^(\$?)(@?)([\w.-]+)(?:\(([^)]*)\))?(?::(\w+))?$/.exec(text) ?? []
  return {
    type: narrowed ?? type,
    named: part ? '' : type,
    targets: targets ? targets.split(',') : [],
    bare: dollar === '$',
  }
}

function readElement(line: string): ElementDefinition {
  const [name = '', cardinality = '', types = '', ...rest] = line.split(' ')
  const after = (mark: string): string | undefined => rest.find((word) => word.startsWith(mark))?.slice(2)
  return {
    name: name.replace('[x]', ''),
    choice: name.endsWith('[x]'),
    required: cardinality === '1' || cardinality === '+',
    many: cardinality === '*' || cardinality === '+',
    types: types.split('|').map(readUse),
    binding: after('b='),
    invariants: after('i=')?.split(',') ?? [],
  }
}

/** The name under which a type of a choice stands: valueQuantity. */
export const keyOf = ({ name, choice }: ElementDefinition, { named }: TypeUse): string =>
  choice ? `${name}${named.slice(0, 1).toUpperCase()}${named.slice(1)}` : name

const known = new Map<string, TypeDefinition>()

function read(name: string, text: string): TypeDefinition {
  const [head = '', ...lines] = text.split('\n')
  const [kind = '', base = '-', invariants = ''] = head.split(' ')
  const parent = base === '-' ? undefined : definitionOf(base)
  const own = lines.map(readElement)
  const names = new Set(own.map((element) => element.name))
  return {
    name,
    kind,
    base: parent,
    invariants: [...(parent?.invariants ?? []), ...(invariants ? invariants.split(',') : [])],
    elements: [...(parent?.elements ?? []).filter((element) => !names.has(element.name)), ...own],
  }
}

/** Whether a name is a type's, or the path of a part. */
export const isDefined = (name: string): boolean => Object.hasOwn(TEXTS, name)

/** @throws {RangeError} where nothing of that name is defined: ask isResourceType first for what came from outside */
export function definitionOf(name: string): TypeDefinition {
  const found = known.get(name)
  if (found !== undefined) return found
  const text = isDefined(name) ? TEXTS[name] : undefined
  if (text === undefined) throw new RangeError('no such type')
  const made = read(name, text)
  known.set(name, made)
  return made
}

const typesByKey = new Map<string, ReadonlyMap<string, string>>()

/** The type of what stands under a name of the JSON of a type, also of a choice: its part or its data type. */
export function typeWithin(holder: string, key: string): string {
  const types =
    typesByKey.get(holder) ??
    new Map(
      definitionOf(holder).elements.flatMap((element) =>
        element.types.map((use) => [keyOf(element, use), use.type] as const),
      ),
    )
  typesByKey.set(holder, types)
  return types.get(key) ?? 'Element'
}

/** Codes by system. */
export type ValueSet = ReadonlyMap<string, ReadonlySet<string>>

/** The codes of a value set by their system; undefined where they cannot be listed, such as all units of UCUM. */
export function valueSetOf(url: string): ValueSet | undefined {
  const text = VALUE_SETS[url]
  if (!text) return undefined
  return new Map(
    text.split('\n').map((line) => {
      const [system = '', ...codes] = line.split(' ')
      return [system, new Set(codes)] as const
    }),
  )
}

export interface InvariantDefinition {
  readonly severity: 'error' | 'warning'
  readonly sentence: string
  readonly expression: string
}

const INVARIANTS: Readonly<Record<string, readonly string[]>> = { ...profiles.invariants, ...r4.invariants }

export function invariantOf(name: string): InvariantDefinition {
  const [severity, sentence = '', expression = ''] = INVARIANTS[name] ?? []
  return { severity: severity === 'warning' ? 'warning' : 'error', sentence, expression }
}
