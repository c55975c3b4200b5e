import { type Means, MODIFIERS, type Test, testOf } from './matchers.ts'
import { readToken } from './tokens.ts'
import { bad, good, type Parameter, type Read } from './types.ts'
import { cut } from './written.ts'

/** One thing that a resource must be. */
export interface Filter {
  readonly kind: 'filter'
  readonly parameter: Parameter
  readonly modifier: string | undefined
  /** As written, one of them must fit. */
  readonly alternatives: readonly string[]
  readonly test: Test
  /** In small letters: without one of these in its text, no resource fits. */
  readonly needles: readonly string[] | undefined
}

/** What a resource points at must be something. */
export interface Chained {
  readonly kind: 'chained'
  readonly parameter: Parameter
  /** By type of what is pointed at. */
  readonly inner: ReadonlyMap<string, Condition>
}

/** Something that points at a resource must be something. */
export interface Reverse {
  readonly kind: 'reverse'
  readonly type: string
  /** Which of its parameters points here. */
  readonly parameter: Parameter
  readonly inner: Condition
}

export type Condition = Filter | Chained | Reverse

/** Of what points at what; more asks about the whole city. */
const MOST_LINKS = 3
const MOST_ALTERNATIVES = 200

interface Name {
  readonly parameter: string
  readonly modifier: string | undefined
  /** What is written behind the point. */
  readonly rest: string | undefined
}

function nameOf(written: string): Name {
  const point = written.indexOf('.')
  const head = point === -1 ? written : written.slice(0, point)
  const colon = head.indexOf(':')
  return {
    parameter: colon === -1 ? head : head.slice(0, colon),
    modifier: colon === -1 ? undefined : head.slice(colon + 1),
    rest: point === -1 ? undefined : written.slice(point + 1),
  }
}

/** Told apart from what is wrong: whether an unknown parameter refuses is the client's choice. */
export const UNKNOWN = 'is no parameter of this type'

/** What must stand in the text of whatever fits: a code or an id, as it is written there. */
function needlesOf(
  { type }: Parameter,
  modifier: string | undefined,
  alternatives: readonly string[],
): string[] | undefined {
  if (modifier !== undefined) return undefined
  if (type !== 'token') return undefined
  const needles: string[] = []
  for (const written of alternatives) {
    const token = readToken(written)
    const code = token.ok ? token.value.code : undefined
    // booleans are written without quotes, and some are told from elsewhere
    if (code === undefined || code === 'true' || code === 'false' || !/^[\x20-\x7e]+$/.test(code))
      return undefined
    needles.push(JSON.stringify(code).toLowerCase())
  }
  return needles
}

const TYPE = /^[A-Z][A-Za-z]+$/

function knows({ type, target = [] }: Parameter, modifier: string | undefined): boolean {
  if (modifier === undefined || MODIFIERS[type].includes(modifier)) return true
  return type === 'reference' && TYPE.test(modifier) && target.includes(modifier)
}

function filterOf(
  parameter: Parameter,
  modifier: string | undefined,
  written: string,
  means: Means,
): Read<Condition> {
  const alternatives = cut(written, ',')
  if (alternatives.length > MOST_ALTERNATIVES)
    return bad(`has more than ${MOST_ALTERNATIVES} values: ask in several searches`, 'too-long')
  if (alternatives.some((each) => each === ''))
    return bad(
      'has an empty value: leave the parameter out, or write a backslash before a comma that is meant',
    )
  const test = testOf(parameter, alternatives, modifier, means)
  if (!test.ok) return test
  return good({
    ...{ kind: 'filter', parameter, modifier, alternatives },
    test: test.value,
    needles: needlesOf(parameter, modifier, alternatives),
  })
}

function chainedOf(
  parameter: Parameter,
  { modifier, rest = '' }: Name,
  { written, means, depth }: Written,
): Read<Condition> {
  const { type, target = [] } = parameter
  if (type !== 'reference') return bad('points at nothing: only references are followed with a point')
  if (modifier !== undefined && !target.includes(modifier)) return bad('does not point at that type')
  if (depth >= MOST_LINKS) return bad(`follows more than ${MOST_LINKS} references`, 'too-costly')
  const inner = new Map<string, Condition>()
  let fault: Read<Condition> = bad(UNKNOWN)
  for (const each of modifier === undefined ? target : [modifier]) {
    const read = conditionOf(each, rest, { written, means, depth: depth + 1 })
    if (read.ok) inner.set(each, read.value)
    else if (read.text !== UNKNOWN) fault = read
  }
  return inner.size > 0 ? good({ kind: 'chained', parameter, inner }) : fault
}

/** `_has:Type:parameter:rest`. */
function reverseOf(type: string, name: string, { written, means, depth }: Written): Read<Condition> {
  const [, other = '', by = '', ...rest] = name.split(':')
  if (rest.length === 0) return bad('says too little: write _has:Type:reference:parameter')
  if (depth >= MOST_LINKS) return bad(`follows more than ${MOST_LINKS} references`, 'too-costly')
  const parameter = means.definitions.parameter(other, by)
  if (parameter?.type !== 'reference' || !parameter.target?.includes(type))
    return bad('names no reference that points here: write _has:Type:reference:parameter')
  const inner = conditionOf(other, rest.join(':'), { written, means, depth: depth + 1 })
  return inner.ok ? good({ kind: 'reverse', type: other, parameter, inner: inner.value }) : inner
}

interface Written {
  readonly written: string
  readonly means: Means
  readonly depth: number
}

/** Named in the specification, and not answered here. */
const REFUSED: ReadonlyMap<string, string> = new Map([
  ['_filter', 'is not read here: write each condition as a parameter of its own'],
  ['_text', 'is not searched here: ask by code, date or identifier'],
  ['_content', 'is not searched here: ask by code, date or identifier'],
  ['_query', 'names no search that is known here'],
  ['_list', 'is not followed here'],
])

/** Reads one condition: the parameter's name with modifier and chain, and its value as written. */
export function conditionOf(type: string, name: string, given: Written): Read<Condition> {
  if (name.startsWith('_has:')) return reverseOf(type, name, given)
  const read = nameOf(name)
  const refused = REFUSED.get(read.parameter)
  if (refused !== undefined) return bad(refused, 'not-supported')
  const parameter = means(given).parameter(type, read.parameter)
  if (!parameter) return bad(UNKNOWN)
  if (read.rest !== undefined) return chainedOf(parameter, read, given)
  if (parameter.type === 'special') return bad('is not searched here', 'not-supported')
  if (!knows(parameter, read.modifier)) return bad('does not take this modifier', 'not-supported')
  return filterOf(parameter, read.modifier, given.written, given.means)
}

const means = (given: Written) => given.means.definitions
