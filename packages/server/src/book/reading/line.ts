import type { FhirResource } from '@sokhoe/fhir'
import type { Line, Words } from '@sokhoe/model/reading'
import type { Context } from '../../platform/context.ts'
import { publicId } from '../../platform/ids.ts'
import { bytesOf, type Entry } from '../../record/index.ts'
import { eventOf, type Filed, sourceOf } from './filed.ts'
import { readResult } from './results.ts'
import { at, codeAt, listAt, textAt } from './shapes.ts'
import { supplyOf } from './supply.ts'
import type { Body } from './verdict.ts'
import { both, conceptWords, dayWords, isAbsent, joined, same, testWords } from './words.ts'

/** What every reading needs to know besides the resource. */
export interface Reader {
  readonly ctx: Context
  readonly body: Body
  /** Today in Vietnam, YYYY-MM-DD. */
  readonly day: string
}

type Said = Partial<Pick<Line, 'value' | 'detail' | 'verdict' | 'absent'>> & { readonly title: Words }
type Read = (resource: FhirResource, filed: Filed, reader: Reader) => Said

/** A number under "value"; within a text the quotes would be escaped. */
const VALUE = /"value":(-?\d[\d.eE+-]*)/g

const parse = (entry: Entry): FhirResource =>
  JSON.parse(bytesOf(entry).toString().replace(VALUE, '"value":{"rawJSON":"$1"}')) as FhirResource

/** By entry, and an entry is of one reading: nothing is kept from one request to the next. */
const parsed = new WeakMap<Entry, FhirResource>()

/**
 * A resource of the record, whose text this house checked and wrote when it came in: it is not checked again. Every
 * quantity keeps the number as it was written, as a WrittenNumber does.
 */
export function resourceOf(entry: Entry): FhirResource {
  const known = parsed.get(entry)
  if (known) return known
  const resource = parse(entry)
  parsed.set(entry, resource)
  return resource
}

const since = (date: string): Words | null =>
  date === '' ? null : both(`từ ${dayWords(date)}`, `since ${dayWords(date)}`)
const onDay = (date: string): Words | null => (date === '' ? null : same(dayWords(date)))

const notesOf = (resource: unknown): Words[] =>
  listAt(resource, 'note').flatMap((note) => {
    const text = textAt(note, 'text')
    return text === '' ? [] : [same(text)]
  })

const reactionsOf = (resource: unknown): Words[] =>
  listAt(resource, 'reaction').map((reaction) => {
    const told = textAt(reaction, 'description')
    return told ? same(told) : conceptWords(at(reaction, 'manifestation', 0))
  })

const condition: Read = (resource) => ({
  title: conceptWords(at(resource, 'code')),
  detail: joined([since(textAt(resource, 'onsetDateTime')), ...notesOf(resource)]),
  absent: isAbsent(codeAt(resource, 'code')),
})

const allergy: Read = (resource) => ({
  title: conceptWords(at(resource, 'code')),
  detail: joined([...reactionsOf(resource), ...notesOf(resource)]),
  absent: isAbsent(codeAt(resource, 'code')),
})

const doses = (resource: unknown): Words[] =>
  [...listAt(resource, 'dosageInstruction'), ...listAt(resource, 'dosage')].flatMap((dose) => {
    const text = textAt(dose, 'text')
    return text === '' ? [] : [same(text)]
  })

const medicine: Read = (resource) => {
  const supply = supplyOf(resource)
  const until = supply && both(`đủ đến ${dayWords(supply.until)}`, `lasts until ${dayWords(supply.until)}`)
  const notTaken = textAt(resource, 'status') === 'not-taken' ? both('Không dùng', 'Not taken') : null
  return {
    title: conceptWords(at(resource, 'medicationCodeableConcept')),
    detail: joined([notTaken, ...doses(resource), until, ...notesOf(resource)]),
    absent: isAbsent(codeAt(resource, 'medicationCodeableConcept')),
  }
}

const result: Read = (resource, { entry }, { body }) => ({
  title: testWords(entry.code, at(resource, 'code')),
  ...readResult(resource, entry.code, body),
})

const report: Read = (resource) => {
  const conclusion = textAt(resource, 'conclusion') || textAt(resource, 'description')
  return {
    title: conceptWords(at(resource, 'code') ?? at(resource, 'procedureCode', 0)),
    detail: conclusion === '' ? null : same(conclusion),
  }
}

const habit: Read = (resource, filed, reader) => ({
  title: conceptWords(at(resource, 'code')),
  ...readResult(resource, filed.entry.code, reader.body),
  verdict: null,
})

const immunisation: Read = (resource) => {
  const dose = at(resource, 'protocolApplied', 0, 'doseNumberPositiveInt')
  const notDone = textAt(resource, 'status') === 'not-done' ? both('Chưa tiêm', 'Not given') : null
  const unknown = textAt(resource, 'occurrenceString')
  return {
    title: conceptWords(at(resource, 'vaccineCode')),
    detail: joined([
      notDone,
      typeof dose === 'number' ? both(`mũi ${dose}`, `dose ${dose}`) : null,
      unknown === '' ? null : both(unknown, 'Date not known'),
      ...notesOf(resource),
    ]),
  }
}

const VISIT = both('Khám bệnh', 'Visit')
const CLASSES: Readonly<Record<string, Words>> = {
  AMB: both('Khám ngoại trú', 'Outpatient visit'),
  IMP: both('Nằm viện', 'Hospital stay'),
  EMER: both('Cấp cứu', 'Emergency visit'),
  HH: both('Khám tại nhà', 'Home visit'),
  VR: both('Khám từ xa', 'Remote visit'),
}

const visit: Read = (resource) => {
  const reasons = listAt(resource, 'reasonCode').map(conceptWords)
  return { title: CLASSES[textAt(resource, 'class', 'code')] ?? VISIT, detail: joined(reasons, ', ') }
}

const appointment: Read = (resource) => {
  const told = textAt(resource, 'description') || textAt(resource, 'comment')
  return {
    title: both('Hẹn khám', 'Appointment'),
    detail: joined([onDay(textAt(resource, 'start')), told === '' ? null : same(told)]),
  }
}

const family: Read = (resource) => ({
  title:
    joined(
      listAt(resource, 'condition').map((one) => conceptWords(at(one, 'code'))),
      ', ',
    ) ?? both('Chưa rõ bệnh', 'Illness not known'),
  detail: joined([
    conceptWords(at(resource, 'relationship')),
    ...listAt(resource, 'condition').flatMap(notesOf),
  ]),
})

const procedure: Read = (resource) => ({
  title: conceptWords(at(resource, 'code')),
  detail: joined([
    onDay(textAt(resource, 'performedDateTime') || textAt(resource, 'performedPeriod', 'start')),
    ...notesOf(resource),
  ]),
})

const document: Read = (resource) => {
  const title = textAt(resource, 'description') || textAt(resource, 'content', 0, 'attachment', 'title')
  return {
    title: title ? same(title) : conceptWords(at(resource, 'type')),
    detail: title && at(resource, 'type') ? conceptWords(at(resource, 'type')) : null,
  }
}

const PURPOSES: Readonly<Record<string, Words>> = {
  treatment: both('Cho nơi khám bệnh xem sổ', 'Care providers may see the book'),
  programme: both('Cho trạm y tế theo dõi, nhắc lịch', 'The station may follow up and remind'),
  research: both('Cho dùng để nghiên cứu', 'Use for research'),
}

const consent: Read = (resource) => {
  const purpose = /^urn:sokhoe:consent:([^:]+)/.exec(textAt(resource, 'policy', 0, 'uri'))?.[1] ?? ''
  const denied = textAt(resource, 'provision', 'type') === 'deny'
  return {
    title: PURPOSES[purpose] ?? both('Đồng ý cho dùng thông tin', 'Consent to use information'),
    detail: denied ? both('Không đồng ý', 'Not agreed') : both('Đồng ý', 'Agreed'),
  }
}

const declaration: Read = () => ({ title: both('Khai sức khỏe', 'Health declaration') })

const READERS: Readonly<Record<string, Read>> = {
  AllergyIntolerance: allergy,
  Condition: condition,
  MedicationStatement: medicine,
  MedicationRequest: medicine,
  MedicationDispense: medicine,
  DiagnosticReport: report,
  ImagingStudy: report,
  Immunization: immunisation,
  Encounter: visit,
  Appointment: appointment,
  FamilyMemberHistory: family,
  Procedure: procedure,
  DocumentReference: document,
  Consent: consent,
  QuestionnaireResponse: declaration,
}

const readerOf = ({ kind, entry: { type } }: Filed): Read =>
  kind === 'habit' ? habit : (READERS[type] ?? result)

const OVER = new Set(['inactive', 'resolved', 'remission'])
const ENDED = new Set(['stopped', 'not-taken', 'cancelled', 'inactive', 'noshow'])
const EARLY = new Set(['preliminary', 'registered', 'partial'])
const EARLY_WORDS = new Set(['provisional', 'differential'])

const isWrong = (status: string, verification: string): boolean =>
  status === 'entered-in-error' || verification === 'entered-in-error'

function statusOf(resource: FhirResource, { entry }: Filed, { day }: Reader): Line['status'] {
  const status = textAt(resource, 'status')
  const verification = codeAt(resource, 'verificationStatus')
  if (isWrong(status, verification)) return 'entered-in-error'
  const supply = supplyOf(resource)
  const over = OVER.has(codeAt(resource, 'clinicalStatus')) || (supply !== undefined && supply.until < day)
  if (over || ENDED.has(status)) return 'ended'
  // a family history is partial by nature
  const early = EARLY.has(status) && entry.type !== 'FamilyMemberHistory'
  if (early || EARLY_WORDS.has(verification)) return 'preliminary'
  return entry.version > 1 || status === 'amended' || status === 'corrected' ? 'amended' : 'standing'
}

const AUTHORS = ['recorder', 'asserter', 'informationSource', 'source'] as const

function authorOf(resource: FhirResource, { source }: Entry): Line['author'] {
  if (source !== 'self') return 'staff'
  const named = AUTHORS.map((element) => textAt(resource, element, 'reference'))
  const spoke = [...named, textAt(resource, 'performer', 0, 'reference')].find((one) => one !== '') ?? ''
  const about = textAt(resource, 'subject', 'reference') || textAt(resource, 'patient', 'reference')
  if (spoke === '' || spoke === about) return 'self'
  return spoke.startsWith('Practitioner') ? 'staff' : 'proxy'
}

/** One entry as a line; only now its text is opened and parsed. */
export function lineOf(filed: Filed, reader: Reader, resource = resourceOf(filed.entry)): Line {
  const { entry, kind, when } = filed
  const said = readerOf(filed)(resource, filed, reader)
  return {
    id: publicId(reader.ctx.keys.id, { patientId: entry.patientId, no: entry.no }),
    kind,
    date: entry.date,
    when,
    event: eventOf(filed),
    value: null,
    detail: null,
    verdict: null,
    absent: false,
    ...said,
    source: sourceOf(entry.source),
    status: statusOf(resource, filed, reader),
    code: entry.code,
    author: authorOf(resource, entry),
    restricted: entry.restricted,
    version: entry.version,
  }
}
