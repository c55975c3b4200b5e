import fc from 'fast-check'
import { expect, test } from 'vitest'
import { wilson } from './proportion.ts'

test('known intervals: 10 of 10, 0 of 10, 81 of 263', () => {
  expect(wilson(10, 10).low).toBeCloseTo(0.7225, 4)
  expect(wilson(0, 10).high).toBeCloseTo(0.2775, 4)
  expect(wilson(81, 263)).toMatchObject({ low: expect.closeTo(0.2553, 4), high: expect.closeTo(0.3662, 4) })
})

test('where nothing was looked at, nothing is known', () => {
  expect(wilson(0, 0)).toEqual({ found: 0, of: 0, share: null, low: 0, high: 1 })
  expect(() => wilson(2, 1)).toThrow(RangeError)
})

const counts = fc.nat(5000).chain((of) => fc.tuple(fc.nat(of), fc.constant(of + 1)))

test('the share lies within its interval, and both directions mirror each other', () => {
  fc.assert(
    fc.property(counts, ([found, of]) => {
      const { low, high, share } = wilson(found, of)
      expect(low).toBeLessThanOrEqual(share ?? -1)
      expect(high).toBeGreaterThanOrEqual(share ?? 2)
      const other = wilson(of - found, of)
      expect(other.low).toBeCloseTo(1 - high, 9)
      expect(other.high).toBeCloseTo(1 - low, 9)
    }),
  )
})
