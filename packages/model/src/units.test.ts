import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codesOfSeries, converted, plainUnit, seriesCode } from './units.ts'

test('the same sugar told in two units is the same point', () => {
  expect(converted('14749-6', 126, 'mg/dL', 'mmol/L')).toBeCloseTo(6.99, 2)
  expect(converted('14682-9', 1, 'mg/dL', 'umol/L')).toBeCloseTo(88.4, 1)
  expect(converted('14647-2', 200, 'mg/dL', 'mmol/L')).toBeCloseTo(5.17, 2)
  expect(converted('14927-8', 150, 'mg/dL', 'mmol/L')).toBeCloseTo(1.69, 2)
  expect(converted('14933-6', 7, 'mg/dL', 'µmol/L')).toBeCloseTo(416.4, 1)
})

test('HbA1c in mmol/mol is the percent that the master equation gives', () => {
  expect(converted('4548-4', 53, 'mmol/mol', '%')).toBeCloseTo(7.0, 1)
  expect(converted('4548-4', 42, 'mmol/mol', '%')).toBeCloseTo(6.0, 1)
})

test('what no sourced factor joins stays apart', () => {
  expect(converted('718-7', 13, 'g/dL', 'g/L')).toBeUndefined()
  expect(converted('14749-6', 5, 'mg/L', 'mmol/L')).toBeUndefined()
  expect(converted('29463-7', 5, 'mg/dL', 'mmol/L')).toBeUndefined()
})

test('a number in the unit of its series is never touched', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.string(), fc.string(), (value, code, unit) => {
      expect(converted(code, value, unit, unit)).toBe(value)
    }),
  )
  expect(converted('x', 5, 'μmol/L', 'umol/L')).toBe(5)
  expect(plainUnit('mmHg')).toBe('mm[Hg]')
})

test('both codes of a pair are one series, and no code is of two', () => {
  expect(seriesCode('2345-7')).toBe('14749-6')
  expect(seriesCode('59261-8')).toBe('4548-4')
  expect(seriesCode('85354-9')).toBe('85354-9')
  for (const code of ['14749-6', '4548-4', '718-7'])
    expect(codesOfSeries(code).map(seriesCode)).toEqual(codesOfSeries(code).map(() => code))
})
