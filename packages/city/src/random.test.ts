import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diceOf, quantile, shuffle, weighted } from './random.ts'

test('dice of one key throw the same, dice of near keys do not', () => {
  const throws = (...key: (string | number)[]) => {
    const dice = diceOf(...key)
    return Array.from({ length: 8 }, () => dice.unit())
  }
  expect(throws('a', 1)).toEqual(throws('a', 1))
  expect(throws('a', 1)).not.toEqual(throws('a', 2))
  expect(throws('a', '1', 2)).not.toEqual(throws('a', '12'))
})

test('throws spread evenly over a hundred boxes', () => {
  const dice = diceOf('even')
  const boxes = Array.from({ length: 100 }, () => 0)
  for (let at = 0; at < 100_000; at += 1) {
    const box = dice.whole(100)
    boxes[box] = (boxes[box] ?? 0) + 1
  }
  const chiSquare = boxes.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
  expect(chiSquare).toBeGreaterThan(50)
  expect(chiSquare).toBeLessThan(165)
})

test('the first throws of neighbouring keys spread evenly too', () => {
  let sum = 0
  for (let at = 0; at < 10_000; at += 1) sum += diceOf('seed', 'household', at).unit()
  expect(sum / 10_000).toBeCloseTo(0.5, 1)
})

test('normal throws have mean 0 and deviation 1', () => {
  const dice = diceOf('normal')
  const values = Array.from({ length: 50_000 }, () => dice.normal())
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(0.025)
  expect(Math.abs(variance - 1)).toBeLessThan(0.035)
})

test('the normal quantile is right at known points and turns around at one half', () => {
  expect(quantile(0.975)).toBeCloseTo(1.959964, 5)
  expect(quantile(0.01)).toBeCloseTo(-2.326348, 5)
  expect(quantile(0)).toBe(Number.NEGATIVE_INFINITY)
  fc.assert(
    fc.property(fc.double({ min: 0.0001, max: 0.9999, noNaN: true }), (probability) => {
      expect(quantile(probability)).toBeCloseTo(-quantile(1 - probability), 6)
    }),
  )
})

test('weights decide how often each comes, and nothing to choose from is refused', () => {
  const dice = diceOf('weights')
  const draw = weighted([
    { is: 'one', count: 1 },
    { is: 'three', count: 3 },
    { is: 'never', count: 0 },
  ])
  const drawn = Array.from({ length: 20_000 }, () => draw(dice))
  expect(drawn.filter((is) => is === 'three').length / 20_000).toBeCloseTo(0.75, 1)
  expect(drawn).not.toContain('never')
  expect(() => weighted([])).toThrow(RangeError)
})

test('shuffling keeps everything', () => {
  fc.assert(
    fc.property(fc.array(fc.integer()), (list) => {
      expect(shuffle(diceOf('shuffle'), [...list]).toSorted()).toEqual(list.toSorted())
    }),
  )
})
