import { expect, test } from 'vitest'
import { allLabTests, allMedicines } from './index.ts'
import { isRestricted, restrictedCodes } from './restricted.ts'

const today = '2026-11-23'

test.each([
  'B20',
  'B20.1',
  'b200',
  'B24',
  'Z21',
  'R75',
  'O98.7',
  'Z11.4',
  'J05AR10',
  'J05AJ03',
  '56888-1',
  '20447-9',
  '25835-0',
  '75622-1',
  'J05AX08',
  '79019005',
  '86406008',
  '165816005',
])('%s tells HIV status and is restricted', (code) => {
  expect(isRestricted(code, today)).toBe(true)
})

test.each([
  'I10',
  'E11.9',
  'B25',
  'Z20',
  'Z11',
  'Z83',
  'B18.1',
  '4548-4',
  'J05AF10',
  'J05AF07',
  'J05AE30',
  '',
])('%j says nothing of HIV and is not restricted', (code) => {
  expect(isRestricted(code, today)).toBe(false)
})

test('a fact from before the law is restricted all the same when it is read today', () => {
  expect(isRestricted('B24', '2005-01-01')).toBe(true)
})

test('every HIV test of the laboratory list is restricted', () => {
  const tests = allLabTests().filter((one) => /HIV/.test(one.name))
  expect(tests.length).toBeGreaterThan(1)
  expect(tests.filter((one) => !isRestricted(one.loinc, today))).toEqual([])
})

test('medicines given for HIV alone are restricted, those for hepatitis B and influenza are not', () => {
  const named = (pattern: RegExp) => allMedicines().filter((one) => pattern.test(one.inn))
  const given = named(/^(efavirenz|nevirapine|dolutegravir|zidovudine|abacavir|lopinavir)/)
  expect(given).toHaveLength(6)
  expect(given.every((one) => isRestricted(one.atc, today))).toBe(true)
  expect(
    named(/^(entecavir|oseltamivir|tenofovir alafenamide)$/).some((one) => isRestricted(one.atc, today)),
  ).toBe(false)
})

test('each rule names the law it stands on', () => {
  const rules = restrictedCodes(today)
  expect(rules.length).toBeGreaterThan(20)
  expect(rules.every((rule) => /^Law 71\/2020/.test(rule.source))).toBe(true)
})
