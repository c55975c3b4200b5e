import { expect, test } from 'vitest'
import { parseJson } from '../json.ts'
import { validate } from './index.ts'

const observation = {
  resourceType: 'Observation',
  text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Hb</div>' },
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference: 'Patient/1' },
  effectiveDateTime: '2026-01-31T08:30:00+07:00',
  valueQuantity: { value: 13.5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
}

/** Where and as what the findings stand, errors first to last. */
const found = (resource: unknown): string[] =>
  validate(resource).map(({ severity, code, expression }) => `${severity} ${code} ${expression}`)
const withMore = (more: object): string[] => found({ ...observation, ...more })

test('a plain observation has nothing against it', () => expect(found(observation)).toEqual([]))

test('what is no resource is refused as such', () => {
  for (const odd of [null, 7, 'Patient', [observation], parseJson('1.0')])
    expect(found(odd)).toEqual(['error structure Resource'])
  for (const resourceType of ['Nonsense', 'Resource', 'Quantity', 7, undefined])
    expect(found({ resourceType })).toEqual(['error structure Resource.resourceType'])
})

test('an element that does not exist is found, also deep inside', () => {
  expect(withMore({ colour: 'red' })).toEqual(['error structure Observation.colour'])
  expect(withMore({ code: { coding: [{ code: 'a' }, { code: 'b', colour: 1 }] } })).toEqual([
    'error structure Observation.code.coding[1].colour',
  ])
  expect(withMore({ 'Nguyễn Thị Lan': 1 })).toEqual(['error structure Observation'])
  expect(withMore(JSON.parse('{"__proto__":{"a":1}}'))).toEqual(['error structure Observation'])
})

test('an element that must be there and is not is named', () => {
  const { status: _status, code: _code, ...rest } = observation
  expect(found(rest)).toEqual(['error required Observation.status', 'error required Observation.code'])
})

test('one where many are asked, and many where one is asked, are found', () => {
  expect(withMore({ category: { text: 'a' } })).toEqual(['error structure Observation.category'])
  expect(withMore({ status: ['final'] })).toEqual(['error value Observation.status'])
  expect(withMore({ code: [observation.code] })).toEqual(['error structure Observation.code'])
})

test('null, an empty object, an empty list and an empty string are found', () => {
  expect(withMore({ issued: null })).toEqual(['error value Observation.issued'])
  expect(withMore({ method: null })).toEqual(['error structure Observation.method'])
  expect(withMore({ method: {} })).toEqual(['error structure Observation.method'])
  expect(withMore({ note: [] })).toEqual(['error structure Observation.note'])
  expect(withMore({ method: { text: '' } })).toEqual(['error value Observation.method.text'])
  expect(withMore({ method: { id: 'a' } })).toEqual(['error invariant Observation.method'])
})

test('extensions of primitives are looked at, alone and in lists with null for what is not there', () => {
  const extension = [{ url: 'https://example.org/x', valueBoolean: true }]
  const { status: _status, ...rest } = observation
  expect(found({ ...rest, _status: { extension } })).toEqual([])
  expect(withMore({ _status: { id: 'a' } })).toEqual([])
  expect(found({ ...rest, _status: { id: 'a' } })).toEqual(['error invariant Observation.status'])
  expect(withMore({ _status: [{ extension }] })).toEqual(['error structure Observation.status'])
  expect(withMore({ _status: { extension, value: 'final' } })).toEqual([
    'error structure Observation.status.value',
  ])

  const patient = (name: object) => found({ resourceType: 'Patient', text: observation.text, name: [name] })
  expect(patient({ given: ['A', null], _given: [null, { extension }] })).toEqual([])
  expect(patient({ given: ['A'], _given: [null, { extension }] })).toEqual([])
  expect(patient({ _given: [{ extension }] })).toEqual([])
  expect(patient({ given: ['A', null], _given: [{ id: 'a' }, null] })).toEqual([
    'error structure Patient.name[0].given[1]',
    'error structure Patient.name[0].given[1]',
  ])
  expect(patient({ given: ['A', null] })).toEqual(['error structure Patient.name[0].given[1]'])
  expect(patient({ given: [null], _given: [{ id: 'a' }] })).toEqual([
    'error invariant Patient.name[0].given[0]',
  ])
})

test('a choice has one type, and an allowed one', () => {
  expect(withMore({ valueString: 'a' })).toEqual(['error structure Observation.valueString'])
  expect(withMore({ valueAttachment: { url: 'https://example.org' } })).toEqual([
    'error structure Observation.valueAttachment',
  ])
  expect(withMore({ value: 'a' })).toEqual(['error structure Observation.value'])
  const { valueQuantity: _value, ...rest } = observation
  const extension = [{ url: 'https://example.org/x', valueCode: 'a' }]
  expect(found({ ...rest, valueString: 'a', _valueString: { extension } })).toEqual([])
  expect(found({ ...rest, valueString: 'a', _valueCode: { extension } })).toEqual([
    'error structure Observation._valueCode',
  ])
  expect(
    found({ resourceType: 'MedicationStatement', text: observation.text, status: 'active' }).slice(0, 2),
  ).toEqual(['error required MedicationStatement.medication', 'error required MedicationStatement.subject'])
})

test('a reference points to a type that is allowed there, also to a contained one', () => {
  expect(withMore({ subject: { reference: 'Encounter/1' } })).toEqual([
    'error value Observation.subject.reference',
  ])
  expect(withMore({ subject: { reference: 'https://example.org/fhir/Encounter/1/_history/2' } })).toEqual([
    'error value Observation.subject.reference',
  ])
  expect(withMore({ subject: { reference: 'Encounter?identifier=1' } })).toHaveLength(1)
  for (const reference of [
    'urn:uuid:5a0bd1cf-6ab1-4c4a-ba5a-5a5a5a5a5a5a',
    'https://example.org/1',
    'Patient/1/_history/2',
  ])
    expect(withMore({ subject: { reference } })).toEqual([])
  const contained = (resourceType: string) => ({
    contained: [{ resourceType, id: 'p' }],
    subject: { reference: '#p' },
  })
  const own = withMore(contained('Patient')).filter((line) => line.startsWith('error'))
  expect(own).toEqual([])
  expect(withMore(contained('Basic'))).toContain('error value Observation.subject.reference')
  expect(withMore({ subject: { reference: '#q' } })).toEqual(['error invariant Observation.subject'])
})

test('a reference has one of the forms that FHIR knows', () => {
  const about = (reference: unknown) => withMore({ focus: [{ reference }] })
  for (const good of [
    'Patient/a-1.b',
    'Patient/1/_history/2',
    'Patient?identifier=urn:x|1',
    'urn:oid:1.2',
    'https://a',
  ])
    expect(about(good)).toEqual([])
  for (const odd of ['Patiet/1', 'Patient', '/Patient/1', 'Patient/1/2', 'Patient/á', '1', ' Patient/1', 7])
    expect(about(odd)).toEqual(['error value Observation.focus[0].reference'])
})

test('a code comes from the required value set', () => {
  expect(withMore({ status: 'done' })).toEqual(['error code-invalid Observation.status'])
  const condition = (clinicalStatus: object) =>
    found({ resourceType: 'Condition', text: observation.text, subject: observation.subject, clinicalStatus })
  const system = 'http://terminology.hl7.org/CodeSystem/condition-clinical'
  expect(
    condition({
      coding: [
        { system: 'urn:x', code: 'a' },
        { system, code: 'active' },
      ],
    }),
  ).toEqual([])
  expect(condition({ coding: [{ system, code: 'acute' }] })).toEqual([
    'error code-invalid Condition.clinicalStatus',
  ])
  expect(condition({ coding: [{ code: 'active' }] })).toEqual(['error code-invalid Condition.clinicalStatus'])
  expect(condition({ text: 'active' })).toEqual(['error code-invalid Condition.clinicalStatus'])
})

test('contained resources hold no others and are referred to', () => {
  const contained = [{ resourceType: 'Patient', id: 'p', meta: { versionId: '1' } }]
  const lines = withMore({ contained }).filter((line) => line.startsWith('error'))
  expect(lines).toEqual(['error invariant Observation', 'error invariant Observation'])
  const nested = [
    {
      resourceType: 'Patient',
      id: 'p',
      contained: [{ resourceType: 'Basic', id: 'q', code: { text: 'a' } }],
    },
  ]
  expect(withMore({ contained: nested, subject: { reference: '#p' } })).toContain(
    'error invariant Observation.contained[0].contained',
  )
})

test('the entries of a bundle are looked at with their whole path', () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'collection',
    entry: [{ resource: observation }, { resource: { ...observation, status: 1 } }],
  }
  expect(found(bundle)).toEqual(['error value Bundle.entry[1].resource.status'])
  expect(found({ ...bundle, entry: [{ resource: { resourceType: 'X' } }] })).toEqual([
    'error structure Bundle.entry[0].resource.resourceType',
  ])
})

test('an extension has an address, and a value or extensions but not both', () => {
  const extension = (...extensions: object[]) => withMore({ extension: extensions })
  const url = 'https://example.org/x'
  expect(extension({ url, valueDecimal: parseJson('1.50') })).toEqual([])
  expect(extension({ url, extension: [{ url: 'a', valueCode: 'b' }] })).toEqual([])
  expect(extension({ valueCode: 'b' })).toEqual(['error required Observation.extension[0].url'])
  expect(extension({ url })).toEqual(['error invariant Observation.extension[0]'])
  expect(extension({ url: 'ward', valueCode: 'b' })).toEqual(['error value Observation.extension[0].url'])
  expect(extension({ url, extension: [{ url: 'a b', valueCode: 'b' }] })).toEqual([
    'error value Observation.extension[0].extension[0].url',
  ])
  expect(extension({ url, valueCode: 'b', extension: [{ url: 'a', valueCode: 'b' }] })).toEqual([
    'error invariant Observation.extension[0]',
  ])
})

test('nesting beyond the limit ends in one clear finding', () => {
  let extension: object = { url: 'urn:a', valueCode: 'b' }
  for (let level = 0; level < 70; level += 1) extension = { url: 'urn:a', extension: [extension] }
  const issues = validate({ ...observation, extension: [extension] })
  expect(issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual(['fatal too-long'])
  expect(validate({ ...observation, extension: [extension] }, { depth: 100 })).toEqual([])
})

test('thousands of faults are told up to a limit, and none repeats what was sent', () => {
  const category = Array.from({ length: 5000 }, () => ({ text: 7, secret: 'bí mật' }))
  const issues = validate({ ...observation, category })
  expect(issues).toHaveLength(200)
  expect(JSON.stringify(issues)).not.toContain('bí mật')
})
