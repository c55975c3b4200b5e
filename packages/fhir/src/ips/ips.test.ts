import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, writeJson } from '../json.ts'
import type { FhirResource } from '../types.ts'
import { validate } from '../validate/index.ts'
import { type Statement, type SummaryOf, summaryDocument } from './index.ts'

const BASE = 'https://sokhoe.example/fhir/R4'
/** Version 2.0.0 */
const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'
const NOW = '2026-11-23T05:00:00.000Z'
const SUBJECT = { reference: 'Patient/p1' }
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'
const HL7 = 'http://terminology.hl7.org/CodeSystem'

const coded = (system: string, code: string, text?: string) => ({
  coding: [{ system, code }],
  ...(text && { text }),
})
const hl7 = (list: string, code: string) => coded(`${HL7}/${list}`, code)

let number = 0
const of = (resource: FhirResource, more: Partial<Statement> = {}): Statement => {
  number += 1
  const whole = { ...resource, id: resource.id ?? `r${number}` }
  const [first] = (resource['code'] as { coding?: { code: string }[] } | undefined)?.coding ?? []
  return {
    ...along(whole),
    code: first?.code ?? '',
    date: String(resource['effectiveDateTime'] ?? ''),
    source: 'HCM-001',
    stated: number,
    ...more,
  }
}

const PATIENT = {
  resourceType: 'Patient',
  id: 'p1',
  name: [{ text: 'Nguyễn Thị Thu Hà' }],
  gender: 'female',
  birthDate: '1961-04-30',
}
const HOUSE = { resourceType: 'Organization', id: 'house', name: 'Sổ Khỏe' }
const along = (resource: FhirResource) => ({
  fullUrl: `${BASE}/${resource.resourceType}/${resource.id}`,
  type: resource.resourceType,
  resource: () => resource,
  text: writeJson(resource),
})

const summaryOf = (statements: readonly Statement[], more: Partial<SummaryOf> = {}): Bundle => {
  const pieces = summaryDocument({
    patient: along(PATIENT),
    linked: [],
    statements,
    others: [],
    author: along(HOUSE),
    base: BASE,
    ids: ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'],
    now: NOW,
    sourceName: (source) => source,
    ...more,
  })
  return parseJson(pieces.map(String).join('')) as Bundle
}

interface Bundle {
  readonly entry: readonly { readonly fullUrl: string; readonly resource: FhirResource }[]
}
interface Section {
  readonly title: string
  readonly code: { readonly coding: readonly { readonly code: string }[] }
  readonly entry?: readonly { readonly reference: string }[]
  readonly emptyReason?: object
  readonly text: { readonly div: string }
}

const sectionsOf = ({ entry }: Bundle) => (entry[0]?.resource['section'] ?? []) as readonly Section[]
const section = (bundle: Bundle, loinc: string): Section | undefined =>
  sectionsOf(bundle).find(({ code }) => code.coding[0]?.code === loinc)
const idsIn = (bundle: Bundle, loinc: string): (string | undefined)[] =>
  (section(bundle, loinc)?.entry ?? []).map(({ reference }) => reference.split('/').at(-1))

const [PROBLEMS, ALLERGIES, MEDICINES, PAST, RESULTS, VITALS] = [
  ...['11450-4', '48765-2', '10160-0', '11348-0', '30954-2', '8716-3'],
]

const condition = (id: string, icd10: string, more: object = {}): FhirResource => ({
  resourceType: 'Condition',
  id,
  clinicalStatus: hl7('condition-clinical', 'active'),
  verificationStatus: hl7('condition-ver-status', 'confirmed'),
  category: [hl7('condition-category', 'problem-list-item')],
  code: coded(ICD10, icd10, 'Bệnh'),
  subject: SUBJECT,
  recordedDate: '2026-05-01T08:00:00+07:00',
  ...more,
})

const none = (resourceType: string, code: string): FhirResource => ({
  resourceType,
  id: `none-${code}`,
  code: coded('http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code, 'Không có'),
  ...(resourceType === 'Condition'
    ? { subject: SUBJECT }
    : { patient: SUBJECT, clinicalStatus: hl7('allergyintolerance-clinical', 'active') }),
})

const prescription = (id: string, more: object = {}): FhirResource => ({
  resourceType: 'MedicationRequest',
  id,
  status: 'completed',
  intent: 'order',
  medicationCodeableConcept: coded('http://www.whocc.no/atc', 'C09AA03', 'Lisinopril'),
  subject: SUBJECT,
  authoredOn: '2026-11-10T09:00:00+07:00',
  dosageInstruction: [{ text: '1 viên buổi sáng' }],
  dispenseRequest: {
    expectedSupplyDuration: { value: 30, unit: 'ngày', system: 'http://unitsofmeasure.org', code: 'd' },
  },
  ...more,
})

const result = (id: string, value: string, day: string, more: object = {}): FhirResource =>
  parseJson(
    writeJson({
      resourceType: 'Observation',
      id,
      status: 'final',
      category: [hl7('observation-category', 'laboratory')],
      code: coded('http://loinc.org', '4548-4', 'HbA1c'),
      subject: SUBJECT,
      effectiveDateTime: day,
      performer: [{ reference: 'Organization/o1' }],
      valueQuantity: { value: 0, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
      ...more,
    }).replace('"value":0', `"value":${value}`),
  ) as FhirResource

/** What every summary must be, whatever is in it. */
function expectWhole(bundle: Bundle): void {
  const errors = validate(bundle, { profile: IPS }).filter(
    ({ severity }) => severity === 'error' || severity === 'fatal',
  )
  expect(errors).toEqual([])
  expect(bundle).toMatchObject({
    type: 'document',
    timestamp: NOW,
    identifier: { system: 'urn:ietf:rfc:3986' },
  })
  expect(
    bundle.entry.map(({ resource }) => resource.resourceType).filter((type) => type === 'Composition'),
  ).toHaveLength(1)
  expect(bundle.entry[0]?.resource.resourceType).toBe('Composition')
  expect(bundle.entry.filter(({ resource }) => resource.resourceType === 'Patient')).toHaveLength(1)
  const urls = bundle.entry.map(({ fullUrl }) => fullUrl)
  expect(new Set(urls).size).toBe(urls.length)
  const named = JSON.stringify([
    bundle.entry[0]?.resource['subject'],
    bundle.entry[0]?.resource['author'],
    bundle.entry[0]?.resource['custodian'],
  ])
  const references = [...named.matchAll(/"reference":"([^"]+)"/g)].map(([, reference]) => reference)
  expect(references).toHaveLength(3)
  for (const reference of references) expect(urls).toContain(reference)
  for (const one of sectionsOf(bundle)) {
    for (const { reference } of one.entry ?? []) expect(urls).toContain(reference)
    expect((one.entry?.length ?? 0) > 0).toBe(one.emptyReason === undefined)
    expect(one.text.div).toMatch(/^<div xmlns="http:\/\/www.w3.org\/1999\/xhtml"/)
  }
  for (const loinc of [PROBLEMS, ALLERGIES, MEDICINES]) expect(section(bundle, loinc ?? '')).toBeDefined()
}

test('a person of whom nothing is known has a summary that says so', () => {
  const bundle = summaryOf([])
  expectWhole(bundle)
  expect(sectionsOf(bundle)).toHaveLength(3)
  expect(section(bundle, '48765-2')).toMatchObject({
    title: 'Dị ứng và không dung nạp',
    emptyReason: { coding: [{ code: 'unavailable' }] },
  })
})

test('of one illness the latest word stands: healed, it is past', () => {
  const bundle = summaryOf([
    of(condition('old', 'I10')),
    of(condition('asthma', 'J45.9')),
    of(
      condition('healed', 'I10', {
        clinicalStatus: hl7('condition-clinical', 'resolved'),
        recordedDate: '2026-06-01',
      }),
    ),
    of(condition('wrong', 'C50.9', { verificationStatus: hl7('condition-ver-status', 'entered-in-error') })),
  ])
  expectWhole(bundle)
  expect(idsIn(bundle, '11450-4')).toEqual(['asthma'])
  expect(idsIn(bundle, '11348-0')).toEqual(['healed'])
})

test('what was diagnosed at one visit and never again in a year is past', () => {
  const visit = { category: [hl7('condition-category', 'encounter-diagnosis')] }
  const bundle = summaryOf([
    of(condition('flu', 'J11.1', { ...visit, recordedDate: '2024-01-01T08:00:00+07:00' })),
    of(condition('pressure', 'I10', visit)),
  ])
  expect(idsIn(bundle, '11450-4')).toEqual(['pressure'])
  expect(idsIn(bundle, '11348-0')).toEqual(['flu'])
})

test('"none known" stands only where nothing else is said', () => {
  const alone = summaryOf([
    of(none('AllergyIntolerance', 'no-known-allergies')),
    of(none('Condition', 'no-known-problems')),
  ])
  expectWhole(alone)
  expect(idsIn(alone, '48765-2')).toEqual(['none-no-known-allergies'])
  expect(idsIn(alone, '11450-4')).toEqual(['none-no-known-problems'])
  const more = summaryOf([of(none('Condition', 'no-known-problems')), of(condition('asthma', 'J45.9'))])
  expect(idsIn(more, '11450-4')).toEqual(['asthma'])
})

test('an illness that a facility named exactly is not told again in the person’s own wider words', () => {
  const familyOf = (icd10: string) => (icd10.startsWith('E1') ? 'E10-E14' : icd10)
  const statements = [
    of(condition('told', 'E14.9', { recordedDate: '2026-11-01' }), { source: 'self' }),
    of(condition('own', 'J45.9'), { source: 'self' }),
    of(condition('exact', 'E11.9')),
  ]
  const bundle = summaryOf(statements, { familyOf })
  expect(idsIn(bundle, '11450-4').toSorted()).toEqual(['exact', 'own'])
  expect(section(bundle, '11450-4')?.text.div).toContain('Bệnh (E11.9)')
})

test('a medicine is told while it lasts, and no longer when somebody says it is not taken', () => {
  const stopped = {
    resourceType: 'MedicationStatement',
    id: 'stopped',
    status: 'not-taken',
    medicationCodeableConcept: coded('http://www.whocc.no/atc', 'C09AA03', 'Lisinopril'),
    subject: SUBJECT,
    dateAsserted: '2026-11-20T00:00:00Z',
  }
  expect(idsIn(summaryOf([of(prescription('now'))]), '10160-0')).toEqual(['now'])
  expect(idsIn(summaryOf([of(prescription('over', { authoredOn: '2026-01-01' }))]), '10160-0')).toEqual([])
  expect(idsIn(summaryOf([of(prescription('now')), of(stopped)]), '10160-0')).toEqual([])
  const before = { authoredOn: '2026-09-01' }
  const supply = { expectedSupplyDuration: { value: 30, code: 'd' } }
  const repeated = prescription('repeated', {
    ...before,
    dispenseRequest: { ...supply, numberOfRepeatsAllowed: 2 },
  })
  expect(idsIn(summaryOf([of(repeated)]), '10160-0')).toEqual(['repeated'])
  // called active by its source it is told, however old
  const called = { status: 'active', authoredOn: '2023-01-01', dispenseRequest: undefined }
  expect(idsIn(summaryOf([of(prescription('called', called))]), '10160-0')).toEqual(['called'])
  const told = of({ ...stopped, id: 'told', status: 'active' })
  const bundle = summaryOf([told])
  expectWhole(bundle)
  // since when, nobody said: the document says that it is unknown
  expect(JSON.stringify(bundle)).toContain(
    '"_effectiveDateTime":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"}]}',
  )
})

test('the last result of a year is told with its number as it was written, and who measured goes along', () => {
  const organization = along({ resourceType: 'Organization', id: 'o1', name: 'Bệnh viện Chợ Rẫy' })
  const bundle = summaryOf(
    [
      of(result('first', '7.1', '2026-02-01')),
      of(result('last', '7.10', '2026-08-01')),
      of(result('old', '9', '2024-01-01', { code: coded('http://loinc.org', '2345-7') })),
    ],
    { others: [organization, along({ resourceType: 'Organization', id: 'o2', name: 'Khác' })] },
  )
  expectWhole(bundle)
  expect(idsIn(bundle, '30954-2')).toEqual(['last'])
  expect(section(bundle, '30954-2')?.text.div).toContain('7.10 %')
  expect(writeJson(bundle)).toContain('"value":7.10')
  expect(bundle.entry.map(({ resource }) => resource.id)).toContain('o1')
  expect(bundle.entry.map(({ resource }) => resource.id)).not.toContain('o2')
})

test('what was stated of her other Patients is told as hers, and they are linked', () => {
  const elsewhere = of(condition('there', 'I10', { subject: { reference: 'Patient/p2' } }))
  const bundle = summaryOf([elsewhere], { linked: ['Patient/p2'] })
  expectWhole(bundle)
  expect(bundle.entry.find(({ resource }) => resource.id === 'there')?.resource).toMatchObject({
    subject: SUBJECT,
  })
  expect(bundle.entry[1]?.resource).toMatchObject({
    link: [{ other: { reference: 'Patient/p2' }, type: 'seealso' }],
  })
})

test('hostile texts stay texts in the narrative', () => {
  const bundle = summaryOf([of(condition('x', 'I10', { code: { text: '<script>alert("1")</script>&' } }))])
  expectWhole(bundle)
  expect(section(bundle, '11450-4')?.text.div).not.toContain('<script')
  expect(section(bundle, '11450-4')?.text.div).toContain('&lt;script&gt;')
})

test('a Patient without name or birth date still makes a whole summary', () => {
  const bundle = summaryOf([], { patient: along({ resourceType: 'Patient', id: 'p1' }) })
  expectWhole(bundle)
  expect(bundle.entry[1]?.resource).toMatchObject({ _birthDate: { extension: [{ valueCode: 'unknown' }] } })
})

/** One of each kind of thing that may be told. */
const KINDS: readonly FhirResource[] = [
  condition('k1', 'I10'),
  condition('k2', 'E11.9', { clinicalStatus: hl7('condition-clinical', 'resolved') }),
  none('Condition', 'no-known-problems'),
  none('AllergyIntolerance', 'no-known-allergies'),
  {
    resourceType: 'AllergyIntolerance',
    id: 'k3',
    clinicalStatus: hl7('allergyintolerance-clinical', 'active'),
    code: coded('urn:sokhoe:code:allergen', 'ALG001', 'Penicilin'),
    patient: SUBJECT,
    reaction: [{ manifestation: [{ text: 'Nổi mề đay' }] }],
  },
  prescription('k4'),
  {
    resourceType: 'MedicationStatement',
    id: 'k5',
    status: 'active',
    medicationReference: { reference: 'Medication/m1' },
    subject: SUBJECT,
  },
  {
    resourceType: 'Immunization',
    id: 'k6',
    status: 'completed',
    vaccineCode: coded('http://hl7.org/fhir/sid/cvx', '19', 'BCG'),
    patient: SUBJECT,
    occurrenceString: 'Không rõ ngày',
  },
  {
    resourceType: 'Procedure',
    id: 'k7',
    status: 'completed',
    code: { text: 'Mổ ruột thừa' },
    subject: SUBJECT,
  },
  result('k8', '6.50', '2026-10-01'),
  {
    resourceType: 'Observation',
    id: 'k9',
    status: 'final',
    category: [hl7('observation-category', 'vital-signs')],
    code: coded('http://loinc.org', '85354-9', 'Huyết áp'),
    subject: SUBJECT,
    effectiveDateTime: '2026-11-01',
    component: [
      {
        code: coded('http://loinc.org', '8480-6', 'Tâm thu'),
        valueQuantity: { value: 142, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
      },
      {
        code: coded('http://loinc.org', '8462-4', 'Tâm trương'),
        dataAbsentReason: hl7('data-absent-reason', 'unknown'),
      },
    ],
  },
  {
    resourceType: 'Observation',
    id: 'k10',
    status: 'final',
    category: [hl7('observation-category', 'social-history')],
    code: coded('http://loinc.org', '72166-2', 'Hút thuốc'),
    subject: SUBJECT,
    effectiveDateTime: '2026-11-01',
    valueCodeableConcept: coded('http://loinc.org', 'LA18978-9', 'Chưa bao giờ hút'),
  },
  {
    resourceType: 'Observation',
    id: 'k11',
    status: 'final',
    code: coded('http://loinc.org', '11996-6', 'Số lần mang thai'),
    subject: SUBJECT,
    effectiveDateTime: '2026-11-01',
    valueInteger: 2,
  },
  {
    resourceType: 'DiagnosticReport',
    id: 'k12',
    status: 'final',
    code: { text: 'X quang phổi' },
    subject: SUBJECT,
    effectiveDateTime: '2026-09-01',
    conclusion: 'Bình thường',
    result: [{ reference: 'Observation/k8' }],
  },
  {
    resourceType: 'DeviceUseStatement',
    id: 'k13',
    status: 'active',
    subject: SUBJECT,
    timingDateTime: '2020',
    device: { reference: 'Device/d1', display: 'Máy tạo nhịp' },
  },
  { resourceType: 'Device', id: 'd1', patient: SUBJECT },
  {
    resourceType: 'CarePlan',
    id: 'k14',
    status: 'active',
    intent: 'plan',
    subject: SUBJECT,
    title: 'Quản lý tăng huyết áp',
  },
  {
    resourceType: 'Consent',
    id: 'k15',
    status: 'active',
    scope: hl7('consentscope', 'adr'),
    category: [coded('http://loinc.org', '59284-0')],
    patient: SUBJECT,
    policyRule: { text: 'Ý nguyện' },
  },
  { resourceType: 'Flag', id: 'k16', status: 'active', code: { text: 'Té ngã' }, subject: SUBJECT },
  { resourceType: 'Encounter', id: 'k17', status: 'finished', class: { code: 'AMB' }, subject: SUBJECT },
  condition('k18', 'I10', {
    code: { coding: [{ system: 'urn:sokhoe:form:831:B4.1.1', code: '1' }], text: 'Khiếm thính' },
  }),
]

test('any of the things that can be told make a whole summary, in whatever order they came', () => {
  const others = [along({ resourceType: 'Medication', id: 'm1', code: { text: 'Metformin 500 mg' } })]
  const any = fc.shuffledSubarray([...KINDS])
  fc.assert(
    fc.property(any, (kinds) => {
      const bundle = summaryOf(
        kinds.map((kind) => of(kind)),
        { others },
      )
      expectWhole(bundle)
      expect(writeJson(bundle)).not.toContain('k17')
    }),
    { numRuns: 150 },
  )
})

test('everything at once stands in its own section', () => {
  const bundle = summaryOf(
    KINDS.map((kind) => of(kind)),
    {
      others: [along({ resourceType: 'Medication', id: 'm1', code: { text: 'Metformin 500 mg' } })],
    },
  )
  expectWhole(bundle)
  expect(sectionsOf(bundle)).toHaveLength(15)
  expect(idsIn(bundle, '10160-0').toSorted()).toEqual(['k4', 'k5'])
  expect(section(bundle, '10160-0')?.text.div).toContain('Metformin')
  expect(section(bundle, VITALS ?? '')?.text.div).toContain('Tâm thu: 142 mmHg; Tâm trương: không rõ')
  expect(bundle.entry.map(({ resource }) => resource.id)).toEqual(expect.arrayContaining(['m1', 'd1']))
  expect([PAST, RESULTS].every((loinc) => section(bundle, loinc ?? ''))).toBe(true)
})

test('a wrong result is passed over for the one before it, and an old one is told no more', () => {
  const wrong = result('wrong', '9', '2026-09-01', { status: 'entered-in-error' })
  const bundle = summaryOf([
    of(result('old', '5', '2024-01-01')),
    of(wrong),
    of(result('right', '7', '2026-08-01')),
  ])
  expectWhole(bundle)
  expect(idsIn(bundle, '30954-2')).toEqual(['right'])
  expect(idsIn(summaryOf([of(result('old', '5', '2024-01-01'))]), '30954-2')).toEqual([])
})
