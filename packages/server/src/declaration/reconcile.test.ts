import { formOf } from '@sokhoe/codes'
import type { FhirResource } from '@sokhoe/fhir'
import { type Answer, emptyResponse, withAnswer } from '@sokhoe/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyResponse } from '../../../model/test/response-arbitrary.ts'
import { ended } from '../record/index.ts'
import { type Extraction, extract, reconcile, type Standing } from './extract.ts'

const form = formOf('2026-11-20')
const first = '2026-11-20T02:00:00.000Z'
const later = '2027-01-05T02:00:00.000Z'

const code = (one: string): Answer => ({ valueCoding: { code: one } })
const tell = (answers: Readonly<Record<string, readonly Answer[]>>, at: string): Extraction => {
  const response = Object.entries(answers).reduce(
    (sum, [linkId, given]) => withAnswer(form, sum, linkId, given),
    emptyResponse(form),
  )
  return extract(form, response, { at, patient: 'Patient/p1' })
}

/** The shelf after a declaration: latest versions, in order of their numbers, as they come back from storage. */
function shelfAfter(shelf: readonly Standing[], extraction: Extraction): Standing[] {
  const { add, amend } = reconcile(shelf, extraction)
  const next = shelf.map((one) => amend.find(({ no }) => no === one.no) ?? one)
  const added = add.map(({ resource }, turn) => ({ no: shelf.length + turn + 1, resource }))
  return JSON.parse(JSON.stringify([...next, ...added]))
}
const counts = (shelf: readonly Standing[], extraction: Extraction) => {
  const { add, amend } = reconcile(shelf, extraction)
  return [add.length, amend.length]
}
const only = (extraction: Extraction): FhirResource => {
  const [one] = extraction.statements
  if (!one) throw new Error('nothing was stated')
  return one.resource
}

test('saying the same again changes nothing, whenever it is said', () => {
  const answers = {
    'B3.2.1': [code('2'), code('3')],
    allergy: [code('none')],
    'consent.treatment': [{ valueBoolean: true }],
  }
  const shelf = shelfAfter([], tell(answers, first))
  expect(counts(shelf, tell(answers, later))).toEqual([0, 0])
})

test('a disease no longer named becomes inactive, and its earlier version stays where it was', () => {
  const shelf = shelfAfter([], tell({ 'B3.2.1': [code('2'), code('6')] }, first))
  const { add, amend } = reconcile(shelf, tell({ 'B3.2.1': [code('2')] }, later))
  expect(add).toEqual([])
  expect(amend).toHaveLength(1)
  expect(amend[0]).toMatchObject({ no: 2, resource: { clinicalStatus: { coding: [{ code: 'inactive' }] } } })
})

test('what was not asked about again stays', () => {
  const shelf = shelfAfter([], tell({ 'B3.2.1': [code('2')], allergy: [code('ALG001')] }, first))
  expect(counts(shelf, tell({ 'B2.1.a': [code('0')] }, later))).toEqual([1, 0])
  expect(counts(shelf, tell({ 'B3.2.1': [code('unknown')] }, later))).toEqual([0, 0])
})

test('"no allergies known" ends when an allergy is told, and comes back when it is gone', () => {
  const none = shelfAfter([], tell({ allergy: [code('none')] }, first))
  const one = shelfAfter(none, tell({ allergy: [code('ALG043')] }, later))
  const status = (shelf: Standing[]) =>
    shelf.map(({ resource }) => JSON.stringify(resource['clinicalStatus']).match(/"(active|inactive)"/)?.[1])
  expect(status(one)).toEqual(['inactive', 'active'])
  expect(status(shelfAfter(one, tell({ allergy: [code('none')] }, later)))).toEqual(['active', 'inactive'])
})

test('a changed answer is the next version and keeps the time it was first recorded', () => {
  const shelf = shelfAfter([], tell({ 'B3.2.1': [code('2')] }, first))
  const { amend } = reconcile(
    shelf,
    tell({ 'B3.2.1': [code('2')], 'B3.2.3.2': [{ valueInteger: 2015 }] }, later),
  )
  expect(amend[0]).toMatchObject({ no: 1, resource: { onsetDateTime: '2015', recordedDate: first } })
})

test('a new weight stands beside the old one; the same weight on the same day is known', () => {
  const shelf = shelfAfter([], tell({ 'D2.1.7': [{ valueDecimal: 62 }] }, first))
  expect(counts(shelf, tell({ 'D2.1.7': [{ valueDecimal: 62 }] }, first))).toEqual([0, 0])
  expect(counts(shelf, tell({ 'D2.1.7': [{ valueDecimal: 60 }] }, first))).toEqual([1, 0])
  expect(counts(shelf, tell({ 'D2.1.7': [{ valueDecimal: 62 }] }, later))).toEqual([1, 0])
})

test('taking back a consent is its next version, a denial', () => {
  const shelf = shelfAfter([], tell({ 'consent.treatment': [{ valueBoolean: true }] }, first))
  const { amend } = reconcile(shelf, tell({ 'consent.treatment': [{ valueBoolean: false }] }, later))
  expect(amend[0]).toMatchObject({ no: 1, resource: { provision: { type: 'deny' }, dateTime: later } })
})

test('every kind of statement can end in a way FHIR allows', () => {
  const kinds: [Extraction, object][] = [
    [tell({ 'B3.2.1': [code('6')] }, first), { clinicalStatus: { coding: [{ code: 'inactive' }] } }],
    [tell({ allergy: [code('ALG036')] }, first), { clinicalStatus: { coding: [{ code: 'inactive' }] } }],
    [tell({ medicine: [code('heart')] }, first), { status: 'stopped', dateAsserted: later }],
    [tell({ 'B6.2.1': [code('3')] }, first), { status: 'entered-in-error' }],
    [tell({ 'consent.research': [{ valueBoolean: true }] }, first), { status: 'inactive' }],
  ]
  for (const [extraction, end] of kinds) {
    const before = only(extraction)
    expect(ended(before, later)).toMatchObject(end)
    expect(ended(ended(before, later), later)).toEqual(ended(before, later))
  }
})

test('what others wrote on the shelf is never touched', () => {
  const theirs = {
    no: 1,
    resource: { resourceType: 'Condition', identifier: [{ system: 'urn:other', value: 'condition/asthma' }] },
  }
  expect(counts([theirs], tell({ 'B3.2.1': [code('none')] }, later))).toEqual([1, 0])
})

test('declaring twice is declaring once, after any history', () => {
  fc.assert(
    fc.property(fc.array(anyResponse(form), { minLength: 1, maxLength: 3 }), (responses) => {
      const said = responses.map((response) => extract(form, response, { at: first, patient: 'Patient/p1' }))
      const shelf = said.reduce(shelfAfter, [] as Standing[])
      const last = said.at(-1)
      if (last) expect(counts(shelf, last)).toEqual([0, 0])
    }),
    { numRuns: 25 },
  )
})

test('after any history the book says what was said last, and no number is lost or used twice', () => {
  fc.assert(
    fc.property(anyResponse(form), anyResponse(form), (one, two) => {
      const by = { at: first, patient: 'Patient/p1' }
      const [before, after] = [extract(form, one, by), extract(form, two, by)]
      const shelf = shelfAfter(shelfAfter([], before), after)
      const stands = new Set(shelf.map(({ resource }) => JSON.stringify(resource)))
      for (const { resource } of after.statements) expect(stands).toContain(JSON.stringify(resource))
      expect(new Set(shelf.map(({ no }) => no)).size).toBe(shelf.length)
      expect(shelf.length).toBeGreaterThanOrEqual(before.statements.length)
    }),
    { numRuns: 25 },
  )
})
