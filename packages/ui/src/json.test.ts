import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson, writtenNumber } from './json.ts'

test('a weight of 62.50 goes through the phone as 62.50', () => {
  const text = '{"weight":62.50,"height":156.5,"many":1e3,"n":-0.0}'
  expect(JSON.stringify(parseJson(text))).toBe(text)
  expect(JSON.stringify({ value: writtenNumber('62.50') })).toBe('{"value":62.50}')
  expect(writtenNumber('62.5')).toBe(62.5)
})

test('any JSON is the same value after reading, numbers and all', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(JSON.stringify(parseJson(text)))).toEqual(JSON.parse(text))
    }),
  )
})
