import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseCsv } from './csv.ts'

const quote = (field: string): string => `"${field.replaceAll('"', '""')}"`

test('whatever is written as a table is read back field by field', () => {
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((width) =>
      fc.array(fc.array(fc.string(), { minLength: width, maxLength: width }), { minLength: 1 }),
    )
  fc.assert(
    fc.property(table, (rows) => {
      const text = `${rows.map((row) => row.map(quote).join(',')).join('\n')}\n`
      expect(parseCsv(text)).toEqual(rows)
    }),
  )
})

test('a table without a last line break, or with empty fields, loses nothing', () => {
  expect(parseCsv('a,b\n1,\n,2')).toEqual([
    ['a', 'b'],
    ['1', ''],
    ['', '2'],
  ])
  expect(parseCsv('')).toEqual([])
})

test.each(['a,b\n1\n', 'a\n"open\n', 'a\nx"y\n', 'a\r\nb\r\n', 'a\n"x"y\n'])(
  'the broken table %j is refused, not half read',
  (text) => {
    expect(() => parseCsv(text)).toThrow(SyntaxError)
  },
)
