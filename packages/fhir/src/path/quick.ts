import { numberOf } from '../json.ts'
import { runOf, startAt } from './compile.ts'
import { type Env, type Run, truthOf, type World } from './env.ts'
import { itemOf } from './items.ts'
import { compareMoments } from './moments.ts'
import { LOGIC } from './operators.ts'
import type { Binary, Node } from './parse.ts'
import { type Field, isA, isResource, type Kind, kindOf, typeOf } from './types.ts'

/**
 * Truths that most invariants ask for, without any list: whether something stands there, and whether it is a certain
 * word. Each gives what the general way gives; what it does not know, it leaves to that.
 */
export type Quick = (value: unknown, world: World) => boolean | undefined

/** Something at the end of a path: its value, its companion and its type. */
type Leaf = (value: unknown, extra: unknown, type: string, world: World) => boolean

type Search = (value: unknown, world: World) => boolean

const MANY = 6

/** The names of a path from the focus: `code.coding.system`; undefined for any other expression. */
function namesOf(node: Node, type: string): string[] | undefined {
  if (node.is === 'call' && node.name === 'trace' && node.of) return namesOf(node.of, type)
  if (node.is !== 'member') return undefined
  if (!node.of) return /^[A-Z]/.test(node.name) ? (isA(type, node.name) ? [] : undefined) : [node.name]
  const before = namesOf(node.of, type)
  before?.push(node.name)
  return before
}

/** Whether something at the end of the path passes the leaf's test. Types in resources within are looked up there. */
function searchOf(type: string, names: readonly string[], leaf: Leaf): Search | undefined {
  const [name, ...rest] = names
  if (name === undefined) return undefined
  const fields = typeOf(type)?.byName.get(name)
  if (!fields || fields.some((field) => isResource(field.type) && rest.length > 0)) return undefined
  const steps: Step[] = []
  for (const field of fields) {
    const next = rest.length > 0 ? searchOf(field.type, rest, leaf) : undefined
    // a name that this choice does not have selects nothing there
    if (rest.length > 0 && !next && typeOf(field.type)?.byName.has(rest[0] ?? '')) return undefined
    steps.push({ field, extra: `_${field.field}`, next })
  }
  return fields.length < MANY
    ? someOf(steps, leaf, rest.length > 0)
    : somePresent(steps, leaf, name, rest.length > 0)
}

interface Step {
  readonly field: Field
  readonly extra: string
  readonly next: Search | undefined
}

function visit(
  step: Step,
  holder: Record<string, unknown>,
  leaf: Leaf,
  deeper: boolean,
  world: World,
): boolean {
  const value = holder[step.field.field]
  const extra = step.field.primitive ? holder[step.extra] : undefined
  if (value === undefined && extra === undefined) return false
  if (deeper) return step.next !== undefined && down(step.next, value, world)
  if (!Array.isArray(value) && !Array.isArray(extra)) return test(leaf, value, extra, step.field.type, world)
  return testEach(leaf, value, extra, step.field.type, world)
}

function down(next: Search, value: unknown, world: World): boolean {
  if (!Array.isArray(value)) return next(value, world)
  for (let i = 0; i < value.length; i += 1) if (next(value[i], world)) return true
  return false
}

const test = (leaf: Leaf, value: unknown, extra: unknown, type: string, world: World): boolean =>
  (value ?? extra ?? undefined) !== undefined && leaf(value ?? undefined, extra, type, world)

function testEach(leaf: Leaf, value: unknown, extra: unknown, type: string, world: World): boolean {
  const values: readonly unknown[] = Array.isArray(value) ? value : []
  const extras: readonly unknown[] = Array.isArray(extra) ? extra : []
  const length = Math.max(values.length, extras.length)
  for (let i = 0; i < length; i += 1) if (test(leaf, values[i], extras[i], type, world)) return true
  return false
}

function someOf(steps: readonly Step[], leaf: Leaf, deeper: boolean): Search {
  const [first] = steps
  if (first && steps.length === 1)
    return (value, world) => isHolder(value) && visit(first, value, leaf, deeper, world)
  return (value, world) => {
    if (!isHolder(value)) return false
    for (const step of steps) if (visit(step, value, leaf, deeper, world)) return true
    return false
  }
}

const isHolder = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** For a choice of many types: it is quicker to look at what is there. */
function somePresent(steps: readonly Step[], leaf: Leaf, name: string, deeper: boolean): Search {
  const byKey = new Map(
    steps.flatMap((step) => [[step.field.field, step] as const, [step.extra, step] as const]),
  )
  const companion = `_${name}`
  return (value, world) => {
    if (!isHolder(value)) return false
    for (const key in value) {
      if (!key.startsWith(name) && !key.startsWith(companion)) continue
      const step = byKey.get(key)
      if (step && visit(step, value, leaf, deeper, world)) return true
    }
    return false
  }
}

const there: Leaf = () => true

/** A path that can select one thing at most. */
function isSingle(type: string, names: readonly string[]): boolean {
  let at = type
  for (const name of names) {
    const fields = typeOf(at)?.byName.get(name)
    if (fields?.length !== 1 || fields[0]?.many) return false
    at = fields[0]?.type ?? ''
  }
  return true
}

/** The type at the end of a path, where there is but one. */
function endOf(type: string, names: readonly string[]): string | undefined {
  let at = type
  for (const name of names) {
    const fields = typeOf(at)?.byName.get(name)
    if (fields?.length !== 1) return undefined
    at = fields[0]?.type ?? ''
  }
  return at
}

// ---- from expressions

/** Always answers: by the quick way where there is one, else by the general. */
export function quickOf(node: Node, type: string): Quick {
  return special(node, type) ?? general(node, type)
}

function general(node: Node, type: string): Quick {
  const run: Run = runOf(node)
  return (value, world) => {
    const env: Env = startAt(itemOf(value, type), world)
    return truthOf(run(env))
  }
}

function special(node: Node, type: string): Quick | undefined {
  if (node.is === 'binary') return binary(node, type)
  if (node.is !== 'call') return undefined
  const { of, name, args } = node
  if (name === 'not' && of && args.length === 0) return negated(quickOf(of, type))
  if (name === 'exists' || name === 'empty') return existence(node, type)
  if (name === 'all') return forAll(node, type)
  if (name === 'hasValue') return valued(of, type)
  return aboutText(node, type)
}

const negated =
  (quick: Quick): Quick =>
  (value, world) => {
    const truth = quick(value, world)
    return truth === undefined ? undefined : !truth
  }

function existence({ of, name, args }: Node & { is: 'call' }, type: string): Quick | undefined {
  if (!of || (name === 'empty' && args.length > 0)) return undefined
  const search = searching(of, args[0], type)
  if (!search) return undefined
  return name === 'exists' ? search : (value, world) => !search(value, world)
}

/** `path` or `path.where(criterion)`, perhaps with a criterion more. */
function searching(node: Node, criterion: Node | undefined, type: string): Search | undefined {
  if (node.is === 'call' && node.name === 'trace' && node.of) return searching(node.of, criterion, type)
  if (node.is === 'call' && node.name === 'where' && node.of && !criterion)
    return searching(node.of, node.args[0], type)
  const names = namesOf(node, type)
  if (!names || names.length === 0) return undefined
  if (!criterion) return searchOf(type, names, there)
  const end = endOf(type, names)
  if (end === undefined || isResource(end) || typeOf(end)?.primitive !== false) return undefined
  const quick = quickOf(criterion, end)
  return searchOf(type, names, (value, _extra, _type, world) => quick(value, world) === true)
}

function forAll({ of, args }: Node & { is: 'call' }, type: string): Quick | undefined {
  const [criterion] = args
  const names = of && namesOf(of, type)
  const end = names && endOf(type, names)
  if (!criterion || !names?.length || end === undefined) return undefined
  if (isResource(end) || typeOf(end)?.primitive !== false) return undefined
  const quick = quickOf(criterion, end)
  const search = searchOf(type, names, (value, _extra, _type, world) => quick(value, world) !== true)
  return search && ((value, world) => !search(value, world))
}

const MOMENTS: readonly Kind[] = ['date', 'dateTime']
const PRIMITIVES: readonly Kind[] = [...MOMENTS, 'boolean', 'string', 'number', 'time']

/** The one text at the end of a path; undefined where none stands. */
type Reader = (value: unknown) => unknown

function readerOf(
  node: Node | undefined,
  type: string,
  kinds: readonly Kind[] = ['string'],
): Reader | undefined {
  const names = node && namesOf(node, type)
  if (!names?.length || !isSingle(type, names)) return undefined
  const end = endOf(type, names)
  if (end === undefined || !kinds.includes(kindOf(end))) return undefined
  return (value) => {
    let at: unknown = value
    for (const name of names) {
      if (!isHolder(at)) return undefined
      at = at[name]
    }
    return at ?? undefined
  }
}

const constant = (node: Node | undefined): string | undefined =>
  node?.is === 'literal' && node.literal.kind === 'string' ? node.literal.value : undefined

function aboutText({ of, name, args }: Node & { is: 'call' }, type: string): Quick | undefined {
  const read = readerOf(of, type)
  const word = constant(args[0])
  if (!read || word === undefined) return undefined
  const about = textTest(name, word)
  if (!about) return undefined
  return (value) => {
    const text = read(value)
    return typeof text === 'string' ? about(text) : undefined
  }
}

function textTest(name: string, word: string): ((text: string) => boolean) | undefined {
  if (name === 'startsWith') return (text) => text.startsWith(word)
  if (name === 'contains') return (text) => text.includes(word)
  if (name !== 'matches') return undefined
  const pattern = new RegExp(word, 's')
  return (text) => pattern.test(text)
}

function valued(of: Node | undefined, type: string): Quick | undefined {
  const read = readerOf(of, type, PRIMITIVES)
  return read && ((value) => read(value) !== undefined)
}

const ORDERS: Readonly<Partial<Record<Binary, (order: number) => boolean>>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

/** `start <= end`, `period >= 0`. */
function ordered(op: Binary, left: Node, right: Node, type: string): Quick | undefined {
  const fits = ORDERS[op]
  if (!fits) return undefined
  const order = orderOfMoments(left, right, type) ?? orderToNumber(left, right, type)
  if (!order) return undefined
  return (value) => {
    const found = order(value)
    return found === undefined ? undefined : fits(found)
  }
}

type Order = (value: unknown) => number | undefined

function orderOfMoments(left: Node, right: Node, type: string): Order | undefined {
  const [from, to] = [readerOf(left, type, MOMENTS), readerOf(right, type, MOMENTS)]
  if (!from || !to) return undefined
  return (value) => {
    const [a, b] = [from(value), to(value)]
    return typeof a === 'string' && typeof b === 'string' ? compareMoments(a, b) : undefined
  }
}

function orderToNumber(left: Node, right: Node, type: string): Order | undefined {
  const read = readerOf(left, type, ['number'])
  if (!read || right.is !== 'literal' || right.literal.kind !== 'number') return undefined
  const { value: limit } = right.literal
  return (value) => {
    const found = numberOf(read(value))
    return found === undefined ? undefined : found - limit
  }
}

/** What is certain to be true or false when it is known: comparing such needs no lists. */
function isTruth(node: Node): boolean {
  if (node.is === 'call') return /^(?:exists|empty|not)$/.test(node.name)
  return node.is === 'binary' && /^(?:and|or|xor|implies)$/.test(node.op)
}

function binary({ op, left, right }: Node & { is: 'binary' }, type: string): Quick | undefined {
  if (op === 'and' || op === 'or' || op === 'xor' || op === 'implies')
    return logical(op, quickOf(left, type), quickOf(right, type))
  if (op === 'in') return amongWords(readerOf(left, type), right)
  if (op !== '=' && op !== '!=') return ordered(op, left, right, type)
  const quick = isTruth(left) && isTruth(right) ? sameTruth(left, right, type) : isWord(left, right, type)
  return op === '=' || !quick ? quick : negated(quick)
}

function sameTruth(left: Node, right: Node, type: string): Quick {
  const [a, b] = [quickOf(left, type), quickOf(right, type)]
  return (value, world) => {
    const [x, y] = [a(value, world), b(value, world)]
    return x === undefined || y === undefined ? undefined : x === y
  }
}

function isWord(left: Node, right: Node, type: string): Quick | undefined {
  const read = readerOf(left, type)
  const word = constant(right)
  if (!read || word === undefined) return undefined
  return (value) => {
    const text = read(value)
    return text === undefined ? undefined : text === word
  }
}

/** `('a' | 'b')` as a set of words. */
function wordsOf(node: Node): string[] | undefined {
  const word = constant(node)
  if (word !== undefined) return [word]
  if (node.is !== 'binary' || node.op !== '|') return undefined
  const [left, right] = [wordsOf(node.left), wordsOf(node.right)]
  return left && right && [...left, ...right]
}

function amongWords(read: Reader | undefined, right: Node): Quick | undefined {
  const words = wordsOf(right)
  if (!read || !words) return undefined
  const set = new Set<unknown>(words)
  return (value) => {
    const text = read(value)
    return text === undefined ? undefined : set.has(text)
  }
}

function logical(op: Binary & ('and' | 'or' | 'xor' | 'implies'), a: Quick, b: Quick): Quick {
  if (op === 'or')
    return (value, world) => {
      const x = a(value, world)
      if (x === true) return true
      const y = b(value, world)
      return y === true ? true : x === undefined || y === undefined ? undefined : false
    }
  const logic = LOGIC[op]
  return (value, world) =>
    logic(
      () => a(value, world),
      () => b(value, world),
    )
}
