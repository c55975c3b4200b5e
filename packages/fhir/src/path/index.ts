/**
 * FHIRPath compiled to closures over JSON as it stands.
 *
 * @see http://hl7.org/fhirpath/N1/ and https://hl7.org/fhir/R4/fhirpath.html
 */
import { runOf, startAt } from './compile.ts'
import { isNoAnswer, truthOf, type World } from './env.ts'
import { type Items, itemOf } from './items.ts'
import { type Node, parsePath } from './parse.ts'
import { quickOf } from './quick.ts'
import { typeOf } from './types.ts'

export type { World } from './env.ts'

/** An expression over elements of one type. */
export interface Path {
  /**
   * What it selects, as JSON; of a primitive with extensions and no value, undefined.
   *
   * @param focus the element; `extra` what stands in its field with an underscore, for a primitive
   * @throws {TypeError} where the expression has no answer: several where one is needed, a type that does not fit
   */
  readonly evaluate: (focus: unknown, world: World, extra?: unknown) => unknown[]
  /** Whether it holds; undefined where that cannot be told, or the expression has no answer. Never throws. */
  readonly holds: (focus: unknown, world: World, extra?: unknown) => boolean | undefined
}

/** $index, $total and %context mean the outermost; the quick way does not carry them. */
function needsEnv(node: Node): boolean {
  switch (node.is) {
    case 'index':
    case 'total':
      return true
    case 'external':
      return node.name === 'context'
    case 'binary':
      return needsEnv(node.left) || needsEnv(node.right)
    case 'call':
      return [...(node.of ? [node.of] : []), ...node.args].some(needsEnv)
    case 'indexer':
      return needsEnv(node.of) || needsEnv(node.index)
    case 'member':
      return node.of !== undefined && needsEnv(node.of)
    case 'negative':
    case 'type':
      return needsEnv(node.of)
    default:
      return false
  }
}

/** Every element has a value or parts; asked of each, so written by hand. */
const ELE_1 = /^hasValue\(\) or \(children\(\)\.count\(\) > id\.count\(\)\)(?: or \$this is Parameters)?$/

function hasParts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  for (const key in value) if (key !== 'id' && key !== '_id' && key !== 'resourceType') return true
  return false
}

/**
 * @param type of the focus: a type of R4, or for an element with parts of its own its path: Observation.component
 * @throws {SyntaxError} what is no FHIRPath, or cannot be computed from a resource alone; the message says why
 */
export function compilePath(expression: string, type: string): Path {
  const tree = parsePath(expression)
  const run = runOf(tree)
  const items = (focus: unknown, world: World, extra?: unknown): Items =>
    run(startAt(itemOf(focus, type, extra), world))
  return {
    evaluate: (focus, world, extra) => items(focus, world, extra).map(({ v }) => v),
    holds: holding(tree, expression, type, items),
  }
}

type Selecting = (focus: unknown, world: World, extra?: unknown) => Items

function holding(tree: Node, expression: string, type: string, items: Selecting): Path['holds'] {
  if (ELE_1.test(expression)) return (focus, _world, extra) => isFull(focus) || hasParts(extra)
  const isPlain = typeOf(type)?.primitive !== false || needsEnv(tree)
  const quick = isPlain ? undefined : quickOf(tree, type)
  const ask: Path['holds'] = quick ?? ((focus, world, extra) => truthOf(items(focus, world, extra)))
  return (focus, world, extra) => {
    try {
      return ask(focus, world, extra)
    } catch (error) {
      if (isNoAnswer(error)) return undefined
      throw error
    }
  }
}

const isFull = (focus: unknown): boolean =>
  typeof focus === 'object' ? hasParts(focus) : focus !== undefined
