import { isWrittenNumber } from '../json.ts'
import { bindingCheck } from './bindings.ts'
import { definitionOf, type ElementDefinition, isResourceType, keyOf, type TypeUse } from './definitions.ts'
import {
  besideList,
  besideSingle,
  type Check,
  type Field,
  list,
  NO_NULL,
  ONLY_ID,
  primitiveList,
  single,
  WANTS_OBJECT,
} from './fields.ts'
import { type Invariant, invariantsOf } from './invariants.ts'
import { type Rule, ruleOf } from './primitives.ts'
import { referenceFault, targetCheck } from './references.ts'
import { isRecord, type Json, type Run, tell } from './run.ts'

/** Each type becomes one function when it is first met; what that needs of other types is made when they are met. */

const SCHEME = /^[A-Za-z][A-Za-z0-9+.-]*:/

/** The address of an extension is whole; only those within another one may be named by a word. */
const checkAddress: Check = (value, run) => {
  const url = isRecord(value) ? value['url'] : undefined
  if (typeof url === 'string' && !SCHEME.test(url))
    tell(run, 'error', 'value', 'url', 'Send the whole address of the extension here, with https: or urn:')
}

/** @returns what is looked at in each value of the element, besides its type */
function extrasOf(owner: string, element: ElementDefinition, { type, targets }: TypeUse): readonly Check[] {
  const { binding, invariants } = element
  return [
    ...(type === 'Extension' && owner !== 'Extension' ? [checkAddress] : []),
    ...(targets.length > 0 ? [targetCheck(targets)] : []),
    ...(binding === undefined ? [] : [bindingCheck(binding, type)]),
    ...invariantsOf(invariants, type).map(asCheck),
  ].filter((check) => check !== undefined)
}

const asCheck =
  (invariant: Invariant): Check =>
  (value, run) => {
    if (run.invariants) invariant(value, run)
  }

/** The check and then the others, but for a value that has not even the form of its type: that is told once. */
function all(check: Check, others: readonly Check[]): Check {
  if (others.length === 0) return check
  return (value, run) => {
    const before = run.malformed
    check(value, run)
    if (run.malformed === before) for (const other of others) other(value, run)
  }
}

/** Made when first used, since types hold each other. */
function later(type: string): Check {
  let made: Check | undefined
  return (value, run) => {
    made ??= typeCheck(type)
    made(value, run)
  }
}

/** The id and extensions of a primitive; without a value there must be an extension. */
function checkBeside(value: unknown, run: Run, hasValue: boolean): void {
  typeCheck('Element')(value, run)
  if (!hasValue && isRecord(value) && !('extension' in value)) tell(run, 'error', 'invariant', '', ONLY_ID)
}

const primitiveCheck =
  (rule: Rule): Check =>
  (value, run) => {
    const fault = rule(value)
    if (fault !== undefined) tell(run, 'error', 'value', '', value === null ? NO_NULL : fault)
  }

type Named = readonly [key: string, field: Field]

const ruleFor = (owner: string, key: string, { type }: TypeUse): Rule =>
  owner === 'Reference' && key === 'reference' ? referenceFault : ruleOf(type)

/** @returns one field, or two with the id and extensions of a primitive */
function fieldsOfUse(owner: string, element: ElementDefinition, use: TypeUse, bit: number): Named[] {
  const key = keyOf(element, use)
  const { many } = element
  const choice = element.choice ? element.name : ''
  const extras = extrasOf(owner, element, use)
  if (definitionOf(use.type).kind !== 'primitive-type') {
    const check = all(key === 'contained' ? checkContained : later(use.type), extras)
    return [[key, { bit, choice, look: many ? list(key, check) : single(key, check) }]]
  }
  const check = all(primitiveCheck(ruleFor(owner, key, use)), extras)
  const value = { bit, choice, look: many ? primitiveList(key, check) : single(key, check) }
  if (use.bare || use.type === 'xhtml') return [[key, value]]
  const look = many ? besideList(key, checkBeside) : besideSingle(key, checkBeside)
  return [
    [key, value],
    [`_${key}`, { bit, choice, look }],
  ]
}

interface Shape {
  readonly fields: ReadonlyMap<string, Field>
  readonly required: number
  /** Elements that must be there or are choices, by their bit. */
  readonly names: readonly string[]
  readonly invariants: readonly Invariant[]
  /** Whether it must have more than an id; the part beside a primitive need not. */
  readonly whole: boolean
}

const isCounted = ({ required, choice }: ElementDefinition): boolean => required || choice

function shapeOf(type: string): Shape {
  const { elements, invariants, kind } = definitionOf(type)
  const counted = elements.filter(isCounted)
  if (counted.length > 30) throw new RangeError('more elements than bits')
  const bitOf = (element: ElementDefinition): number =>
    isCounted(element) ? 1 << counted.indexOf(element) : 0
  const fields = elements.flatMap((element) =>
    element.types.flatMap((use) => fieldsOfUse(type, element, use, bitOf(element))),
  )
  const ofResource: Named = ['resourceType', { bit: 0, choice: '', look: () => undefined }]
  return {
    fields: new Map(kind.startsWith('resource') ? [ofResource, ...fields] : fields),
    required: counted.reduce((bits, element) => (element.required ? bits | bitOf(element) : bits), 0),
    names: counted.map(({ name }) => name),
    invariants: invariantsOf(invariants, type),
    whole: type !== 'Element',
  }
}

function tellMissing({ required, names }: Shape, seen: number, run: Run): void {
  names.forEach((name, at) => {
    const isMissing = ((required & ~seen) >> at) & 1
    if (isMissing) tell(run, 'error', 'required', name, 'Send this element: it must be there')
  })
}

/** An element's name can be told; whatever else stands there as a name is not repeated. */
const ELEMENT_NAME = /^_?[a-z][A-Za-z]{0,63}$/

function tellUnknown(key: string, run: Run): void {
  const name = ELEMENT_NAME.test(key) ? key : ''
  tell(
    run,
    'error',
    'structure',
    name,
    'Take this element out or mend its name: there is none of that name here',
  )
}

/** Tells a second type of the same choice, where there is one: valueString beside valueQuantity. */
function tellTwice(key: string, choice: string, value: Json, run: Run, { fields }: Shape): void {
  const plain = key.replace(/^_/, '')
  const first = Object.keys(value).find((name) => fields.get(name)?.choice === choice)
  if (first?.replace(/^_/, '') !== plain && !(plain !== key && plain in value))
    tell(run, 'error', 'structure', key, 'Send this element with one type only: there are two')
}

const NO_TYPE = 'Send the name of a resource type of FHIR R4 here'
const NESTED = 'Keep the rule dom-2: put every contained resource into the outermost one'
const TOO_DEEP = 'Send less deeply nested content: this lies too deep to be looked at'
const EMPTY = 'Leave the element out instead of sending an empty object'

/** Whether there is an object to look into; told where there is none. */
function isOpen(value: unknown, run: Run): value is Json {
  const isObject = isRecord(value) && !isWrittenNumber(value)
  if (!isObject) tell(run, 'error', 'structure', '', value === null ? NO_NULL : WANTS_OBJECT)
  else if (run.depthLeft === 0) tell(run, 'fatal', 'too-long', '', TOO_DEEP)
  return isObject && run.depthLeft > 0
}

/** @returns the bits of what is there */
function lookInto(value: Json, run: Run, shape: Shape): number {
  const { fields } = shape
  let seen = 0
  for (const key in value) {
    const field = fields.get(key)
    if (field === undefined) {
      tellUnknown(key, run)
      continue
    }
    const { bit, choice } = field
    if ((seen & bit) !== 0 && choice !== '') tellTwice(key, choice, value, run, shape)
    seen |= bit
    field.look(value[key], run, value)
  }
  return seen
}

function tellScant(value: Json, run: Run): void {
  if (!isScant(value)) return
  const [first, second] = Object.keys(value)
  if (first === undefined) tell(run, 'error', 'structure', '', EMPTY)
  if (first === 'id' && second === undefined) tell(run, 'error', 'invariant', '', ONLY_ID)
}

/** Whether an object has at most one name, without listing them. */
function isScant(value: Json): boolean {
  let names = 0
  for (const _name in value) if (++names > 1) return false
  return true
}

function objectCheck(shape: Shape): Check {
  const { required, invariants, whole } = shape
  return (value, run) => {
    if (!isOpen(value, run)) return
    const before = run.malformed
    run.depthLeft -= 1
    const seen = lookInto(value, run, shape)
    run.depthLeft += 1
    if ((seen & required) !== required) tellMissing(shape, seen, run)
    if (whole) tellScant(value, run)
    // rules are asked only of what has its form
    if (run.invariants && run.malformed === before) for (const invariant of invariants) invariant(value, run)
  }
}

const checks = new Map<string, Check>()

/** The check of a datatype, of a part such as Observation.component, or of a resource of a known type. */
function typeCheck(type: string): Check {
  const found = checks.get(type)
  if (found !== undefined) return found
  const made = type === 'Resource' ? checkResource : objectCheck(shapeOf(type))
  checks.set(type, made)
  return made
}

/** A resource within another one, which stays the root of both. */
function checkContained(value: unknown, run: Run): void {
  if (!isRecord(value) || isWrittenNumber(value)) {
    tell(run, 'error', 'structure', '', WANTS_OBJECT)
    return
  }
  const { resourceType: type } = value
  if (typeof type !== 'string' || !isResourceType(type)) {
    tell(run, 'error', 'structure', 'resourceType', NO_TYPE)
    return
  }
  if (run.rootResource !== value && 'contained' in value) tell(run, 'error', 'invariant', 'contained', NESTED)
  const { resource } = run
  run.resource = value
  typeCheck(type)(value, run)
  run.resource = resource
}

/** Any resource by its resourceType, alone or as the entry of a Bundle. */
export function checkResource(value: unknown, run: Run): void {
  const { rootResource } = run
  if (isRecord(value)) run.rootResource = value
  checkContained(value, run)
  run.rootResource = rootResource
}
