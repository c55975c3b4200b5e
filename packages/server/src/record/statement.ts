import { hash } from 'node:crypto'
import { isRestricted } from '@sokhoe/codes'
import { type FhirResource, writeJson } from '@sokhoe/fhir'
import type { Context } from '../platform/context.ts'
import { publicId } from '../platform/ids.ts'

/** What may be counted across persons about one resource: an event, where it happened, its day in the city. */
export interface CohortMark {
  readonly code: string
  /** Ward code as it was on that day. */
  readonly ward: string
  /** YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  readonly day: string
}

/** An identifier as it is found across persons: by its number alone, or within the system that gave it. */
export interface BlindKey {
  /** Of the number, 16 bytes. */
  readonly hash: Buffer
  /** Stands for the system, of 48 bits; it tells apart only who has the same number. */
  readonly within: number
}

/** One resource that a source states about a Patient. */
export interface Stated {
  readonly resource: FhirResource
  /** The source's own id of it: stating it again, in whatever order, is harmless. */
  readonly sourceKey?: string
  /** Names the resource whose next version this is; 0 the Patient resource. Absent: a new resource. */
  readonly no?: number
  /** Instant at which the source stated it, ending in Z; default now. The latest statement stands. */
  readonly statedAt?: string
  /** By what other resources of the same arrival refer to it: 'urn:uuid:…'. */
  readonly urn?: string
  readonly cohort?: readonly CohortMark[]
  /** Shown only with a grant of its own. Known restricted codes are recognised without it. */
  readonly restricted?: boolean
  /** The version that must stand, or nothing of this arrival is kept; 0 where none may. */
  readonly ifVersion?: number
  /** It is stated no longer: `no` says which, and of the resource its type alone is kept. A later version brings it back. */
  readonly deleted?: true
  /** Blind indexes of its identifiers: whoever has one finds it across persons, while this version stands. */
  readonly keys?: readonly BlindKey[]
  /** Other Patients of whom it speaks too: found from them, while this version stands. */
  readonly also?: readonly number[]
}

/** Stands for the shelf's own Patient in a reference that is stated. */
export const THIS_PATIENT = '#patient'

/** How a resource that is stated refers to its Patient, new or old: `Patient/id`. */
export const patientReference = ({ keys }: Context, patientId: number): string =>
  `Patient/${publicId(keys.id, { patientId, no: 0 })}`

/** @returns 8 bytes as latin1: unique enough on one shelf, and sealed with it */
export const sourceKeyMark = (source: string, sourceKey: string): string =>
  hash('sha256', `${source.length}|${source}|${sourceKey}`, 'binary').slice(0, 8)

export interface Place {
  readonly id: string
  readonly version: number
  /** Server time of arrival. */
  readonly lastUpdated: string
}

/** Only what is a reference: inside a JSON string the quotes would be escaped. */
const [PATIENT_REFERENCE, URN_BEGINS] = [`"reference":"${THIS_PATIENT}"`, '"reference":"urn:']
const URN_REFERENCE = /"reference":"(urn:[^"\\]+)"/g

/** Pieces of the text and the address between them: nothing is copied until it is written. */
function ofPatient(text: string, address: string): string {
  let [made, from] = ['', 0]
  for (let at = text.indexOf(PATIENT_REFERENCE); at !== -1; at = text.indexOf(PATIENT_REFERENCE, from)) {
    made += `${text.slice(from, at)}"reference":"${address}"`
    from = at + PATIENT_REFERENCE.length
  }
  return from === 0 ? text : made + text.slice(from)
}

const ofArrival = (text: string, targets: ReadonlyMap<string, string>): string =>
  text.replace(URN_REFERENCE, (whole, urn: string) => {
    const address = targets.get(urn)
    return address ? `"reference":"${address}"` : whole
  })

/**
 * The resource's final text: type and id first, own version and time, references of the same arrival resolved, every
 * number and everything else as stated.
 *
 * @param targets where each urn of this arrival is found, and THIS_PATIENT; 'resolved' where nothing is left to resolve
 */
export function finalText(
  resource: FhirResource,
  place: Place,
  targets: ReadonlyMap<string, string> | 'resolved',
): string {
  const { resourceType } = resource
  const meta = writeJson({
    ...resource.meta,
    versionId: String(place.version),
    lastUpdated: place.lastUpdated,
  })
  const head = `{"resourceType":${JSON.stringify(resourceType)},"id":"${place.id}","meta":${meta}`
  // what is undefined is not written: a copy without them takes three times as long
  const stated = writeJson({ ...resource, resourceType: undefined, id: undefined, meta: undefined })
  if (stated === '{}') return `${head}}`
  return `${head},${(targets === 'resolved' ? stated : resolved(resource, stated, targets)).slice(1)}`
}

function resolved(resource: FhirResource, stated: string, targets: ReadonlyMap<string, string>): string {
  const inside = stated.includes(URN_BEGINS) ? ofArrival(stated, targets) : stated
  // a resource that contains its own 'patient' means that one
  return 'contained' in resource ? inside : ofPatient(inside, targets.get(THIS_PATIENT) ?? THIS_PATIENT)
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

function* codesIn(value: unknown): Generator<string> {
  if (!isObject(value)) return
  const codings = Array.isArray(value['coding']) ? value['coding'] : [value]
  for (const coding of codings)
    if (isObject(coding) && typeof coding['code'] === 'string') yield coding['code']
}

/** Answers of one day, since the list is dated; emptied when the day changes. */
const known = { day: '', codes: new Map<string, boolean>() }

function isRestrictedCode(code: string, day: string): boolean {
  if (known.day !== day || known.codes.size > 20_000) {
    known.day = day
    known.codes.clear()
  }
  const answer = known.codes.get(code) ?? isRestricted(code, day)
  known.codes.set(code, answer)
  return answer
}

/** Wherever it stands: in a list, in what is contained or extends, in an answer, in a resource within a resource. */
function tellsRestricted(value: unknown, day: string): boolean {
  if (!isObject(value)) return false
  if (Array.isArray(value)) return value.some((each) => tellsRestricted(each, day))
  for (const name in value) {
    const each = value[name]
    if (typeof each !== 'string') {
      if (tellsRestricted(each, day)) return true
    } else if ((name === 'code' || name === 'valueCode') && isRestrictedCode(each, day)) return true
  }
  return false
}

const RESTRICTING = new Set(['R', 'V'])

function isLabelled({ meta }: FhirResource): boolean {
  return (meta?.security ?? []).some(
    ({ system, code = '' }) => RESTRICTING.has(code) && system?.endsWith('/v3-Confidentiality'),
  )
}

/** @param day YYYY-MM-DD: the list of that day decides */
export function isRestrictedStatement({ resource, restricted }: Stated, day: string): boolean {
  return restricted || isLabelled(resource) || tellsRestricted(resource, day)
}

const [CODE_ELEMENTS, DATE_ELEMENTS] = [
  ['code', 'vaccineCode', 'medicationCodeableConcept', 'class'],
  [
    'effectiveDateTime',
    'effectivePeriod',
    'effectiveInstant',
    'onsetDateTime',
    'occurrenceDateTime',
    'performedDateTime',
    'performedPeriod',
    'period',
    'authoredOn',
    'authored',
    'recordedDate',
    'dateTime',
    'date',
    'dateAsserted',
    'issued',
  ],
]

/** First code of what the resource is about, or ''. */
export function codeOf(resource: FhirResource): string {
  for (const element of CODE_ELEMENTS) for (const code of codesIn(resource[element])) return code
  return ''
}

/** When it happened, as written; else when it was written down; or ''. */
export function dateOf(resource: FhirResource): string {
  for (const element of DATE_ELEMENTS) {
    const value = resource[element]
    if (typeof value === 'string') return value
    if (isObject(value) && typeof value['start'] === 'string') return value['start']
  }
  return ''
}
