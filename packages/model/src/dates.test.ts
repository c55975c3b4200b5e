import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ageOn, dayInVietnam, daysInMonth, daysOf, isDate, packDate, readDate, sayDate } from './dates.ts'

const date = (text: string) => {
  const reading = readDate(text)
  return reading.ok ? reading.date : reading.reason
}

const realDay = fc
  .tuple(
    fc.integer({ min: 1800, max: 2999 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 31 }),
  )
  .filter(([year, month, day]) => day <= daysInMonth(year, month))
  .map(([year, month, day]) => [year, ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-'))

describe('reading a date as people and cards write it', () => {
  test.each([
    ['15031999', '1999-03-15'],
    ['15/03/1999', '1999-03-15'],
    ['5/3/1999', '1999-03-05'],
    ['5.3.1999', '1999-03-05'],
    [' 05 - 03 - 1999 ', '1999-03-05'],
    ['1999-03-15', '1999-03-15'],
    ['19990315', '1999-03-15'],
    ['20111012', '2011-10-12'],
    ['031999', '1999-03'],
    ['03/1999', '1999-03'],
    ['3/1999', '1999-03'],
    ['1999-03', '1999-03'],
    ['1999', '1999'],
    ['１５/０３/１９９９', '1999-03-15'],
    ['29022000', '2000-02-29'],
  ])('%s is %s', (written, kept) => {
    expect(date(written)).toBe(kept)
  })

  test.each([
    ['31/02/2001', 'impossible'],
    ['29021900', 'impossible'],
    ['00/03/1999', 'impossible'],
    ['132000', 'impossible'],
    ['15/13/1999', 'impossible'],
    ['15/03/1099', 'impossible'],
    ['15/03/99', 'malformed'],
    ['1531999', 'malformed'],
    ['không rõ', 'malformed'],
    ['', 'empty'],
    ['   ', 'empty'],
  ])('%s is refused as %s', (written, reason) => {
    expect(date(written)).toBe(reason)
  })

  test('every real day survives each way of writing it', () => {
    fc.assert(
      fc.property(realDay, fc.constantFrom(10, 7, 4), (day, precision) => {
        const kept = day.slice(0, precision)
        expect([date(kept), date(sayDate(kept)), date(packDate(kept))]).toEqual([kept, kept, kept])
        expect(isDate(kept)).toBe(true)
      }),
    )
  })

  test('whatever is typed, the answer is a real date or a reason', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9/. -]{0,12}$/)), (text) => {
        const reading = readDate(text)
        expect(reading.ok ? isDate(reading.date) : reading.reason !== undefined).toBe(true)
      }),
    )
  })
})

describe('age', () => {
  test.each([
    ['1999-03-15', '2026-03-14', { min: 26, max: 26 }],
    ['1999-03-15', '2026-03-15', { min: 27, max: 27 }],
    ['2008-02-29', '2026-02-28', { min: 17, max: 17 }],
    ['2008-02-29', '2026-03-01', { min: 18, max: 18 }],
    ['1999-03', '2026-03-10', { min: 26, max: 27 }],
    ['1999', '2026-07-01', { min: 26, max: 27 }],
    ['2026', '2026-03-01', { min: 0, max: 0 }],
  ])('born %s, on %s', (birth, day, age) => {
    expect(ageOn(birth, day)).toEqual(age)
  })

  test('before birth there is no age', () => {
    expect(ageOn('2026-03-02', '2026-03-01')).toBeNull()
  })

  test('a less precise birth date only widens the range', () => {
    fc.assert(
      fc.property(realDay, realDay, fc.constantFrom(7, 4), (birth, day, precision) => {
        const exact = ageOn(birth, day)
        const vague = ageOn(birth.slice(0, precision), day)
        if (!exact) return
        expect(vague?.min).toBeLessThanOrEqual(exact.min)
        expect(vague?.max).toBeGreaterThanOrEqual(exact.max)
      }),
    )
  })
})

test('a partial date spans its first to its last day', () => {
  expect(daysOf('2024-02')).toEqual({ first: '2024-02-01', last: '2024-02-29' })
  expect(daysOf('1999')).toEqual({ first: '1999-01-01', last: '1999-12-31' })
})

test('the day changes at midnight in Ho Chi Minh City, not in Greenwich', () => {
  expect(dayInVietnam('2026-03-01T16:59:59.999Z')).toBe('2026-03-01')
  expect(dayInVietnam(new Date('2026-03-01T17:00:00Z'))).toBe('2026-03-02')
  expect(() => dayInVietnam('someday')).toThrow(RangeError)
})
