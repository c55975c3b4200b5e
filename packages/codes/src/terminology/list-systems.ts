import { type Allergen, allAllergens } from '../allergens.ts'
import { once } from '../csv.ts'
import { allLabTests, type LabTest } from '../labtests.ts'
import { allMedicines, type Medicine } from '../medicines.ts'
import { allVaccines, type Vaccine } from '../vaccines.ts'
import type { Concept, System } from './system.ts'

export const LOINC = 'http://loinc.org'
export const LAB_TEST = 'urn:sokhoe:code:lab-test'
export const ATC = 'http://www.whocc.no/atc'
export const VACCINE = 'urn:sokhoe:code:vaccine'
export const CVX = 'http://hl7.org/fhir/sid/cvx'
export const ALLERGEN = 'urn:sokhoe:code:allergen'

const known = (properties: Readonly<Record<string, string | null>>): Concept['properties'] =>
  Object.entries(properties).flatMap(([code, value]) => (value ? [{ code, value }] : []))

const labTest = (test: LabTest): Concept => ({
  code: test.code,
  display: test.name,
  english: test.nameEn,
  properties: known({ loinc: test.loinc, unit: test.unit, group: test.group }) ?? [],
})

const loincTest = (test: LabTest): Concept => ({
  code: test.loinc,
  display: test.name,
  english: test.nameEn,
  properties: known({ test: test.code, unit: test.unit }) ?? [],
})

/** One ingredient may be listed in several spellings and salts: the first is shown, the others found. */
function medicine(atc: string, [first, ...others]: readonly [Medicine, ...Medicine[]]): Concept {
  return {
    code: atc,
    display: first.name,
    ...(first.inn && { english: first.inn }),
    ...(others.length > 0 && { others: [...new Set(others.map((other) => other.name))] }),
    properties: known({ moh: first.moh }) ?? [],
  }
}

/** @returns for each key what has it, in order */
function byKey<T>(all: readonly T[], keyOf: (one: T) => string): [string, [T, ...T[]]][] {
  return [...Map.groupBy(all, keyOf)].flatMap(([key, [first, ...rest]]) =>
    first === undefined ? [] : [[key, [first, ...rest]] as [string, [T, ...T[]]]],
  )
}

const vaccine = (one: Vaccine): Concept => ({
  code: one.code,
  display: one.name,
  english: one.nameEn,
  properties: known({ cvx: one.cvx, atc: one.atc, doses: one.doses }) ?? [],
})

function cvx(code: string, [first, ...others]: readonly [Vaccine, ...Vaccine[]]): Concept {
  return {
    code,
    display: first.name,
    english: first.nameEn,
    ...(others.length > 0 && { others: others.map((other) => other.name) }),
  }
}

const allergen = (one: Allergen): Concept => ({
  code: one.code,
  display: one.name,
  english: one.nameEn,
  properties: [{ code: 'kind', value: one.kind }],
})

const fragment = (url: string, id: string, [title, english]: readonly [string, string]) =>
  ({ url, id, title, english, content: 'fragment' }) as const

const own = (url: string, id: string, [title, english]: readonly [string, string]) =>
  ({ url, id, title, english, content: 'complete', version: '2026-11' }) as const

export const listSystems: readonly System[] = [
  {
    ...fragment(LOINC, 'loinc', ['LOINC: xét nghiệm và đo đạc dùng ở đây', 'LOINC: tests used here']),
    aliases: ['urn:oid:2.16.840.1.113883.6.1'],
    concepts: once(() => byKey(allLabTests(), (test) => test.loinc).map(([, [first]]) => loincTest(first))),
  },
  {
    ...own(LAB_TEST, 'lab-test', ['Xét nghiệm', 'Laboratory tests']),
    concepts: once(() => allLabTests().map(labTest)),
  },
  {
    ...fragment(ATC, 'atc', ['ATC: thuốc dùng ở đây', 'ATC: medicines used here']),
    aliases: ['urn:oid:2.16.840.1.113883.6.73'],
    concepts: once(() => byKey(allMedicines(), ({ atc }) => atc).map(([atc, all]) => medicine(atc, all))),
  },
  {
    ...own(VACCINE, 'vaccine', ['Vắc xin', 'Vaccines']),
    aliases: ['urn:sokhoe:vaccine'],
    concepts: once(() => allVaccines().map(vaccine)),
  },
  {
    ...fragment(CVX, 'cvx', ['CVX: vắc xin dùng ở đây', 'CVX: vaccines used here']),
    aliases: ['urn:oid:2.16.840.1.113883.12.292'],
    concepts: once(() =>
      byKey(
        allVaccines().filter((one) => one.cvx !== null),
        (one) => one.cvx ?? '',
      ).map(([code, all]) => cvx(code, all)),
    ),
  },
  {
    ...own(ALLERGEN, 'allergen', ['Dị nguyên', 'Allergens']),
    concepts: once(() => allAllergens().map(allergen)),
  },
]
