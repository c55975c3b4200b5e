import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeSearch } from '../../../../tools/make-search.ts'
import { exampleNames } from '../../test/invariants.ts'
import { compareParameters } from '../../test/parameters.ts'
import { parseJson } from '../index.ts'
import {
  compositeValues,
  isInPatientCompartment,
  patientsOf,
  searchParametersOf,
  searchValues,
} from './index.ts'
import { TABLE } from './table.generated.ts'

const EXAMPLES = new URL('../../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)
const example = (name: string) => parseJson(readFileSync(new URL(`${name}.json`, EXAMPLES), 'utf8'))

const IS_DEFINITION = /^(?:StructureDefinition|ValueSet|CodeSystem|SearchParameter|package)/

test('the table is the one that the definitions give today', () => {
  expect(makeSearch()).toContain(`\`${TABLE}\``)
})

test('a measurement is found by what was measured, when, of whom and how much', () => {
  const observation = parseJson(`{"resourceType":"Observation","status":"final",
    "category":[{"coding":[{"code":"vital-signs"}]}],"code":{"coding":[{"code":"8480-6"}]},
    "subject":{"reference":"Patient/lan"},"effectiveDateTime":"2026-03-01","valueQuantity":{"value":120.0}}`)
  const of = (name: string) => searchValues(observation, name)
  expect(of('status')).toEqual([{ value: 'final', type: 'code' }])
  expect(of('category')).toEqual([{ value: { coding: [{ code: 'vital-signs' }] }, type: 'CodeableConcept' }])
  expect(of('code')).toMatchObject([{ type: 'CodeableConcept' }])
  expect(of('patient')).toEqual([{ value: { reference: 'Patient/lan' }, type: 'Reference' }])
  expect(of('date')).toEqual([{ value: '2026-03-01', type: 'dateTime' }])
  expect(of('value-quantity')).toMatchObject([{ value: { value: { rawJSON: '120.0' } }, type: 'Quantity' }])
  expect(of('value-concept')).toEqual([])
  expect(compositeValues(observation, 'code-value-quantity')).toMatchObject([
    [[{ type: 'CodeableConcept' }], [{ type: 'Quantity' }]],
  ])
  expect(of('no-such-parameter')).toEqual([])
})

test('blood pressure matches by each of its parts, never across them', () => {
  const parts = compositeValues(example('Observation-blood-pressure'), 'combo-code-value-quantity')
  expect(parts.map(([code, value]) => [code?.length, value?.length])).toEqual([
    [1, 0],
    [1, 1],
    [1, 1],
  ])
})

test('who has died is told by a date, by yes, and never by silence', () => {
  const dead = (rest: object) => searchValues({ resourceType: 'Patient', ...rest }, 'deceased')[0]?.value
  expect(dead({})).toBe(false)
  expect(dead({ deceasedBoolean: false })).toBe(false)
  expect(dead({ deceasedBoolean: true })).toBe(true)
  expect(dead({ deceasedDateTime: '2020' })).toBe(true)
})

test('a telephone is told from an e-mail, a practitioner from a place', () => {
  const patient = { resourceType: 'Patient', telecom: [{ system: 'phone', value: '1' }, { system: 'email' }] }
  expect(searchValues(patient, 'phone')).toEqual([{ value: patient.telecom[0], type: 'ContactPoint' }])
  expect(searchValues(patient, 'telecom')).toHaveLength(2)
  const visit = {
    resourceType: 'Appointment',
    contained: [{ resourceType: 'Practitioner', id: 'p' }],
    participant: ['Location/1', '#p', 'urn:uuid:1', 'https://a.vn/fhir/Practitioner/2/_history/1'].map(
      (reference) => ({ actor: { reference } }),
    ),
  }
  expect(searchValues(visit, 'practitioner')).toMatchObject([
    { value: { reference: '#p' } },
    { value: { reference: 'https://a.vn/fhir/Practitioner/2/_history/1' } },
  ])
  expect(searchValues(visit, 'location')).toHaveLength(1)
})

test('parameters of extensions and of the examples are no base parameters', () => {
  const names = [...searchParametersOf('Observation').keys()]
  expect(names).toContain('combo-code-value-quantity')
  expect(names).toContain('_lastUpdated')
  expect(names).not.toContain('gene-dnavariant')
  expect(searchParametersOf('Patient').has('mothersMaidenName')).toBe(false)
  expect(searchParametersOf('Patient').has('part-agree')).toBe(false)
  expect(searchParametersOf('__proto__').size + searchParametersOf('').size).toBe(0)
  expect(searchParametersOf('Encounter').get('patient')).toEqual(
    expect.objectContaining({
      url: 'http://hl7.org/fhir/SearchParameter/clinical-patient',
      type: 'reference',
      target: ['Patient'],
    }),
  )
  expect(searchParametersOf('Observation').get('code-value-quantity')?.components).toMatchObject([
    { name: 'code', type: 'token' },
    { name: 'value-quantity', type: 'quantity' },
  ])
})

test.each([
  ['Patient/lan', true],
  ['Patient/lan/_history/2', true],
  ['https://benhvien.vn/fhir/Patient/1', true],
  ['urn:uuid:0198c0de-0000-7000-8000-000000000001', true],
  ['Patient?identifier=x|1', true],
  ['Group/1', false],
  ['PatientX/1', false],
  ['#patient', false],
  ['https://benhvien.vn/fhir/Group/Patient', false],
  ['Patient/../Group/1', false],
])('%s may name a Patient: %s', (reference, expected) => {
  expect(patientsOf({ resourceType: 'Observation', subject: { reference } })).toEqual(
    expected ? [reference] : [],
  )
})

test('a resource stands with its subject, and is claimed by all who take part', () => {
  const to = (id: string) => ({ reference: `Patient/${id}` })
  expect(
    patientsOf({
      resourceType: 'MedicationAdministration',
      performer: [{ actor: to('b') }],
      subject: to('a'),
    }),
  ).toEqual(['Patient/a', 'Patient/b'])
  expect(
    patientsOf({ resourceType: 'Coverage', policyHolder: to('mother'), beneficiary: to('child') }),
  ).toEqual(['Patient/child', 'Patient/mother'])
  expect(
    patientsOf({ resourceType: 'Observation', subject: to('a'), performer: [to('a'), to('b')] }),
  ).toEqual(['Patient/a', 'Patient/b'])
  const urn = 'urn:uuid:1'
  expect(patientsOf({ resourceType: 'Encounter', subject: { reference: urn, type: 'Group' } })).toEqual([])
  expect(patientsOf({ resourceType: 'Organization' })).toEqual([])
})

test('the compartment has the types of its definition', () => {
  expect(['Observation', 'Patient', 'Group', 'Provenance', 'Schedule'].every(isInPatientCompartment)).toBe(
    true,
  )
  expect(
    ['Organization', 'Device', 'Medication', 'Bundle', '', '__proto__'].some(isInPatientCompartment),
  ).toBe(false)
})

test('whatever stands in a resource, looking at it never fails', () => {
  const types = ['Observation', 'Patient', 'Appointment', 'MolecularSequence', 'Bundle']
  fc.assert(
    fc.property(fc.constantFrom(...types), fc.json(), (resourceType, json) => {
      const junk: unknown = JSON.parse(json)
      const names = [
        'subject',
        'performer',
        'component',
        'contained',
        'participant',
        'variant',
        'telecom',
        'link',
      ]
      const resource = { resourceType, ...Object.fromEntries(names.map((name) => [name, junk])) }
      patientsOf(resource)
      for (const name of searchParametersOf(resourceType).keys()) {
        searchValues(resource, name)
        compositeValues(resource, name)
      }
    }),
  )
  for (const nothing of [undefined, null, 'x', 1, []]) expect(patientsOf(nothing)).toEqual([])
})

test('every parameter selects what another implementation reads in its expression, on every fourth example', () => {
  const { asked, found, differences } = compareParameters(
    exampleNames().filter((name, i) => i % 4 === 0 && !IS_DEFINITION.test(name)),
  )
  expect(differences).toEqual([])
  expect(asked).toBeGreaterThan(4000)
  expect(found).toBeGreaterThan(2000)
})
