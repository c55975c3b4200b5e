import { COLLECTIONS } from './collections.ts'
import { type Argument, type Call, type Env, only, type Run, truthOf, type World } from './env.ts'
import { OF_FHIR, UNCOMPUTABLE } from './fhir.ts'
import { addMembers, type Item, type Items, itemOf, NOTHING, number, system, truth } from './items.ts'
import { operation } from './operators.ts'
import type { Literal, Node } from './parse.ts'
import { TEXTS } from './texts.ts'
import { isA, typeOf } from './types.ts'
import { isOfType } from './typing.ts'

/** Turns a tree into closures: nothing is read again when it is asked. */

const CALLS: Readonly<Record<string, Call>> = { ...COLLECTIONS, ...TEXTS, ...OF_FHIR }

const EXTERNALS: ReadonlyMap<string, string> = new Map([
  ['ucum', 'http://unitsofmeasure.org'],
  ['sct', 'http://snomed.info/sct'],
  ['loinc', 'http://loinc.org'],
])

/** Why an expression cannot be computed; message of the SyntaxError thrown. */
const uncomputable = (name: string, why: string): SyntaxError => new SyntaxError(`${name}: ${why}`)

/** Of what is written, the items; of what cannot be computed, a SyntaxError that says why. */
export function runOf(node: Node): Run {
  switch (node.is) {
    case 'literal':
      return literal(node.literal)
    case 'this':
      return (env) => env.self
    case 'index':
      return (env) => number(env.index)
    case 'total':
      return (env) => env.total
    case 'external':
      return external(node.name)
    case 'member':
      return member(node)
    case 'call':
      return call(node)
    case 'indexer':
      return indexer(runOf(node.of), runOf(node.index))
    case 'negative':
      return negative(runOf(node.of))
    case 'binary':
      return operation(node.op, runOf(node.left), runOf(node.right))
    default:
      return typed(node.op, runOf(node.of), node.type)
  }
}

function literalItems(value: Literal): Items {
  switch (value.kind) {
    case 'empty':
      return NOTHING
    case 'boolean':
      return truth(value.value)
    case 'number':
      return [system(value.whole ? 'Integer' : 'Decimal', value.value)]
    case 'quantity':
      return [system('Quantity', { value: value.value, code: value.unit })]
    default:
      return [system(value.kind.charAt(0).toUpperCase() + value.kind.slice(1), value.value)]
  }
}

function literal(value: Literal): Run {
  const items = literalItems(value)
  return () => items
}

function external(name: string): Run {
  if (name === 'resource') return ({ world }) => resourceItem(world.resource)
  if (name === 'rootResource') return ({ world }) => resourceItem(world.rootResource)
  if (name === 'context') return ({ context }) => context
  const address = EXTERNALS.get(name) ?? addressOf(name)
  if (address === undefined) throw uncomputable(`%${name}`, 'is not known')
  const items: Items = [system('String', address)]
  return () => items
}

function addressOf(name: string): string | undefined {
  if (name.startsWith('vs-')) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`
  return name.startsWith('ext-') ? `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}` : undefined
}

const resourceItem = (resource: unknown): Items =>
  resource === undefined ? NOTHING : [itemOf(resource, 'Resource')]

function member({ of, name }: Node & { is: 'member' }): Run {
  const from: Run = of ? runOf(of) : (env) => env.self
  const isType = !of && /^[A-Z]/.test(name) && typeOf(name) !== undefined
  if (isType) return (env) => from(env).filter((item) => isA(item.t, name))
  return (env) => {
    const input = from(env)
    if (input.length === 0) return NOTHING
    const found: Item[] = []
    for (const item of input) addMembers(found, item, name)
    return found
  }
}

/** `is(Patient)`, `ofType(FHIR.Quantity)`: an argument that names a type. */
function typeNameOf(node: Node): string {
  if (node.is !== 'member') return ''
  return node.of ? `${typeNameOf(node.of)}.${node.name}` : node.name
}

const TAKES_TYPE = new Set(['is', 'as', 'ofType'])

function argumentOf(node: Node): Argument {
  const run = runOf(node)
  const of = (item: Item, index: number, env: Env): Items => run({ ...env, self: [item], index })
  return { value: run, of, test: (item, index, env) => truthOf(of(item, index, env)), type: '' }
}

const NO_RUN: Run = () => NOTHING

const typeArgument = (node: Node): Argument => ({
  value: NO_RUN,
  of: () => NOTHING,
  test: () => undefined,
  type: typeNameOf(node),
})

function call({ of, name, args }: Node & { is: 'call' }): Run {
  const why = UNCOMPUTABLE.get(name)
  if (why !== undefined) throw uncomputable(`${name}()`, why)
  const work = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined
  if (!work) throw uncomputable(`${name}()`, 'is not known')
  const from: Run = of ? runOf(of) : (env) => env.self
  // what trace would tell of its input is nobody's result
  const needed = name === 'trace' ? [] : args
  const all = needed.map(TAKES_TYPE.has(name) ? typeArgument : argumentOf)
  return (env) => work(from(env), all, env)
}

function indexer(from: Run, at: Run): Run {
  return (env) => {
    const index = only(at(env))?.v
    const item = typeof index === 'number' ? from(env)[index] : undefined
    return item ? [item] : NOTHING
  }
}

function negative(of: Run): Run {
  return (env) => {
    const item = only(of(env))
    if (!item) return NOTHING
    return typeof item.v === 'number' ? number(-item.v) : NOTHING
  }
}

function typed(op: 'is' | 'as', from: Run, type: string): Run {
  if (op === 'as') return (env) => from(env).filter((item) => isOfType(item, type))
  return (env) => {
    const item = only(from(env))
    return item ? truth(isOfType(item, type)) : NOTHING
  }
}

export const startAt = (item: Item, world: World): Env => {
  const self: Items = [item]
  return { self, index: 0, total: NOTHING, context: self, world }
}
