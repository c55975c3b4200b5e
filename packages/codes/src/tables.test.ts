import { expect, test } from 'vitest'
import {
  agePyramid,
  allAllergens,
  allergenOf,
  allFacilities,
  allLabTests,
  allVaccines,
  facilityOf,
  familyNames,
  givenNames,
  labTestByLoinc,
  labTestOf,
  medicinesOf,
  namePairs,
  prevalences,
  restrictedCodes,
  seasons,
  stationOf,
  vaccineOf,
  wardsOn,
} from './index.ts'

test('every ward of today has its health station', () => {
  const without = wardsOn('2026-11-23').filter((ward) => stationOf(ward.code)?.ward !== ward.code)
  expect(without).toEqual([])
  expect(allFacilities().length).toBe(218)
  expect(facilityOf('HCM-001')?.name).toBe('Bệnh viện Chợ Rẫy')
})

test('penicillin allergy points to the penicillins and prawn allergy to no medicine', () => {
  expect(allergenOf('ALG001')).toMatchObject({ name: 'Penicilin', atc: ['J01C'] })
  expect(allergenOf('ALG036')).toMatchObject({ name: 'Tôm', kind: 'food', atc: [] })
  expect(allAllergens()).toHaveLength(68)
})

test('HbA1c is known by its short name and by LOINC, with its unit', () => {
  expect(labTestOf('HBA1C')).toMatchObject({ loinc: '4548-4', unit: '%' })
  expect(labTestByLoinc('14771-0')?.code).toBe('GLUF')
  expect(labTestOf('HBSAG')?.unit).toBeNull()
})

const loincDigit = (digits: string): number => {
  const sum = [...digits].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

test('every LOINC code carries its right check digit', () => {
  const restricted = restrictedCodes('2026-11-23').filter(({ system }) => system === 'loinc')
  const codes = [...allLabTests().map(({ loinc }) => loinc), ...restricted.map(({ code }) => code)]
  const wrong = codes.filter((code) => {
    const [digits = '', check = ''] = code.split('-')
    return loincDigit(digits) !== Number(check)
  })
  expect(wrong).toEqual([])
})

test('amlodipine is C08CA01 and an unknown ATC code has no medicine', () => {
  expect(medicinesOf('C08CA01')).toMatchObject([{ inn: 'amlodipine' }])
  expect(medicinesOf('Z99')).toEqual([])
})

test('the vaccine against measles and rubella names both diseases', () => {
  expect(vaccineOf('MR2')).toMatchObject({ cvx: '04', targets: ['B05', 'B06'] })
  expect(allVaccines().length).toBe(43)
})

test('the age pyramid adds up to all residents and covers every age once', () => {
  const bands = agePyramid()
  const total = bands.reduce((sum, band) => sum + band.male + band.female, 0)
  expect(total).toBeCloseTo(100, 0)
  expect(bands.map((band) => band.from)).toEqual(bands.map((_, at) => at * 5))
  expect(bands.at(-1)?.to).toBe(99)
})

test('names are whole words in Vietnamese letters', () => {
  const names = [
    ...familyNames().map((name) => name.is),
    ...givenNames().map((name) => name.is.name),
    ...namePairs.male(),
    ...namePairs.female(),
  ]
  expect(names.length).toBeGreaterThan(2500)
  const word = '[A-ZĐÀ-Ỹ][a-zđà-ỹ]*'
  expect(
    names.filter((name) => !new RegExp(`^${word}( ${word})*$`).test(name) || /[øûï]/.test(name)),
  ).toEqual([])
})

test('each prevalence is a percentage and says whether it was surveyed or assumed', () => {
  const rows = prevalences()
  expect(rows.filter((row) => !(row.percent > 0 && row.percent < 100 && row.from < row.to))).toEqual([])
  expect(new Set(rows.map((row) => row.basis))).toEqual(new Set(['survey', 'assumption']))
})

test('dengue peaks in the rains and twelve months are given for every disease', () => {
  const dengue = seasons().find((season) => season.disease === 'dengue')
  expect((dengue?.months[10] ?? 0) / (dengue?.months[3] ?? 1)).toBeGreaterThan(3)
  expect(seasons().every((season) => season.months.length === 12)).toBe(true)
})
