import type { FhirResource } from '@sokhoe/fhir'
import { searchValues } from '@sokhoe/fhir/search'
import { blind, type Keys } from '../../platform/keys.ts'

/** Letters in another case are the same number, as everywhere in a token. */
const normal = (value: string): string => value.trim().toUpperCase()

/** The blind index that finds whoever has this number. @param system undefined: of any system; '': of none */
export const identifierKey = (keys: Keys, system: string | undefined, value: string): Buffer =>
  blind(keys, 'identifier', JSON.stringify([system ?? null, normal(value)]))

interface Identifier {
  readonly system?: unknown
  readonly value?: unknown
}

const isIdentifier = (value: unknown): value is Identifier => typeof value === 'object' && value !== null

/** Every blind index by which a search for one of its identifiers finds a resource: with its system, and by the number alone. */
export function keysOfIdentifiers(keys: Keys, resource: FhirResource): Buffer[] {
  const found = searchValues(resource, 'identifier').flatMap(({ value }) => {
    if (!isIdentifier(value) || typeof value.value !== 'string') return []
    const system = typeof value.system === 'string' ? value.system : ''
    return [identifierKey(keys, system, value.value), identifierKey(keys, undefined, value.value)]
  })
  return [...new Map(found.map((hash) => [hash.toString('latin1'), hash])).values()]
}
