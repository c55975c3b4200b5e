import { hash } from 'node:crypto'
import type { FhirResource } from '@sokhoe/fhir'
import { searchValues } from '@sokhoe/fhir/search'
import { blind, type Keys } from '../../platform/keys.ts'
import type { BlindKey, KeyAsked } from '../../record/index.ts'

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

interface Numbered {
  readonly system: string
  readonly value: string
}

/** Its identifiers as far as they can be searched for. */
const identifiersOf = (resource: FhirResource): Numbered[] =>
  searchValues(resource, 'identifier').flatMap(({ value }) => {
    if (!isIdentifier(value) || typeof value.value !== 'string') return []
    return [{ system: typeof value.system === 'string' ? value.system : '', value: value.value }]
  })

/** Every blind index by which a search finds a resource of the directory: with its system, and by the number alone. */
export function keysOfIdentifiers(keys: Keys, resource: FhirResource): Buffer[] {
  const found = identifiersOf(resource).flatMap(({ system, value }) => [
    identifierKey(keys, system, value),
    identifierKey(keys, undefined, value),
  ])
  return [...new Map(found.map((hash) => [hash.toString('latin1'), hash])).values()]
}

const [HASH_BYTES, WITHIN_BYTES] = [16, 6]

/** Drawn from all of a number's hash, of which a part is never kept: nobody who sees both can tell the system. */
const withinOf = (whole: Buffer, system: string): number =>
  hash('sha256', `${whole.toString('base64url')}|${system}`, 'buffer').readUIntBE(0, WITHIN_BYTES)

/** The blind indexes by which a search finds what stands on a shelf. */
export const shelfKeysOf = (keys: Keys, resource: FhirResource): BlindKey[] =>
  identifiersOf(resource).map(({ system, value }) => {
    const whole = identifierKey(keys, undefined, value)
    return { hash: whole.subarray(0, HASH_BYTES), within: withinOf(whole, system) }
  })

/** What a search for a number looks for on shelves: as it is kept now, and as it was kept before. */
export function shelfKeysAsked(keys: Keys, system: string | undefined, value: string): KeyAsked[] {
  const whole = identifierKey(keys, undefined, value)
  const within = system === undefined ? {} : { within: withinOf(whole, system) }
  return [{ hash: whole.subarray(0, HASH_BYTES), ...within }, { hash: identifierKey(keys, system, value) }]
}
