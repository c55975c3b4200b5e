import { type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { readPart, shorten, shortens } from '@sokhoe/fhir/query'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'

/** Of whatever the record holds, however deep and long it was let in. */
const LIMITS = { depth: 500, length: 100_000_000 }

/**
 * What of a resource a reader wants to see, by `_summary` and `_elements`.
 * @returns how to make it of the whole; undefined where the whole is wanted
 * @throws {Problem} fhir.malformed
 */
export function partAsked({ query }: Ask): ((whole: Buffer) => string | Buffer) | undefined {
  if (query.length === 0) return undefined
  const read = readPart(query)
  if (!read) return undefined
  if (!read.ok)
    throw new Problem('fhir.malformed', {
      more: issues([{ severity: 'error', code: 'invalid', text: read.text }]),
    })
  const { value } = read
  if (!shortens(value)) return undefined
  return (whole) => writeJson(shorten(parseJson(whole.toString(), LIMITS) as FhirResource, value))
}
