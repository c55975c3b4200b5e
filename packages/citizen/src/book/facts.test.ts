import { expect, test } from 'vitest'
import { factsIn, isNone, sourceOf } from './facts.ts'

const self = { source: 'urn:sokhoe:source:self', lastUpdated: '2026-11-23T02:41:00.000Z' }
const clinical = (code: string) => ({ coding: [{ code }] })

test('a line says what, how much, who states it and when', () => {
  const weight = {
    resourceType: 'Observation',
    id: 'w',
    meta: self,
    status: 'final',
    code: { text: 'Cân nặng' },
    valueQuantity: { value: { rawJSON: '62.50' }, unit: 'kg' },
  }
  expect(factsIn([weight])).toMatchObject([
    { section: 'measure', text: 'Cân nặng', detail: '62,50\u00a0kg', source: 'self', at: self.lastUpdated },
  ])
})

test('blood pressure reads as one value of two numbers', () => {
  const parts = [{ valueQuantity: { value: 148 } }, { valueQuantity: { value: 92 } }]
  const pressure = {
    resourceType: 'Observation',
    id: 'p',
    meta: self,
    code: { text: 'Huyết áp' },
    component: parts,
  }
  expect(factsIn([pressure])[0]?.detail).toBe('148/92\u00a0mmHg')
})

test('what was ended or withdrawn no longer stands in the book', () => {
  const healed = {
    resourceType: 'Condition',
    id: 'c',
    meta: self,
    code: { text: 'Lao' },
    clinicalStatus: clinical('inactive'),
  }
  const stopped = {
    resourceType: 'MedicationStatement',
    id: 'm',
    meta: self,
    status: 'stopped',
    medicationCodeableConcept: { text: 'X' },
  }
  expect(factsIn([healed, stopped])).toEqual([])
})

test('a refusal stands as a refusal, and a withdrawn consent is not shown as given', () => {
  const consent = (status: string, type: string) => ({
    resourceType: 'Consent',
    id: type,
    meta: self,
    status,
    policy: [{ uri: 'urn:sokhoe:consent:research:2026-11' }],
    provision: { type },
  })
  const details = factsIn([
    consent('active', 'permit'),
    consent('active', 'deny'),
    consent('inactive', 'permit'),
  ]).map(({ detail }) => detail)
  expect(details).toEqual(['Đồng ý', 'Không đồng ý', 'Không đồng ý'])
})

test('a finding of a visit names the place of the visit', () => {
  const meta = { source: 'urn:sokhoe:source:TYT-26884' }
  const visit = {
    resourceType: 'Encounter',
    id: 'v',
    meta,
    serviceProvider: { display: 'Trạm Y tế phường Gò Vấp' },
    reasonCode: [{ text: 'Ho' }],
  }
  const illness = {
    resourceType: 'Condition',
    id: 'c',
    meta,
    code: { text: 'Ho' },
    encounter: { reference: 'Encounter/v' },
  }
  expect(factsIn([illness, visit]).map(({ place, source }) => [place, source])).toEqual([
    ['Trạm Y tế phường Gò Vấp', 'station'],
    ['Trạm Y tế phường Gò Vấp', 'station'],
  ])
})

test('the mark of a source follows who stated it; an unknown facility is a hospital, never the person herself', () => {
  const from = (source: string) => sourceOf({ resourceType: 'Condition', meta: { source } })
  expect([
    from('urn:sokhoe:source:self'),
    from('urn:sokhoe:source:TYT-1'),
    from('urn:sokhoe:source:79001'),
  ]).toEqual(['self', 'station', 'hospital'])
})

test('"no known allergy" is no warning', () => {
  expect(isNone({ resourceType: 'AllergyIntolerance', code: clinical('no-known-allergies') })).toBe(true)
  expect(isNone({ resourceType: 'AllergyIntolerance', code: clinical('no-allergy-info') })).toBe(true)
  expect(isNone({ resourceType: 'AllergyIntolerance', code: clinical('ALG001') })).toBe(false)
})
