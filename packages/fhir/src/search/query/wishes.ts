import { bad, type Definitions, good, type Parameter, type Read } from './types.ts'

/** How the answer is to look. */
export interface Wishes {
  readonly sort: readonly SortBy[]
  /** Undefined: as many as this server thinks fit. */
  readonly count: number | undefined
  readonly include: readonly Follow[]
  readonly revinclude: readonly Follow[]
  readonly summary: Summary
  readonly elements: readonly string[]
  readonly total: 'none' | 'accurate' | 'estimate' | undefined
}

export interface SortBy {
  readonly name: string
  readonly descending: boolean
}

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false'

/** What comes with the resources that were found. */
export interface Follow {
  /** Which type holds the reference; '*' any. */
  readonly source: string
  /** Which parameter; '*' every reference. */
  readonly parameter: string
  /** Only targets of this type. */
  readonly target: string | undefined
  /** Also from what was brought along already. */
  readonly iterate: boolean
}

const SUMMARIES: readonly Summary[] = ['true', 'text', 'data', 'count', 'false']
const TOTALS = ['none', 'accurate', 'estimate'] as const

const SORTABLE: readonly Parameter['type'][] = [
  'string',
  'token',
  'reference',
  'date',
  'number',
  'quantity',
  'uri',
]

const [MOST_SORTS, MOST_FOLLOWS, MOST_ELEMENTS] = [8, 20, 200]

/** A parameter of every one of these types. */
function isSortable(types: readonly string[], name: string, definitions: Definitions): boolean {
  return types.every((type) => {
    const parameter = definitions.parameter(type, name)
    return parameter !== undefined && SORTABLE.includes(parameter.type)
  })
}

function readSort(written: string, types: readonly string[], definitions: Definitions): Read<SortBy[]> {
  const sort = written
    .split(',')
    .map((each) => ({ name: each.replace(/^-/, ''), descending: each.startsWith('-') }))
  if (sort.length > MOST_SORTS) return bad(`sorts by more than ${MOST_SORTS} things`, 'too-long')
  if (!sort.every(({ name }) => isSortable(types, name, definitions)))
    return bad('names a parameter by which this type is not sorted')
  return good(sort)
}

function readFollow(written: string, modifier: string | undefined): Read<Follow> {
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse')
    return bad('does not take this modifier', 'not-supported')
  const parts = written.split(':')
  const [source = '', parameter = source === '*' ? '*' : '', target] = parts
  if (parts.length > 3 || !/^(?:\*|[A-Z][A-Za-z]+)$/.test(source) || parameter === '')
    return bad('is not a reference to follow: write Type:parameter, Type:parameter:Target or *')
  return good({
    source,
    parameter,
    target: target === '' ? undefined : target,
    iterate: modifier !== undefined,
  })
}

function isFollowed({ source, parameter }: Follow, definitions: Definitions): boolean {
  if (parameter === '*') return true
  return source !== '*' && definitions.parameter(source, parameter)?.type === 'reference'
}

/** Being put together. */
type Draft = { -readonly [Name in keyof Wishes]: Wishes[Name] }

type Reader = (draft: Draft, written: string, about: About) => string | undefined

interface About {
  readonly types: readonly string[]
  readonly definitions: Definitions
  readonly modifier: string | undefined
}

const among = <T extends string>(all: readonly T[], text: string): T | undefined =>
  all.find((each) => each === text)

function follow(draft: Draft, which: 'include' | 'revinclude', written: string, about: About) {
  const read = readFollow(written, about.modifier)
  if (!read.ok) return read.text
  if (!isFollowed(read.value, about.definitions)) return 'names no reference of that type'
  if (draft[which].length >= MOST_FOLLOWS) return `stands here more than ${MOST_FOLLOWS} times`
  draft[which] = [...draft[which], read.value]
  return undefined
}

function readSummary(draft: Draft, written: string): string | undefined {
  const summary = among(SUMMARIES, written)
  if (summary) draft.summary = summary
  return summary ? undefined : 'is none of true, text, data, count, false'
}

function readElements(draft: Draft, written: string): string | undefined {
  const elements = written.split(',')
  if (elements.length > MOST_ELEMENTS || !elements.every((each) => /^[A-Za-z][\w[\].]{0,99}$/.test(each)))
    return 'is no list of elements'
  // of what lies deeper the whole element is given
  draft.elements = [...draft.elements, ...elements.map((each) => each.split('.').at(0) ?? each)]
  return undefined
}

const READERS: Readonly<Record<string, Reader>> = {
  _sort: (draft, written, { types, definitions }) => {
    const read = readSort(written, types, definitions)
    if (!read.ok) return read.text
    draft.sort = [...draft.sort, ...read.value]
    return undefined
  },
  _count: (draft, written) => {
    if (!/^\d{1,9}$/.test(written)) return 'is no whole number'
    draft.count = Number(written)
    return undefined
  },
  _include: (draft, written, about) => follow(draft, 'include', written, about),
  _revinclude: (draft, written, about) => follow(draft, 'revinclude', written, about),
  _summary: readSummary,
  _elements: readElements,
  _total: (draft, written) => {
    const total = among(TOTALS, written)
    draft.total = total
    return total ? undefined : 'is none of none, accurate, estimate'
  },
  _contained: (_draft, written) => (written === 'false' ? undefined : 'is answered with false only'),
  _containedType: () => undefined,
  _format: () => undefined,
  _pretty: () => undefined,
}

/** Whether a name says how the answer is to look, not what is searched. */
export const isWish = (name: string): boolean => Object.hasOwn(READERS, name.split(':')[0] ?? '')

const NO_WISHES: Wishes = {
  sort: [],
  count: undefined,
  include: [],
  revinclude: [],
  summary: 'false',
  elements: [],
  total: undefined,
}

/** @returns what is wrong with each, by name */
export function readWishes(
  pairs: readonly (readonly [name: string, value: string])[],
  types: readonly string[],
  definitions: Definitions,
): { readonly wishes: Wishes; readonly faults: readonly { parameter: string; text: string }[] } {
  const draft: Draft = { ...NO_WISHES }
  const faults: { parameter: string; text: string }[] = []
  for (const [written, value] of pairs) {
    const [name = '', modifier] = written.split(':')
    const text = READERS[name]?.(draft, value, { types, definitions, modifier })
    if (text !== undefined) faults.push({ parameter: name, text })
  }
  return { wishes: draft, faults }
}

/** Which part of one resource is wished for, where it is read by its id. */
export type Part = Pick<Wishes, 'summary' | 'elements'>

/**
 * @returns the part, or what is wrong; undefined where the whole is wished for
 * @see https://hl7.org/fhir/R4/http.html#parameters
 */
export function readPart(pairs: readonly (readonly [name: string, value: string])[]): Read<Part> | undefined {
  const draft: Draft = { ...NO_WISHES }
  const asked = pairs.filter(([name]) => name === '_summary' || name === '_elements')
  for (const [name, value] of asked) {
    const text = name === '_summary' ? readSummary(draft, value) : readElements(draft, value)
    if (text !== undefined) return bad(`${name} ${text}`)
  }
  if (draft.summary === 'count') return bad('_summary counts in searches only')
  return asked.length === 0 ? undefined : good(draft)
}
