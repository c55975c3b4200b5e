import { wardsOn } from '@sokhoe/codes'
import { AGE_BANDS, bandOf } from '@sokhoe/model/ages'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { birthYears } from './counts.ts'
import { districtPlaces, estimated, wardPlaces } from './places.ts'

test('the ages of a place add up to its people, and nobody is estimated where nobody was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_000_000 }), (people) => {
      const each = AGE_BANDS.map(({ band }) => estimated(people, band) ?? Number.NaN)
      const sum = each.reduce((all, one) => all + one, 0)
      // the published shares add up to 100 % but for the last digit; each group is rounded by itself
      expect(Math.abs(sum - people)).toBeLessThanOrEqual(3 + people / 1000)
    }),
  )
  expect(estimated(null, '0-4')).toBeNull()
  expect(estimated(1000, 'unknown')).toBeNull()
  expect(estimated(1000, null)).toBe(1000)
})

test('whoever is born in a year is counted in exactly the group that her age belongs to', () => {
  fc.assert(
    fc.property(
      fc.option(fc.integer({ min: 1896, max: 2026 }), { nil: null }),
      fc.integer({ min: 2026, max: 2040 }),
      (born, year) => {
        const day = `${year}-06-30`
        const inside = [...AGE_BANDS.map(({ band }) => band), 'unknown' as const].filter((band) => {
          const { from, to } = birthYears(band, day)
          return (born ?? 0) >= from && (born ?? 0) <= to
        })
        const old = born !== null && year - born > 130
        if (!old) expect(inside).toEqual([bandOf(born, year)])
      },
    ),
  )
})

test('no ward is counted in two districts, and every one is whole in one, split, or on an island', () => {
  const wards = wardPlaces('2026-01-01').map(({ code }) => code)
  const whole = districtPlaces().flatMap((place) => place.wards)
  const split = new Set(districtPlaces().flatMap((place) => place.split.map(({ code }) => code)))
  expect(new Set(whole).size).toBe(whole.length)
  const left = wards.filter((code) => !whole.includes(code) && !split.has(code))
  expect(
    wardsOn('2026-01-01')
      .filter(({ code }) => left.includes(code))
      .map(({ name }) => name),
  ).toEqual(['Đặc khu Côn Đảo'])
})
