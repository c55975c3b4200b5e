import { expect, test } from 'vitest'
import { readDay } from './days.ts'

test.each([
  ['31/12/2026', '2026-12-31'],
  [' 1.2.2027 ', '2027-02-01'],
  ['05-09-2026', '2026-09-05'],
])('%s is a day', (typed, day) => {
  expect(readDay(typed)).toBe(day)
})

test.each(['29/02/2026', '31/04/2026', '12/31/2026', '2026-12-31', '1/1/26', 'mai', ''])(
  '%s is no day of the calendar as it is written here',
  (typed) => {
    expect(readDay(typed)).toBeUndefined()
  },
)
