import fc from 'fast-check'
import { expect, test } from 'vitest'
import { doubtsIn, faultsIn, type Measured, meanPressure, readWritten } from './measuring.ts'

const pressure = (systolic: string, diastolic: string) => ({ systolic, diastolic })
const at = (found: readonly { at: string; why: string }[]) => found.map((one) => `${one.at} ${one.why}`)
const NOTHING: Measured = { pressures: [] }

test('a number keeps the decimals with which it was written, after a comma or a point', () => {
  expect(['54,50', ' 54.50 ', '70', '0,5'].map(readWritten)).toEqual(['54.50', '54.50', '70', '0.5'])
  for (const none of ['', '1,234', '1.2.3', '-5', '1e3', '٥', '054', '12345', 'NaN', '5 4'])
    expect(readWritten(none), none).toBeUndefined()
})

test('what nobody has is refused, and the upper pressure is above the lower', () => {
  const measured: Measured = {
    ...NOTHING,
    pressures: [pressure('301', '80'), pressure('80', '80'), pressure('12o', '80.5')],
    weight: '0,4',
    glucose: { value: '5,5', unit: 'mg/dL', when: 'fasting' },
  }
  expect(at(faultsIn(measured))).toEqual([
    'pressures/0/systolic impossible',
    'pressures/2/systolic malformed',
    'pressures/2/diastolic malformed',
    'weight impossible',
    'glucose impossible',
    'pressures/1/diastolic order',
  ])
  expect(faultsIn({ ...NOTHING, pressures: [pressure('142', '88')], weight: '54,50' })).toEqual([])
})

test('what rarely is, is asked back; of a child only what does not depend on size', () => {
  const measured: Measured = {
    ...NOTHING,
    pressures: [pressure('150', '90'), pressure('138', '88')],
    weight: '18',
    height: '110',
    pulse: '140',
  }
  expect(at(doubtsIn(measured, true))).toEqual([
    'pulse unlikely',
    'weight unlikely',
    'height unlikely',
    'pressures apart',
  ])
  expect(at(doubtsIn(measured, false))).toEqual(['pulse unlikely', 'pressures apart'])
  expect(at(doubtsIn({ ...NOTHING, weight: '35', height: '190' }, true))).toEqual([
    'weight height-and-weight',
  ])
})

test('the mean of the last two readings stands for them all', () => {
  expect(meanPressure([pressure('142', '88')])).toBeUndefined()
  expect(meanPressure([pressure('160', '99'), pressure('142', '88'), pressure('139', '86')])).toEqual(
    pressure('140.5', '87'),
  )
  fc.assert(
    fc.property(fc.integer({ min: 60, max: 250 }), fc.integer({ min: 60, max: 250 }), (a, b) => {
      const mean = Number(meanPressure([pressure(`${a}`, '50'), pressure(`${b}`, '50')])?.systolic)
      expect(mean).toBeGreaterThanOrEqual(Math.min(a, b))
      expect(mean).toBeLessThanOrEqual(Math.max(a, b))
      expect(mean * 2).toBe(a + b)
    }),
  )
})
