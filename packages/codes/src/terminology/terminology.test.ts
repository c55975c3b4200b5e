import { expect, test } from 'vitest'
import {
  allConceptMaps,
  allSystems,
  allValueSets,
  chosen,
  conceptOf,
  expand,
  subsumption,
  systemOf,
  valueSetOf,
} from './index.ts'

const TODAY = '2026-11-23'
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

const icd10 = (day = TODAY) => {
  const system = systemOf(ICD10, { day })
  if (!system) throw new Error('no ICD-10')
  return system
}

const found = (url: string, text: string, day = TODAY): string[] => {
  const set = valueSetOf(url, { day })
  if (!set) throw new Error(`no value set ${url}`)
  return expand(set, { text, day }).map(({ concept }) => concept.code)
}

test('which list of diagnoses is meant, the day decides: dengue was A90 and is A97', () => {
  expect(icd10('2026-06-30').version).toBe('2020-10-28')
  expect(icd10().version).toBe('2026-07-01')
  expect(conceptOf(icd10('2026-06-30'), 'A90')?.display).toContain('Dengue')
  expect(conceptOf(icd10(), 'A90')).toBeUndefined()
  expect(systemOf(ICD10, { version: '1999', day: TODAY })).toBeUndefined()
})

test('a doctor finds a diagnosis by words without marks, with marks, in small letters, or by the beginning of its code', () => {
  const url = 'urn:sokhoe:valueset:icd-10'
  for (const words of ['dai thao duong', 'Đái tháo đường', 'DAI THAO', 'e11'])
    expect(found(url, words), words).toContain('E11.9')
  expect(found(url, 'E11')[0]).toBe('E11')
  expect(found(url, 'e119')).toContain('E11.9')
  expect(found(url, 'tang huyet ap')).toContain('I10')
  expect(found(url, 'đái tháo đường').slice(0, 8)).toContain('E11')
  expect(found(url, 'zzzz')).toEqual([])
  // headings are no diagnoses
  expect(found(url, 'E10-E14')).not.toContain('E10-E14')
})

test('what is written with its marks goes before what only sounds alike', () => {
  const [first] = expand({ include: [{ system: ICD10 }] }, { text: 'sốt', day: TODAY })
  expect(first?.concept.display.toLowerCase()).toContain('sốt')
})

test('a finer diagnosis stands under the coarser one, its block and its chapter', () => {
  expect(subsumption(icd10(), 'E11', 'E11.9')).toBe('subsumes')
  expect(subsumption(icd10(), 'E11.9', 'E10-E14')).toBe('subsumed-by')
  expect(subsumption(icd10(), 'E11.9', 'IV')).toBe('subsumed-by')
  expect(subsumption(icd10(), 'E11.9', 'I10')).toBe('not-subsumed')
  expect(subsumption(icd10(), 'E11.9', 'E11.9')).toBe('equivalent')
})

test('every code stands under something that is there, and no way up goes in a circle', () => {
  for (const system of allSystems()) {
    const codes = new Set(system.concepts().map(({ code }) => code))
    expect(codes.size, system.id).toBe(system.concepts().length)
    for (const { code, parent, display } of system.concepts()) {
      expect(display, `${system.id} ${code}`).not.toBe('')
      if (parent !== undefined) expect(codes.has(parent), `${system.id} ${code} under ${parent}`).toBe(true)
    }
  }
})

test('ids and addresses with version name one thing each', () => {
  for (const all of [allSystems(), allValueSets()] as const) {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
    expect(new Set(all.map(({ url, version }) => `${url}|${version}`)).size).toBe(all.length)
    for (const { id } of all) expect(id).toMatch(/^[A-Za-z0-9.-]{1,64}$/)
  }
})

test('a ward’s code means what it meant on the day', () => {
  const name = (day: string) => {
    const set = valueSetOf('urn:sokhoe:codes:wards', { day })
    return set && chosen(set, { system: 'urn:sokhoe:codes:wards', code: '26911', day })?.concept.display
  }
  expect(name('2024-05-01')).toBe('Phường 27')
  expect(name(TODAY)).toBe('Phường Bình Quới')
})

test('maps lead from a short name to LOINC and back, and from one list of diagnoses to the next', () => {
  const map = (id: string) => {
    const one = allConceptMaps().find((each) => each.id === id)
    if (!one) throw new Error(`no map ${id}`)
    return one
  }
  expect(map('lab-test-to-loinc').of('HBA1C')).toEqual([{ code: '4548-4', equivalence: 'equivalent' }])
  expect(map('loinc-to-lab-test').of('4548-4')).toEqual([{ code: 'HBA1C', equivalence: 'equivalent' }])
  const forwards = map('icd-10-2020-10-28-to-icd-10-2026-07-01')
  expect(forwards.of('E11.9')).toEqual([{ code: 'E11.9', equivalence: 'equivalent' }])
  expect(forwards.of('A90')).toEqual([{ code: 'A97', equivalence: 'inexact' }])
  expect(forwards.of('C83.2')).toEqual([{ code: 'C83', equivalence: 'wider' }])
  expect(forwards.of('not a code')).toEqual([])
  for (const each of allConceptMaps())
    for (const [code, target] of each.pairs()) {
      expect(systemHas(each.from, code), `${each.id} ${code}`).toBe(true)
      expect(
        systemHas(each.to, target.code) || each.to.system.includes('atc'),
        `${each.id} ${target.code}`,
      ).toBe(true)
    }
})

function systemHas({ system, version }: { system: string; version?: string }, code: string): boolean {
  const one = systemOf(system, { version, day: TODAY })
  return one !== undefined && conceptOf(one, code) !== undefined
}
