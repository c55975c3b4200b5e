import { expect, test } from 'vitest'
import { profiles, validate } from './index.ts'

const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/'
const profile = `${IPS}Bundle-uv-ips`
const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' }
const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] })
const address = (last: number) => `urn:uuid:00000000-0000-4000-8000-00000000000${last}`
const reference = (last: number) => ({ reference: address(last) })

const section = (title: string, code: string, more: object) => ({ title, code: loinc(code), text, ...more })

const composition = {
  resourceType: 'Composition',
  text,
  status: 'final',
  type: loinc('60591-5'),
  subject: reference(2),
  date: '2026-01-31T08:30:00+07:00',
  author: [reference(3)],
  title: 'Tóm tắt',
  section: [
    section('Vấn đề', '11450-4', { entry: [reference(4)] }),
    section('Dị ứng', '48765-2', { emptyReason: { text: 'unknown' } }),
    section('Thuốc', '10160-0', { entry: [reference(5)] }),
  ] as object[],
}
const patient = { resourceType: 'Patient', text, name: [{ text: 'Nguyễn Thị Lan' }], birthDate: '1970-01-31' }
const organization = { resourceType: 'Organization', text, name: 'Trạm y tế' }
const condition = {
  resourceType: 'Condition',
  text,
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  code: { text: 'Tăng huyết áp' },
  subject: reference(2),
}
const statement = {
  resourceType: 'MedicationStatement',
  text,
  status: 'active',
  medicationCodeableConcept: { text: 'amlodipine' },
  subject: reference(2),
  effectivePeriod: { start: '2026-01' },
}
const laboratory = {
  resourceType: 'Observation',
  text,
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
    },
  ],
  code: loinc('718-7'),
  subject: reference(2),
  performer: [reference(3)],
  effectiveDateTime: '2026-01-31',
  valueQuantity: { value: 13.5, unit: 'g/dL' },
}

const document = (...resources: object[]) => ({
  resourceType: 'Bundle',
  identifier: { system: 'urn:ietf:rfc:3986', value: address(9) },
  type: 'document',
  timestamp: '2026-01-31T08:30:00+07:00',
  entry: resources.map((resource, at) => ({ fullUrl: address(at + 1), resource })),
})
const summary = document(composition, patient, organization, condition, statement)

const found = (resource: unknown, url = profile): string[] =>
  validate(resource, { profile: url }).map(
    ({ severity, code, expression }) => `${severity} ${code} ${expression}`,
  )
const withComposition = (more: object): string[] =>
  found(document({ ...composition, ...more }, patient, organization, condition, statement))

test('a summary that keeps the international profile has nothing against it', () => {
  expect(validate(summary, { profile })).toEqual([])
  expect(validate(summary, { profile: `${profile}|2.0.0` })).toEqual([])
  expect(profiles).toHaveLength(30)
})

test('a profile that is not known, or is of another type, is told', () => {
  expect(found(summary, 'https://example.org/none')).toEqual(['error not-supported Bundle'])
  expect(found(summary, `${IPS}Patient-uv-ips`)).toEqual(['error structure Bundle'])
})

test('what the profile asks of the document itself is missed when it is not there', () => {
  const { timestamp: _timestamp, ...rest } = summary
  expect(found(rest)).toContain('error required Bundle.timestamp')
  expect(found({ ...summary, type: 'collection' })).toContain('error value Bundle.type')
  const [first, ...others] = summary.entry
  const searched = { ...summary, entry: [{ ...first, search: { mode: 'match' } }, ...others] }
  expect(found(searched)).toContain('error structure Bundle.entry[0].search')
  expect(found(document(composition, organization, organization, condition, statement))).toContain(
    'error required Bundle.entry',
  )
})

test('the three sections that every summary has are asked for, each once', () => {
  const [problems, allergies, medicines] = composition.section
  expect(withComposition({ section: [problems, allergies, allergies] })).toContain(
    'error required Bundle.entry',
  )
  expect(withComposition({ section: [problems, allergies] })).toContain('error required Bundle.entry')
  expect(withComposition({ section: [problems, allergies, medicines, medicines] })).toContain(
    'error required Bundle.entry',
  )
  const issues = validate(document({ ...composition, section: [problems, allergies] }, patient), { profile })
  expect(issues.map((issue) => issue.text).join(' ')).toContain(
    'Composition.section: Send this element at least 3 times',
  )
  const own = {
    ...composition,
    subject: { reference: 'Patient/1' },
    author: [{ reference: 'Organization/1' }],
  }
  const alone = { ...own, section: [problems, problems, allergies, medicines] }
  expect(found(alone, `${IPS}Composition-uv-ips`)).toEqual(['error structure Composition.section'])
})

test('a section refers to what its profile allows, and that is in the document', () => {
  const [problems, allergies, medicines] = composition.section
  const other = { ...problems, entry: [reference(5)] }
  const lines = (section: object[]) =>
    validate(document({ ...composition, section }, patient, organization, condition, statement), { profile })
      .map((issue) => issue.text)
      .join(' ')
  expect(lines([other, allergies as object, medicines as object])).toContain(
    'Composition.section[0].entry[0]: Refer to a resource that fits one of these: Condition',
  )
  const gone = { ...problems, entry: [reference(8)] }
  expect(lines([gone, allergies as object, medicines as object])).toContain(
    'Composition.section[0].entry[0]: Put the resource that this refers to into the document',
  )
})

test('an entry that fits no profile of its type is told, and is an error where it claims one', () => {
  const { code: _code, ...nameless } = condition
  const doc = document(composition, patient, organization, nameless, statement)
  expect(found(doc)).toEqual(['warning value Bundle.entry[3].resource'])
  const claiming = { ...nameless, meta: { profile: [`${IPS}Condition-uv-ips`] } }
  expect(found(document(composition, patient, organization, claiming, statement))).toContain(
    'error required Bundle.entry[3].resource.code',
  )
})

test('a laboratory result keeps its profile or is told what is missing', () => {
  const url = `${IPS}Observation-results-laboratory-pathology-uv-ips`
  const alone = {
    ...laboratory,
    subject: { reference: 'Patient/1' },
    performer: [{ reference: 'Organization/1' }],
  }
  expect(found(alone, url)).toEqual([])
  const { category: _category, ...plain } = alone
  expect(found(plain, url)).toEqual([
    'error required Observation.category',
    'error required Observation.category',
  ])
  expect(found({ ...alone, status: 'entered-in-error' }, url)).toEqual([
    'error code-invalid Observation.status',
  ])
  expect(found({ ...alone, subject: { display: 'a' } }, url)).toEqual([
    'error required Observation.subject.reference',
  ])
  expect(found({ ...alone, subject: { reference: 'Location/1' } }, url)).toEqual([])
  const { effectiveDateTime: _when, ...timeless } = alone
  expect(found({ ...timeless, effectiveInstant: '2026-01-31T08:30:00Z' }, url)).toEqual([
    'error structure Observation.effectiveInstant',
  ])
  expect(
    found({ ...timeless, _effectiveDateTime: { extension: [{ url: 'urn:x', valueCode: 'unknown' }] } }, url),
  ).toEqual([])
})

test('vital signs carry their category by system and code', () => {
  const url = 'http://hl7.org/fhir/StructureDefinition/vitalsigns'
  const [category] = laboratory.category
  const sign = {
    ...laboratory,
    subject: { reference: 'Patient/1' },
    performer: [{ reference: 'Organization/1' }],
  }
  expect(found(sign, url)).toEqual(['error required Observation.category'])
  const system = category?.coding[0]?.system
  expect(found({ ...sign, category: [{ coding: [{ system, code: 'vital-signs' }] }] }, url)).toEqual([])
})

test('a long chain of references and a huge document end soon, with findings', () => {
  const member = (at: number) => ({ ...laboratory, hasMember: [{ reference: `urn:uuid:${at + 1}` }] })
  const chain = (length: number) => ({
    ...summary,
    entry: [
      ...summary.entry,
      ...Array.from({ length }, (_, at) => ({ fullUrl: `urn:uuid:${at}`, resource: member(at) })),
    ],
  })
  expect(found(chain(1000))).toEqual([])
  expect(found(chain(6000))).toEqual(['error too-costly Bundle.entry'])
})
