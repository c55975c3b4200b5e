import fc from 'fast-check'
import { expect, test } from 'vitest'
import { icd10At, icd10Code, icd10Name } from './icd10.ts'

test('type 2 diabetes is found however its code is typed', () => {
  for (const typed of ['E11.9', 'e119', ' E11.9 '])
    expect(icd10At(typed, '2026-11-01')).toMatchObject({ code: 'E11.9', chapter: 'IV', block: 'E10-E14' })
})

test('dengue fever A90 was in the list until June 2026; since July it is A97', () => {
  expect(icd10At('A90', '2026-06-30')).toMatchObject({ code: 'A90' })
  expect(icd10At('A90', '2026-07-01')).toBe('not-in-force')
  expect(icd10At('A97', '2026-07-01')).toMatchObject({ notifiable: 'B' })
})

test('a diagnosis before the oldest list is read in the oldest list', () => {
  expect(icd10At('A90', '2015-01-01')).toMatchObject({ code: 'A90' })
})

test('a code in no list is unknown, and has no name', () => {
  expect(icd10At('X99.99', '2026-07-01')).toBe('unknown')
  expect(icd10Name('X99.99')).toBeUndefined()
})

test('a pregnancy code is for women only and a category points to finer codes', () => {
  expect(icd10At('O24.4', '2026-07-01')).toMatchObject({ onlySex: 'female' })
  expect(icd10At('E11', '2026-07-01')).toMatchObject({ hasFiner: true })
  expect(icd10Name('i10')).toBe('Bệnh tăng huyết áp vô căn (nguyên phát)')
})

test('writing a code in the common form twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(icd10Code(icd10Code(text))).toBe(icd10Code(text))
    }),
  )
})
