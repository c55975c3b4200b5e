import { labTestByLoinc } from '@sokhoe/codes'
import { validate } from '@sokhoe/fhir/validate'
import { expect, test } from 'vitest'
import { cityOf, vaccinationStatement, visitStatements } from './index.ts'

const people = [...cityOf({ seed: 'resources', residents: 600, until: '2026-11-23' })].flatMap(
  (home) => home.members,
)
const patient = 'Patient/1'
const byVisit = people.flatMap(({ visits }) =>
  visits.map((visit) => ({ visit, made: visitStatements(visit, patient) })),
)
const doses = people.flatMap(({ vaccinations }) =>
  vaccinations.map((given) => vaccinationStatement(given, patient)),
)
const all = [...byVisit.flatMap(({ made }) => made), ...doses]
const ofType = (type: string) =>
  all.map(({ resource }) => resource).filter((one) => one.resourceType === type)

test('every resource is marked as test data and names its facility as source', () => {
  expect(all.length).toBeGreaterThan(2500)
  for (const { resource } of all)
    expect(resource['meta']).toMatchObject({
      security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }],
      source: expect.stringMatching(/^urn:sokhoe:source:(TYT-\d{5}|HCM-\d{3})$/),
    })
})

test('every resource is valid FHIR R4', () => {
  const errors = all.flatMap(({ resource }) =>
    validate(resource).filter(({ severity }) => severity !== 'warning'),
  )
  expect(errors).toEqual([])
})

test('every resource has a key of its own at its facility', () => {
  const keys = all.map(({ sourceKey }) => sourceKey)
  expect(new Set(keys).size).toBe(keys.length)
})

test('a visit is one encounter first, and everything else refers to it', () => {
  for (const { made } of byVisit) {
    const [first, ...others] = made
    expect(first).toMatchObject({
      resource: { resourceType: 'Encounter' },
      urn: `urn:sokhoe:visit:${first?.sourceKey}`,
    })
    for (const { resource } of others) expect(resource['encounter']).toEqual({ reference: first?.urn })
  }
  expect(new Set(byVisit.map(({ made }) => made[0]?.urn)).size).toBe(byVisit.length)
})

test('what happened is stated on the day it happened, in local time with its offset', () => {
  for (const { visit, made } of byVisit)
    for (const { statedAt, resource } of made) {
      expect(new Date(Date.parse(statedAt) + 7 * 3_600_000).toISOString().slice(0, 10)).toBe(visit.day)
      const at = resource['effectiveDateTime'] ?? resource['authoredOn'] ?? resource['recordedDate']
      if (at !== undefined) expect(at).toMatch(new RegExp(`^${visit.day}T\\d\\d:\\d\\d:00\\+07:00$`))
    }
})

test('every laboratory result carries the UCUM unit that its LOINC entry has', () => {
  const results = ofType('Observation').filter((one) => one['valueQuantity'] !== undefined)
  expect(results.length).toBeGreaterThan(60)
  for (const { code, valueQuantity } of results) {
    const { coding } = code as { coding: { code: string }[] }
    expect(valueQuantity).toMatchObject({
      system: 'http://unitsofmeasure.org',
      code: labTestByLoinc(coding[0]?.code ?? '')?.unit,
      value: expect.any(Number),
    })
  }
})

test('fields that FHIR R4 asks for are there', () => {
  const required = {
    Encounter: ['status', 'class', 'subject'],
    Condition: ['subject', 'clinicalStatus', 'code'],
    Observation: ['status', 'code', 'subject'],
    MedicationRequest: ['status', 'intent', 'medicationCodeableConcept', 'subject'],
    Immunization: ['status', 'vaccineCode', 'patient', 'occurrenceDateTime'],
  }
  for (const [type, fields] of Object.entries(required)) {
    expect(ofType(type).length, type).toBeGreaterThan(0)
    for (const resource of ofType(type))
      for (const field of fields) expect(resource[field], `${type}.${field}`).toBeDefined()
  }
})

test('nothing is written as null, undefined or not-a-number', () => {
  for (const { resource } of all) expect(JSON.stringify(resource)).not.toMatch(/null|undefined|NaN/)
})
