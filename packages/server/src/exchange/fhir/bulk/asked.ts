import { parseJson } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { needJson } from '../media.ts'
import { issues } from '../outcome.ts'

/** What a bulk export was asked for. */
export interface AskedExport {
  readonly level: 'system' | 'patient' | 'group'
  /** Public id. */
  readonly group?: string
  /** Only what came at or after it, ISO 8601. */
  readonly since?: string
  readonly types?: readonly string[]
  /** Public ids. */
  readonly patients?: readonly string[]
}

/** At most so many named in one request. */
const MOST_PATIENTS = 10_000

const FORMATS = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson'])
const TYPE = /^[A-Z][A-Za-z]{1,40}$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/
const PATIENT = /^(?:Patient\/)?([A-Za-z0-9.-]{1,64})$/

function refuse(code: string, expression: string, text: string): never {
  throw new Problem(code === 'not-supported' ? 'fhir.not-supported' : 'fhir.malformed', {
    more: issues([{ severity: 'error', code, expression, text }]),
  })
}

type Pair = readonly [name: string, value: string]

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const VALUES = ['valueString', 'valueInstant', 'valueDateTime', 'valueCode', 'valueUri', 'valueCanonical']

function pairOf(parameter: unknown): Pair {
  const { name, valueReference, ...rest } = isObject(parameter) ? parameter : {}
  const referred = isObject(valueReference) ? valueReference['reference'] : undefined
  const value = referred ?? VALUES.map((each) => rest[each]).find((each) => each !== undefined)
  if (typeof name !== 'string' || typeof value !== 'string')
    return refuse('structure', 'Parameters.parameter', 'A parameter has a name and a text or a reference.')
  return [name, value]
}

/** Parameters of the address, or of the body where the request brings one. */
function parametersOf({ method, body, query, header }: Ask): readonly Pair[] {
  if (method !== 'POST' || body === undefined || body.length === 0) return query
  needJson(header('content-type'))
  let parsed: unknown
  try {
    parsed = parseJson(body.toString())
  } catch {
    throw new Problem('fhir.malformed')
  }
  const { resourceType, parameter = [] } = isObject(parsed) ? parsed : {}
  if (resourceType !== 'Parameters' || !Array.isArray(parameter))
    return refuse('structure', 'Parameters', 'The body is a Parameters resource.')
  return [...query, ...parameter.map(pairOf)]
}

const isLenient = (ask: Ask): boolean => /\bhandling\s*=\s*lenient\b/i.test(ask.header('prefer') ?? '')

/** @throws {Problem} fhir.malformed: work that takes long is answered later, and whoever asks must say that she knows */
export function needAsync({ header }: Ask): void {
  if (!/\brespond-async\b/i.test(header('prefer') ?? ''))
    refuse('required', 'http.prefer', 'This is answered later: send the header Prefer: respond-async.')
}

function instantOf(name: string, text: string): string {
  // a plus sign in an address arrives as a space
  const instant = text.replace(' ', '+')
  if (!INSTANT.test(instant) || Number.isNaN(Date.parse(instant)))
    refuse('value', name, 'An instant is wanted, with its offset, such as 2026-01-01T00:00:00+07:00.')
  return new Date(instant).toISOString()
}

function typesOf(values: readonly string[], lenient: boolean, isKnown: (type: string) => boolean): string[] {
  const types = [...new Set(values.flatMap((value) => value.split(',')).filter((type) => type !== ''))]
  const known = types.filter((type) => TYPE.test(type) && isKnown(type))
  if (known.length < types.length && !lenient)
    refuse('not-supported', '_type', 'One of the types is none of FHIR R4, or holds nothing of a Patient.')
  return known
}

function patientsOf(values: readonly string[]): string[] {
  const ids = values.map((value) => PATIENT.exec(value.trim())?.[1])
  if (ids.length > MOST_PATIENTS) throw new Problem('fhir.too-costly')
  return ids.map((id) => id ?? refuse('value', 'patient', 'A reference to a Patient is wanted: Patient/id.'))
}

const READ = new Set(['_since', '_type', '_outputFormat', 'patient'])
/** They say how the answer is written, not what is in it. */
const PASSED = new Set(['_format', '_pretty'])

/**
 * Reads the kick-off request. What is not understood is refused, or left out where the request says `handling=lenient`.
 * @param isKnown whether this level of export holds such a type
 * @throws {Problem} fhir.not-supported · fhir.malformed
 * @see https://hl7.org/fhir/uv/bulkdata/STU2/export.html#query-parameters
 */
export function readAsked(
  ask: Ask,
  level: AskedExport['level'],
  isKnown: (type: string) => boolean,
): AskedExport {
  const pairs = parametersOf(ask)
  const lenient = isLenient(ask)
  const all = (name: string): string[] => pairs.flatMap(([each, value]) => (each === name ? [value] : []))
  const unknown = pairs.find(([name]) => !READ.has(name) && !PASSED.has(name))
  if (unknown && !lenient)
    refuse('not-supported', 'http.parameters', 'Only _since, _type, _outputFormat and patient are supported.')
  const [format = 'ndjson'] = all('_outputFormat').map((each) => each.replaceAll(' ', '+'))
  if (!FORMATS.has(format))
    refuse('not-supported', '_outputFormat', 'Only application/fhir+ndjson is written.')
  const [since] = all('_since').map((value) => instantOf('_since', value))
  const patients = patientsOf(all('patient'))
  if (patients.length > 0 && (level !== 'patient' || ask.method !== 'POST') && !lenient)
    refuse('not-supported', 'patient', 'Patients are named in the body of POST Patient/$export.')
  const types = typesOf(all('_type'), lenient, isKnown)
  return {
    level,
    ...(ask.params['id'] !== undefined && { group: ask.params['id'] }),
    ...(since !== undefined && { since }),
    ...(types.length > 0 && { types }),
    ...(patients.length > 0 && level === 'patient' && { patients }),
  }
}
