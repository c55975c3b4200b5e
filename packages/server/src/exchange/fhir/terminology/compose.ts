import type { Include } from '@sokhoe/codes/terminology'
import { badInput, isObject } from '../parameters.ts'
import { refused } from './asked.ts'

const MOST_PARTS = 20

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** @throws {Problem} fhir.not-supported for any other filter */
function underOf(filter: unknown): string | undefined {
  if (filter === undefined) return undefined
  const [first, ...more] = Array.isArray(filter) ? filter : [undefined]
  const isA = isObject(first) && first['property'] === 'concept' && first['op'] === 'is-a'
  const value = isA ? text(first['value']) : undefined
  if (value === undefined || more.length > 0)
    throw refused('fhir.not-supported', 'not-supported', 'Of filters only one, concept is-a, is answered')
  return value
}

function codesOf(concepts: unknown): string[] | undefined {
  if (!Array.isArray(concepts)) return undefined
  return concepts.flatMap((concept) => (isObject(concept) ? (text(concept['code']) ?? []) : []))
}

function includeOf(part: unknown): Include {
  const system = isObject(part) ? text(part['system']) : undefined
  if (!isObject(part) || system === undefined || part['valueSet'] !== undefined)
    throw refused('fhir.not-supported', 'not-supported', 'Each part of compose.include must name its system')
  const version = text(part['version'])
  const codes = codesOf(part['concept'])
  const under = underOf(part['filter'])
  return {
    system,
    ...(version !== undefined && { version }),
    ...(codes && { codes }),
    ...(under !== undefined && { under }),
  }
}

/**
 * What a ValueSet that came with a request includes: whole systems, listed codes, or what stands under one.
 * @throws {Problem} fhir.malformed, fhir.not-supported
 */
export function composed(set: Readonly<Record<string, unknown>>): Include[] {
  const compose = set['compose']
  const include = isObject(compose) ? compose['include'] : undefined
  if (set['resourceType'] !== 'ValueSet' || !Array.isArray(include) || include.length === 0)
    throw badInput('valueSet', 'A ValueSet with compose.include')
  if (include.length > MOST_PARTS || (isObject(compose) && compose['exclude'] !== undefined))
    throw refused('fhir.not-supported', 'not-supported', 'At most 20 parts, and none that excludes')
  return include.map(includeOf)
}
