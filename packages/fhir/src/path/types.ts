import { definitionOf, type ElementDefinition, isDefined, keyOf } from '../validate/definitions.ts'

/** One way in which an element may be written: `valueQuantity` of type Quantity for `value`. */
export interface Field {
  readonly field: string
  readonly name: string
  readonly type: string
  readonly many: boolean
  readonly primitive: boolean
}

export interface TypeInfo {
  readonly name: string
  readonly base: string
  readonly primitive: boolean
  readonly byName: ReadonlyMap<string, readonly Field[]>
  readonly byField: ReadonlyMap<string, Field>
}

const known = new Map<string, TypeInfo>()

const isPrimitiveName = (name: string): boolean => definitionOf(name).kind === 'primitive-type'

const fieldsOf = (element: ElementDefinition): Field[] =>
  element.types.map((use) => ({
    field: keyOf(element, use),
    name: element.name,
    type: use.type,
    many: element.many,
    primitive: isPrimitiveName(use.type),
  }))

function read(name: string): TypeInfo {
  const { kind, base, elements } = definitionOf(name)
  const primitive = kind === 'primitive-type'
  // the value of a primitive is itself
  const own = primitive ? elements.filter((element) => element.name !== 'value') : elements
  const fields = own.flatMap(fieldsOf)
  return {
    name,
    base: base?.name ?? '',
    primitive,
    byName: Map.groupBy(fields, (field) => field.name),
    byField: new Map(fields.map((field) => [field.field, field])),
  }
}

/** A type of R4, or an element with parts of its own by its path; undefined for anything else. */
export function typeOf(name: string): TypeInfo | undefined {
  const found = known.get(name)
  if (found) return found
  if (!isDefined(name)) return undefined
  const info = read(name)
  known.set(name, info)
  return info
}

/** Whether a type is another or one made from it: code is a string, Age a Quantity, Patient a DomainResource. */
export function isA(type: string, wanted: string): boolean {
  for (let at = type; at; at = typeOf(at)?.base ?? '') if (at === wanted) return true
  return false
}

const resources = new Map<string, boolean>()

/** Asked of every value that is met. */
export function isResource(type: string): boolean {
  const found = resources.get(type)
  if (found !== undefined) return found
  const is = isA(type, 'Resource')
  resources.set(type, is)
  return is
}

export type Kind = 'boolean' | 'string' | 'number' | 'date' | 'dateTime' | 'time' | 'quantity' | 'complex'

const KINDS: Readonly<Record<string, Kind>> = {
  boolean: 'boolean',
  integer: 'number',
  decimal: 'number',
  date: 'date',
  dateTime: 'dateTime',
  instant: 'dateTime',
  time: 'time',
  Quantity: 'quantity',
  'System.Boolean': 'boolean',
  'System.String': 'string',
  'System.Integer': 'number',
  'System.Decimal': 'number',
  'System.Date': 'date',
  'System.DateTime': 'dateTime',
  'System.Time': 'time',
  'System.Quantity': 'quantity',
}

const kinds = new Map<string, Kind>()

/** How a value of a type is compared and reckoned with. */
export function kindOf(type: string): Kind {
  const found = kinds.get(type)
  if (found) return found
  const kind = KINDS[type] ?? inheritedKind(type)
  kinds.set(type, kind)
  return kind
}

function inheritedKind(type: string): Kind {
  const info = typeOf(type)
  const above = info?.base ? KINDS[info.base] : undefined
  return above ?? (info?.primitive ? 'string' : 'complex')
}
