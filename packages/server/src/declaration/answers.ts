import { formOf, wardAt } from '@sokhoe/codes'
import { isWrittenNumber, parseJson, writeJson } from '@sokhoe/fhir'
import { checkResponse, type QuestionnaireResponse } from '@sokhoe/model'
import { fingerprint, type Keys } from '../platform/keys.ts'
import { Problem } from '../platform/problem.ts'

/**
 * The same answers have one text, however the client ordered or spaced them.
 * @throws {Problem} declaration.invalid for an object that only looks like a written number
 */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== 'object' || value === null || isWrittenNumber(value)) return value
  if ('rawJSON' in value) throw new Problem('declaration.invalid', { at: [' wrong-type'] })
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, each]) => [name, canonical(each)]),
  )
}

/** What tells whether something sent again is the same. @throws {Problem} as {@link canonical} */
export const digestOf = (keys: Keys, sent: unknown): Buffer =>
  fingerprint(keys, 'declaration', writeJson(canonical(sent)))

/** JSON with every number as written. @throws {Problem} request.not-json */
export function readJson(text: string): unknown {
  try {
    return parseJson(text)
  } catch (cause) {
    throw new Problem('request.not-json', { cause })
  }
}

const wardIsKnown = (day: string) => (_valueSet: string, code: string) => wardAt(code, day) !== undefined

/** The answers, once nothing speaks against them. @throws {Problem} declaration.invalid with each linkId and rule */
export function checkedResponse(response: unknown, day: string): QuestionnaireResponse {
  const faults = checkResponse(formOf(day), response, { day, partial: true, hasCode: wardIsKnown(day) })
  if (faults.length > 0)
    throw new Problem('declaration.invalid', { at: faults.map(({ linkId, rule }) => `${linkId} ${rule}`) })
  return response as QuestionnaireResponse
}
