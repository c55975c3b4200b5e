import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Entry } from '../../record/index.ts'
import { eventOf, filedIn, kindOf, sourceKindOf, whenOf } from './filed.ts'
import { resourceOf } from './line.ts'

const AT = Date.parse('2026-11-23T05:00:00Z')
const entry = (more: Partial<Entry>): Entry => ({
  patientId: 4096,
  no: 1,
  version: 1,
  slot: 1,
  type: 'Observation',
  code: '4548-4',
  date: '',
  source: 'HCM-001',
  kind: 'visit',
  at: AT,
  stated: AT,
  restricted: false,
  deleted: false,
  sourceKey: '',
  offset: 0,
  length: 0,
  texts: () => Buffer.alloc(0),
  ...more,
})

test('a state that somebody tells belongs to the day of telling, a result to the day on which it was taken', () => {
  const told = entry({ type: 'Condition', source: 'self', date: '2015', code: 'I10' })
  expect(whenOf(told)).toBe('2026-11-23T12:00:00')
  expect(whenOf(entry({ date: '2026-10-16T08:30:00+07:00' }))).toBe('2026-10-16T08:30:00')
  expect(whenOf(entry({ date: '2026-10-16T20:30:00Z' }))).toBe('2026-10-17T03:30:00')
  expect(whenOf(entry({ date: '2020-03' }))).toBe('2020-03')
  expect(whenOf(entry({ type: 'Immunization', source: 'self', date: '2021-08-02' }))).toBe('2021-08-02')
})

test('a measure without a time told today stands with the rest of that telling', () => {
  const told = [
    entry({ no: 1, source: 'self', date: '2026-11-23' }),
    entry({ no: 2, source: 'self', type: 'AllergyIntolerance', date: '2026-11-23T05:00:00Z' }),
  ]
  expect(new Set(filedIn(told).map(eventOf)).size).toBe(1)
})

test('who says so is known from the source alone', () => {
  expect(
    ['self', 'TYT-26911', 'station', 'HCM-001', '79001', 'import', 'paper-2026'].map(sourceKindOf),
  ).toEqual(['self', 'station', 'station', 'hospital', 'hospital', 'import', 'import'])
})

test('what a form asks is a habit, what anybody measures a result, and the Patient is no line', () => {
  expect(kindOf(entry({ source: 'self', code: 'B2.7' }))).toBe('habit')
  expect(kindOf(entry({ source: 'self', code: '72166-2' }))).toBe('habit')
  expect(kindOf(entry({ source: 'self', code: '85354-9' }))).toBe('result')
  expect(kindOf(entry({ code: '883-9' }))).toBe('result')
  expect(kindOf(entry({ type: 'Patient', code: '' }))).toBeUndefined()
})

test('lines are in one order however they lie on the shelf, and none is lost', () => {
  const dates = [
    '',
    '2026',
    '2026-10',
    '2026-10-16',
    '2026-10-16T08:30:00+07:00',
    '2026-10-16T01:30:00Z',
    'nonsense',
  ]
  const some = fc.array(fc.record({ no: fc.nat(500), date: fc.constantFrom(...dates), at: fc.nat(9e9) }))
  fc.assert(
    fc.property(some, (made) => {
      const entries = made.map((one, i) => entry({ ...one, no: i }))
      const names = (list: Entry[]) => filedIn(list).map(({ entry: { no } }) => no)
      expect(names(entries.toReversed())).toEqual(names(entries))
      expect(names(entries)).toHaveLength(entries.length)
    }),
  )
})

test('a number stays as it was written, and words that look like one stay words', () => {
  const text =
    '{"valueQuantity":{"value":10.0},"note":"\\"value\\":5","low":{"value":-0.50},"identifier":{"value":"7"}}'
  const bytes = Buffer.from(text)
  expect(resourceOf(entry({ offset: 0, length: bytes.length, texts: () => bytes }))).toEqual({
    valueQuantity: { value: { rawJSON: '10.0' } },
    note: '"value":5',
    low: { value: { rawJSON: '-0.50' } },
    identifier: { value: '7' },
  })
})
