import type { FhirResource } from '../types.ts'
import { type Code, codesOf, dateOf, elementsOf, hasCode, momentOf, nameOf, textOf } from './look.ts'
import { type Lookup, medicineOf, takingOf, YEAR } from './medicines.ts'
import type { SectionId } from './sections.ts'

/** A resource that may stand in the document. */
export interface Along {
  /** Absolute address. */
  readonly fullUrl: string
  readonly type: string
  /** Read when first asked for: most of a long record is not. Numbers may have lost their written form. */
  readonly resource: () => FhirResource
  /** Its JSON, final. */
  readonly text: string | Buffer
}

/** What somebody stated of the person, with what is known of it without reading it. */
export interface Statement extends Along {
  /** Its first code, or ''. */
  readonly code: string
  /** FHIR date as written, or ''. */
  readonly date: string
  /** Who stated it: a facility, or 'self'. */
  readonly source: string
  /** When its source stated it, ms since 1970. */
  readonly stated: number
}

/** What a statement is about, and where it would stand. */
export interface Place {
  /** Statements of one topic speak of one thing: the latest stands. */
  readonly topic: string
  /** Absent: it says that the thing is over or was never so. */
  readonly section?: SectionId
  /** "There is none known": it stands only where nothing else does. */
  readonly none?: true
}

export interface Rules {
  /** ms since 1970 */
  readonly now: number
  readonly lookup: Lookup
}

const ABSENT = 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips'

const isAbsent = (concept: unknown): boolean => codesOf(concept).some(({ system }) => system === ABSENT)

/** The systems whose codes say best whether two statements speak of one thing. */
const TRUSTED = [
  'http://hl7.org/fhir/sid/icd-10',
  'http://snomed.info/sct',
  'http://www.whocc.no/atc',
  'http://hl7.org/fhir/sid/cvx',
  'http://loinc.org',
  'http://www.nlm.nih.gov/research/umls/rxnorm',
]

const keyOfCode = ({ system, code }: Code): string => `${system}|${code}`

/** The same for whatever means the same, as far as codes and words tell; undefined where nothing is named. */
function topicOf(concept: unknown): string | undefined {
  const codes = codesOf(concept)
  const trusted = TRUSTED.flatMap((system) => codes.find((each) => each.system === system) ?? [])
  const [best = codes[0]] = trusted
  if (best) return keyOfCode(best)
  return nameOf(concept)?.normalize('NFC').trim().toLocaleLowerCase('vi')
}

const place = (topic: string | undefined, section: SectionId | undefined, none = false): Place | undefined =>
  topic === undefined
    ? undefined
    : { topic, ...(section !== undefined && { section }), ...(none && { none }) }

const isWrong = ({ verificationStatus }: FhirResource): boolean =>
  hasCode(verificationStatus, ['entered-in-error'])
const isRefuted = ({ verificationStatus }: FhirResource): boolean => hasCode(verificationStatus, ['refuted'])

/** A question of the form about disabilities. */
const DISABILITY = ':B4.1.1'

function conditionSection(resource: FhirResource, now: number): SectionId | undefined {
  const { clinicalStatus, category, code } = resource
  if (isRefuted(resource)) return undefined
  if (hasCode(clinicalStatus, ['inactive', 'remission', 'resolved'])) return 'past'
  if (codesOf(code).some(({ system }) => system.endsWith(DISABILITY))) return 'function'
  const visited = hasCode(category, ['encounter-diagnosis']) && !hasCode(category, ['problem-list-item'])
  // what was diagnosed at one visit and not again for a year is told among what is past
  return visited && now - (momentOf(dateOf(resource)) ?? now) > YEAR ? 'past' : 'problems'
}

function condition(resource: FhirResource, { now }: Rules): Place | undefined {
  if (isWrong(resource)) return undefined
  const none = isAbsent(resource['code'])
  return place(topicOf(resource['code']), none ? 'problems' : conditionSection(resource, now), none)
}

function allergy(resource: FhirResource): Place | undefined {
  const { clinicalStatus, code } = resource
  if (isWrong(resource)) return undefined
  const over = isRefuted(resource) || hasCode(clinicalStatus, ['inactive', 'resolved'])
  return place(topicOf(code), over ? undefined : 'allergies', isAbsent(code))
}

function medication(resource: FhirResource, { now, lookup }: Rules): Place | undefined {
  const taking = takingOf(resource, now)
  const medicine = medicineOf(resource, lookup)
  if (taking === 'unsaid') return undefined
  return place(topicOf(medicine), taking === 'taken' ? 'medications' : undefined, isAbsent(medicine))
}

function immunization(resource: FhirResource): Place | undefined {
  const { status, vaccineCode, occurrenceDateTime, protocolApplied } = resource
  if (status !== 'completed') return undefined
  const [first] = elementsOf(protocolApplied)
  const day = textOf(occurrenceDateTime)?.slice(0, 10) ?? `dose ${String(first?.['doseNumberPositiveInt'])}`
  const topic = topicOf(vaccineCode)
  return place(topic && `${topic} ${day}`, 'immunizations', isAbsent(vaccineCode))
}

function procedure(resource: FhirResource): Place | undefined {
  const { status, code } = resource
  if (status === 'entered-in-error' || status === 'not-done') return undefined
  const topic = topicOf(code)
  return place(topic && `${topic} ${dateOf(resource)?.slice(0, 10)}`, 'procedures', isAbsent(code))
}

/** Past pregnancies, whether she is pregnant, and when the child is expected. */
const PREGNANCY = [
  ...['82810-3', '11778-8', '11779-6', '11780-4', '11636-8', '11637-6', '11638-4', '11639-2', '11640-0'],
  ...['11612-9', '11613-7', '11614-5', '33065-4', '11996-6', '11977-6'],
]
const BLOOD_GROUP = ['883-9', '10331-7', '882-1']
const OF_RESULTS = ['laboratory', 'imaging', 'procedure', 'exam']

/** Many laboratories send no category: what has a LOINC code and none is taken for a result. */
const isResult = ({ category, code }: FhirResource): boolean =>
  category === undefined
    ? codesOf(code).some(({ system }) => system === 'http://loinc.org')
    : hasCode(category, OF_RESULTS)

/** Results speak for a year; what is measured or told of habits stands until it is measured or told anew. */
function observationSection(resource: FhirResource, now: number): SectionId | undefined {
  const { category, code } = resource
  if (hasCode(code, PREGNANCY)) return 'pregnancy'
  if (hasCode(code, BLOOD_GROUP)) return 'results'
  if (hasCode(category, ['vital-signs'])) return 'vitals'
  if (hasCode(category, ['social-history'])) return 'social'
  const isRecent = now - (momentOf(dateOf(resource)) ?? 0) <= YEAR
  return isRecent && isResult(resource) ? 'results' : undefined
}

const DONE = new Set(['final', 'amended', 'corrected', 'preliminary', 'registered'])

function observation(resource: FhirResource, { now }: Rules): Place | undefined {
  if (!DONE.has(String(resource['status']))) return undefined
  const section = observationSection(resource, now)
  return section && place(topicOf(resource['code']), section)
}

function report(resource: FhirResource, { now }: Rules): Place | undefined {
  const { status, code } = resource
  const isRecent = now - (momentOf(dateOf(resource)) ?? 0) <= YEAR
  return DONE.has(String(status)) && isRecent ? place(topicOf(code), 'results') : undefined
}

/** Of these each stands by itself: `status` says whether it still holds. */
const alone =
  (section: SectionId, holds: readonly string[]) =>
  (resource: FhirResource): Place | undefined =>
    holds.includes(String(resource['status']))
      ? place(resource.id ?? dateOf(resource) ?? '', section)
      : undefined

const consent = (resource: FhirResource): Place | undefined =>
  hasCode(resource['scope'], ['adr']) ? alone('directives', ['active'])(resource) : undefined

const PLACES: Readonly<Record<string, (resource: FhirResource, rules: Rules) => Place | undefined>> = {
  Condition: condition,
  AllergyIntolerance: allergy,
  MedicationStatement: medication,
  MedicationRequest: medication,
  Immunization: immunization,
  Procedure: procedure,
  Observation: observation,
  DiagnosticReport: report,
  DeviceUseStatement: alone('devices', ['active', 'on-hold', 'intended']),
  CarePlan: alone('plan', ['active', 'on-hold']),
  ImmunizationRecommendation: (resource) => place(resource.id ?? '', 'plan'),
  ClinicalImpression: alone('function', ['completed', 'in-progress']),
  Consent: consent,
  Flag: alone('alerts', ['active']),
}

const OLD_RESULTS = [...PREGNANCY, ...BLOOD_GROUP]

/** Whether a result is too old to be told, known without reading it: of one whose category is no other. */
export function isOldResult({ type, code, date, text }: Statement, now: number): boolean {
  if (type !== 'Observation' || OLD_RESULTS.includes(code)) return false
  const at = momentOf(date)
  if (at === undefined || now - at <= YEAR) return false
  return (
    text.includes('"laboratory"') && !text.includes('"vital-signs"') && !text.includes('"social-history"')
  )
}

/** The types of which a summary may speak. */
export const SPOKEN_OF: ReadonlySet<string> = new Set(Object.keys(PLACES))

/** @returns undefined for what has no place in a summary */
export const placeOf = (resource: FhirResource, rules: Rules): Place | undefined =>
  PLACES[resource.resourceType]?.(resource, rules)

/** Types that go along with what refers to them. */
export const GOES_ALONG: ReadonlySet<string> = new Set([
  ...['Medication', 'Organization', 'Practitioner', 'PractitionerRole', 'Device', 'Specimen', 'Location'],
  ...['ImagingStudy', 'Observation', 'Substance'],
])
