import fc from 'fast-check'
import { expect, test } from 'vitest'
import { binomialTail, digitHint } from './digits.ts'

const even = (each: number) => Array.from({ length: 10 }, () => each)

test('the tail of the binomial distribution is exact', () => {
  expect(binomialTail(2, 2, 0.5)).toBeCloseTo(0.25, 12)
  expect(binomialTail(1, 3, 0.1)).toBeCloseTo(1 - 0.9 ** 3, 12)
  // R: pbinom(19, 100, 0.1, lower.tail = FALSE)
  expect(binomialTail(20, 100, 0.1)).toBeCloseTo(0.001978561, 8)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.double({ min: 0.01, max: 0.99, noNaN: true }),
      (n, p) => {
        expect(binomialTail(0, n, p)).toBeCloseTo(1, 9)
        const hits = Math.floor(n / 2)
        expect(binomialTail(hits + 1, n, p)).toBeLessThanOrEqual(binomialTail(hits, n, p))
      },
    ),
  )
})

test('readings that fall evenly, on every line or on the even ones, raise no hint', () => {
  expect(digitHint(even(10))).toBeUndefined()
  expect(digitHint([20, 0, 20, 0, 20, 0, 20, 0, 20, 0])).toBeUndefined()
  expect(digitHint([30, 0, 0, 0, 0, 0, 0, 0, 0, 0])).toBeUndefined()
})

test('too many round numbers are said, with how many there would be', () => {
  expect(digitHint([38, 2, 4, 2, 3, 3, 2, 2, 3, 1])).toEqual({ digit: 0, of: 60, found: 38, expected: 6 })
  expect(digitHint([60, 0, 10, 0, 10, 0, 10, 0, 10, 0])).toEqual({
    digit: 0,
    of: 100,
    found: 60,
    expected: 20,
  })
  expect(digitHint([8, 6, 5, 6, 5, 34, 5, 6, 5, 6])).toMatchObject({ digit: 5, found: 34 })
})

/** Digits without a pattern, the same in every run (Lehmer's generator). */
function diceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state % 10
  }
}

test('a careful reader of random blood pressures is hardly ever told', () => {
  const dice = diceOf(2027)
  let told = 0
  for (let reader = 0; reader < 400; reader++) {
    const counts = Array.from({ length: 10 }, () => 0)
    for (let i = 0; i < 120; i++) {
      const digit = dice()
      counts[digit] = (counts[digit] ?? 0) + 1
    }
    if (digitHint(counts)) told += 1
  }
  expect(told).toBeLessThanOrEqual(4)
})
