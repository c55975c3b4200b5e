import fc from 'fast-check'
import { expect, test } from 'vitest'
import { codeText } from './text.ts'

const code = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, '0'))
const host = fc.oneof(
  fc.domain(),
  fc.ipV4(),
  fc.constantFrom('localhost', 'a123456.vn', '654321.example', 'sokhoe.hochiminhcity.gov.vn'),
)

test('whatever the code and the host, a message holds one group of six digits, and it is the code', () => {
  fc.assert(
    fc.property(code, host, fc.integer({ min: 1, max: 60 }), (code, host, minutes) => {
      const text = codeText(code, host, minutes)
      const groups = text.match(/\d+/g)?.filter((group) => group.length >= 6) ?? []
      return groups.length > 0 && groups.every((group) => group === code)
    }),
  )
})

test('a message says how long the code lasts and to tell it to nobody, and lets the browser fill it in', () => {
  const text = codeText('042917', 'sokhoe.vn', 5)
  expect(text).toContain('5 phút')
  expect(text).toContain('Không đọc mã này cho bất kỳ ai')
  expect(text.split('\n').at(-1)).toBe('@sokhoe.vn #042917')
  expect(text).toBe(text.normalize('NFC'))
  expect(text.length).toBeLessThanOrEqual(134)
})
