import { TABLE } from './table.generated.ts'
import { type Way, wayOf } from './way.ts'

export type SearchType =
  | 'string'
  | 'token'
  | 'reference'
  | 'date'
  | 'number'
  | 'quantity'
  | 'uri'
  | 'composite'
  | 'special'

/** One part of a composite: the parameter that names it, its type. */
export interface SearchComponent {
  readonly name: string
  readonly type: SearchType
}

/** @see https://hl7.org/fhir/R4/searchparameter-registry.html */
export interface SearchParameter {
  readonly name: string
  /** The canonical address of its definition. */
  readonly url: string
  readonly type: SearchType
  /** Of a reference: the types it may point at. */
  readonly target?: readonly string[]
  /** Of a composite: its parts, in the order in which `$` joins them. */
  readonly components?: readonly SearchComponent[]
}

interface Component extends SearchComponent {
  readonly ways: readonly Way[]
}

/** A parameter with its ways through a resource of one type. */
export interface Compiled extends SearchParameter {
  readonly ways: readonly Way[]
  readonly components?: readonly Component[]
}

interface Block {
  /** Ways of the Patient compartment, the one that the resource stands with first; empty for other types. */
  readonly claims: readonly Way[]
  readonly lines: readonly string[]
}

const URL_START = 'http://hl7.org/fhir/SearchParameter/'

const waysOf = (text: string): Way[] => text.split('|').map(wayOf)

function blockOf(text: string): [string, Block] {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const [type = '', claims] = head.split('\t')
  return [type, { claims: claims ? waysOf(claims.replaceAll(/$|(?=\|)/g, ':Reference')) : [], lines }]
}

const BLOCKS: ReadonlyMap<string, Block> = new Map(TABLE.split('#').slice(1).map(blockOf))

/** All resource types of R4, by name. */
const TYPES: readonly string[] = [...BLOCKS.keys()].filter(Boolean)

function componentOf(text: string): Component {
  const [name = '', type = '', ways = ''] = text.split(' ')
  return { name, type: type as SearchType, ways: waysOf(ways) }
}

function compiled(line: string): [string, Compiled] {
  const [name = '', type = '', url = '', target = '', ways = '', components = ''] = line.split('\t')
  const parameter: Compiled = {
    name,
    type: type as SearchType,
    url: URL_START + url,
    ways: waysOf(ways),
    ...(target ? { target: target === '*' ? TYPES : target.split(' ') } : {}),
    ...(components ? { components: components.split(';').map(componentOf) } : {}),
  }
  return [name, parameter]
}

const read = new Map<string, ReadonlyMap<string, Compiled>>()
const NONE: ReadonlyMap<string, Compiled> = new Map()

/** With its ways; made on first use, a type at a time. */
export function compiledOf(type: string): ReadonlyMap<string, Compiled> {
  const known = read.get(type)
  if (known) return known
  const block = type ? BLOCKS.get(type) : undefined
  if (!block) return NONE
  const all = new Map([...(BLOCKS.get('')?.lines ?? []), ...block.lines].map(compiled))
  read.set(type, all)
  return all
}

/**
 * The base parameters of a resource type, those common to all types with it; by name. Left out are parameters of
 * extensions and those that the definitions give no expression: _content, _text, _filter, _query.
 *
 * @returns empty for what is no type of R4
 */
export const searchParametersOf = (type: string): ReadonlyMap<string, SearchParameter> => compiledOf(type)

const NO_CLAIM: readonly Way[] = []

export const claimsOf = (type: unknown): readonly Way[] =>
  (typeof type === 'string' && type ? BLOCKS.get(type)?.claims : undefined) ?? NO_CLAIM
