import { expect, test } from 'vitest'
import { pastDays } from './asked.ts'
import { sayCount, sayMany, sayShare, shortName } from './numbers.ts'

test('a share is rounded down, and somebody is never told as nobody', () => {
  expect([0, 0.0001, 0.8996, 0.9, 1.0234].map(sayShare)).toEqual([
    '0,0%',
    '<0,1%',
    '89,9%',
    '90,0%',
    '102,3%',
  ])
})

test('people are told with the dots of Vietnamese, few as few, many in millions', () => {
  expect([sayCount(1234), sayCount('few'), sayCount(null)]).toEqual(['1.234', 'dưới 5', 'dưới 5'])
  expect([sayMany(999_999), sayMany(14_544_929)]).toEqual(['999.999', '14,54 triệu'])
  expect(shortName('Phường Bình Quới')).toBe('P. Bình Quới')
})

test('one looks back to ends of weeks and of months, never before the wards of today', () => {
  const days = pastDays('2026-11-26')
  expect(days.slice(0, 3)).toEqual(['2026-11-22', '2026-11-15', '2026-11-08'])
  expect(days).toContain('2026-10-31')
  expect(days.at(-1)).toBe('2025-11-30')
  expect(pastDays('2025-07-08')).toEqual(['2025-07-06'])
})
