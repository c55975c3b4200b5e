import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HOME_MEASURES, type HomeMeasure, isPressureOrder, plausibleAtHome } from './home-measures.ts'

const measures = Object.keys(HOME_MEASURES) as HomeMeasure[]

test('what is likely is possible, for every measure', () => {
  for (const measure of measures) {
    const { possible, likely } = HOME_MEASURES[measure]
    expect(likely.low).toBeGreaterThanOrEqual(possible.low)
    expect(likely.high).toBeLessThanOrEqual(possible.high)
  }
})

test('farther from the likely range never makes a value more believable', () => {
  const order = ['likely', 'unlikely', 'impossible']
  fc.assert(
    fc.property(
      fc.constantFrom(...measures),
      fc.double({ min: 0, max: 2000, noNaN: true }),
      (measure, step) => {
        const { high } = HOME_MEASURES[measure].likely
        const [near, far] = [plausibleAtHome(measure, high + step), plausibleAtHome(measure, high + step + 1)]
        expect(order.indexOf(far)).toBeGreaterThanOrEqual(order.indexOf(near))
      },
    ),
  )
})

test('the same blood sugar is judged alike in both units', () => {
  for (const [mmol, mg] of [
    [5.6, 101],
    [2.5, 45],
    [25, 450],
    [60, 1081],
  ] as const)
    expect(plausibleAtHome('glucose-mmol', mmol)).toBe(plausibleAtHome('glucose-mg', mg))
})

test('no number is never believed', () => {
  for (const measure of measures)
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 0])
      expect(plausibleAtHome(measure, value)).toBe('impossible')
})

test('142/88 is in order, 88/142 and 120/120 are not', () => {
  expect([isPressureOrder(142, 88), isPressureOrder(88, 142), isPressureOrder(120, 120)]).toEqual([
    true,
    false,
    false,
  ])
})
