import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKeys } from '../../../test/house.ts'
import { bookNumber, readBookNumber } from './booknumber.ts'

const keys = await newKeys()
const home = fc.integer({ min: 1, max: 999_999_999 })

test('a book number leads back to its book, and never looks like a national number', () => {
  fc.assert(
    fc.property(home, (one) => {
      const number = bookNumber(keys, one)
      expect(number).toMatch(/^79\d\d \d{4} \d{4}$/)
      expect(readBookNumber(keys, number)).toBe(one)
    }),
  )
})

test('one misread digit is always noticed', () => {
  fc.assert(
    fc.property(home, fc.integer({ min: 2, max: 11 }), fc.integer({ min: 1, max: 9 }), (one, at, by) => {
      const digits = [...bookNumber(keys, one).replaceAll(' ', '')]
      digits[at] = String((Number(digits[at]) + by) % 10)
      expect(readBookNumber(keys, digits.join(''))).toBeUndefined()
    }),
  )
})

test('neighbouring books have unlike numbers', () => {
  const numbers = Array.from({ length: 1000 }, (_, i) => bookNumber(keys, i + 1))
  expect(new Set(numbers).size).toBe(1000)
  expect(new Set(numbers.map((number) => number.slice(0, 6))).size).toBeGreaterThan(500)
})
