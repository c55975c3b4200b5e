import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal, isWrittenNumber, numberOf, parseJson, writeJson } from './index.ts'

const digits = (min: number, max: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: min, maxLength: max }).map((all) => all.join(''))
/** Any number JSON can write, as text. */
const written = fc
  .tuple(
    fc.boolean(),
    fc.oneof(
      fc.constant('0'),
      fc.tuple(fc.integer({ min: 1, max: 9 }), digits(0, 18)).map((p) => p.join('')),
    ),
    fc.oneof(
      fc.constant(''),
      digits(1, 18).map((text) => `.${text}`),
    ),
    fc.oneof(
      fc.constant(''),
      fc.tuple(fc.constantFrom('e', 'E', 'e+', 'E-'), digits(1, 3)).map((p) => p.join('')),
    ),
  )
  .map(([minus, whole, fraction, exponent]) => `${minus ? '-' : ''}${whole}${fraction}${exponent}`)
const text = fc.string({ unit: 'grapheme' }).map((value) => JSON.stringify(value))
/** Any JSON without spaces, as text. */
const { tree } = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.constantFrom('null', 'true', 'false'),
    written,
    text,
    fc.array(tie('tree'), { maxLength: 5 }).map((items) => `[${items.join(',')}]`),
    fc
      .dictionary(
        fc.string().filter((key) => !/^\d+$/.test(key)),
        tie('tree'),
        { maxKeys: 5 },
      )
      .map(
        (all) =>
          `{${Object.entries(all)
            .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
            .join(',')}}`,
      ),
  ),
}))

test('whatever JSON comes in goes out with every number as it was written', () => {
  fc.assert(
    fc.property(tree, (json) => {
      expect(writeJson(parseJson(json))).toBe(json)
    }),
    { numRuns: 500 },
  )
})

test('spaces between are all that may change', () => {
  expect(writeJson(parseJson(' { "a" : [ 1.0 ,\n2 ] , "b" : "x : {1.50" } '))).toBe(
    '{"a":[1.0,2],"b":"x : {1.50"}',
  )
})

test('a laboratory value keeps its precision and can still be reckoned with', () => {
  const { value } = parseJson('{"value":7.80}') as { value: unknown }
  expect(isWrittenNumber(value)).toBe(true)
  expect(numberOf(value)).toBe(7.8)
  expect(writeJson({ value })).toBe('{"value":7.80}')
  expect(writeJson([decimal('10.00'), decimal('10')])).toBe('[10.00,10]')
  expect(numberOf('7.8')).toBeUndefined()
})

test.each([
  ['a text cut short', '{"name":"Lan', 'not-json'],
  ['a text with an open end', '{"a":1', 'not-json'],
  ['a number no JSON knows', '[01]', 'not-json'],
  ['nothing at all', '', 'not-json'],
  ['a key given twice', '{"id":1,"id":2}', 'duplicate-key'],
  ['a key given twice in two spellings', '{"id":1,"\\u0069d":2}', 'duplicate-key'],
  ['half a character', '["\\ud83d"]', 'lone-surrogate'],
  ['half a character in a key', '{"\\uDC00":1}', 'lone-surrogate'],
  ['half a character written plainly', '["\ud83d"]', 'lone-surrogate'],
  ['a bottomless text', '['.repeat(65) + ']'.repeat(65), 'too-deep'],
])('%s is refused by name, and the refusal quotes nothing', (_, json, code) => {
  expect(() => parseJson(json)).toThrow(new SyntaxError(code))
})

test('a text larger than allowed is refused before it is read', () => {
  expect(() => parseJson('[1,2,3]', { length: 6 })).toThrow('too-large')
  expect(parseJson('[1,2,3]', { length: 7 })).toEqual([1, 2, 3])
})

test('a key named __proto__ is a key like any other', () => {
  const value = parseJson('{"__proto__":{"admin":true},"n":1.0}')
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
  expect(Object.keys(value as object)).toEqual(['__proto__', 'n'])
  expect(writeJson(value)).toBe('{"__proto__":{"admin":true},"n":1.0}')
})

test('what only looks like a number, or stands where a name should, is no JSON', () => {
  for (const text of [
    '{1.0:2}',
    '[01.0]',
    '[1.]',
    '[1.0.0]',
    '[-]',
    '[1e5.0]',
    '[+1.0]',
    '[1.0 2.0]',
    '["a"1.0]',
    '1.0 1.0',
  ])
    expect(() => parseJson(text), text).toThrow('not-json')
  expect(writeJson(parseJson('[1.0,{"a":[-0,1E5,-1.50e-7,0.10]},1e400,12345678901234567890]'))).toBe(
    '[1.0,{"a":[-0,1E5,-1.50e-7,0.10]},1e400,12345678901234567890]',
  )
})
