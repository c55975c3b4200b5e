import { expect, test } from 'vitest'
import { fullName, successors, wardAt, wardsOn } from './wards.ts'

test('the code 26911 was ward 27 of Bình Thạnh and is Bình Quới since July 2025', () => {
  expect(wardAt('26911', '2025-06-30')?.name).toBe('Phường 27')
  expect(wardAt('26911', '2025-07-01')?.name).toBe('Phường Bình Quới')
})

test('the code 26929 named three wards, one after the other', () => {
  const names = ['2024-12-31', '2025-01-01', '2025-07-01'].map((day) => wardAt('26929', day)?.name)
  expect(names).toEqual(['Phường 24', 'Phường 14', 'Phường Bình Thạnh'])
})

test('a ward is told with the district of its day, and without one since districts ended', () => {
  const told = (day: string) => {
    const ward = wardAt('26911', day)
    return ward && fullName(ward, day)
  }
  expect(told('2024-05-01')).toBe('Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh')
  expect(told('2026-05-01')).toBe('Phường Bình Quới, Thành phố Hồ Chí Minh')
})

test('old wards 27 and 28 of Bình Thạnh both lie in Bình Quới now', () => {
  for (const code of ['26911', '26962'])
    expect(successors(code, '2024-05-01')).toMatchObject([{ whole: true, ward: { code: '26911', to: null } }])
})

test('old ward 24 of Bình Thạnh reaches today through ward 14', () => {
  expect(successors('26929', '2024-05-01')).toMatchObject([
    { whole: true, ward: { name: 'Phường Bình Thạnh' } },
  ])
})

test('the city has 168 wards since July 2025, each with residents counted, and 322 old ones are gone', () => {
  const now = wardsOn('2026-11-23')
  expect(now).toHaveLength(168)
  expect(now.every((ward) => (ward.population ?? 0) > 1000 && ward.parent === '79')).toBe(true)
  expect(wardsOn('2025-06-30').length).toBeGreaterThan(400)
})

test('on any day a code names at most one ward, and a standing ward succeeds itself', () => {
  for (const day of ['2019-06-01', '2023-06-01', '2025-03-01', '2026-06-01']) {
    const codes = wardsOn(day).map((ward) => ward.code)
    expect(new Set(codes).size).toBe(codes.length)
  }
  for (const ward of wardsOn('2026-06-01'))
    expect(successors(ward.code, '2026-06-01')).toEqual([{ ward, whole: true }])
})

test('every ward of June 2025 leads to wards that stand today', () => {
  for (const ward of wardsOn('2025-06-30')) {
    const found = successors(ward.code, '2025-06-30')
    expect(found.length, ward.code).toBeGreaterThan(0)
    expect(found.every((next) => next.ward.to === null)).toBe(true)
  }
})

test('a code that never was, or not yet, has no ward and no successor', () => {
  expect(wardAt('99999', '2026-01-01')).toBeUndefined()
  expect(wardAt('79', '2026-01-01')).toBeUndefined()
  expect(successors('26732', '2025-06-30')).toEqual([])
})
