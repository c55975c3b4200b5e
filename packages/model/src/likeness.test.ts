import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthDay, compareBirthDays } from './datelikeness.ts'
import { isOneSlip, likeness } from './likeness.ts'
import { compareWords, nameWord } from './namewords.ts'

test.each([
  ['lan', 'lam', true],
  ['lan', 'la', true],
  ['lan', 'laan', true],
  ['minh', 'mihn', true],
  ['lan', 'lan', false],
  ['minh', 'mnhi', false],
  ['an', 'binh', false],
])('%s and %s are one slip apart: %s', (a, b, slip) => {
  expect(isOneSlip(a, b)).toBe(slip)
})

const word = fc.stringMatching(/^[a-f]{0,8}$/)

test('how alike two words are is the same from either side, and between 0 and 1', () => {
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(isOneSlip(a, b)).toBe(isOneSlip(b, a))
      expect(likeness(a, b)).toBe(likeness(b, a))
      expect(likeness(a, b)).toBeGreaterThanOrEqual(0)
      expect(likeness(a, b)).toBeLessThanOrEqual(1)
    }),
  )
})

test.each([
  ['Thuỷ', 'THỦY', 'exact'],
  ['Hoàng', 'Huỳnh', 'dialect'],
  ['Võ', 'Vũ', 'dialect'],
  ['Giang', 'Dang', 'dialect'],
  ['Hòa', 'Hóa', 'toneless'],
  ['Lan', 'Lân', 'letters'],
  ['Nguyễn', 'Ng', 'initial'],
  ['Nguyễn', 'Nguyễng', 'dialect'],
  ['Tuấn', 'TTuấn', 'one-slip'],
  ['Thomas', 'Tom', 'dialect'],
  ['Lan', 'Mai', 'different'],
])('%s and %s: %s', (a, b, level) => {
  expect(compareWords(nameWord(a.toLowerCase()), nameWord(b.toLowerCase()), false)).toBe(level)
})

test.each([
  ['1987-03-21', '1987-03-21', 'exact'],
  ['1987-03-21', '1987-21-03', 'day-month-swapped'],
  ['1987-03-21', '1987', 'year-only'],
  ['1987-01-01', '1987', 'year-habit'],
  ['1987-03-21', '1987-03-27', 'one-slip'],
  ['1987-03-21', '1989-03-21', 'one-slip'],
  ['1987-03-21', '1987-03-14', 'two-parts'],
  ['1987-03-21', '1988-11-02', 'near-year'],
  ['1987-03-21', '2012-03-21', 'generation'],
  ['1955-01-01', '1985-01-01', 'generation'],
])('the birth dates %s and %s: %s', (a, b, level) => {
  const [one, other] = [birthDay(a), birthDay(b)]
  expect(one && other && compareBirthDays(one, other)).toBe(level)
  expect(one && other && compareBirthDays(other, one)).toBe(level)
})
