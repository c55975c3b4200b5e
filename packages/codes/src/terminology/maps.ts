import { once } from '../csv.ts'
import { allLabTests, labTestByLoinc, labTestOf } from '../labtests.ts'
import { allVaccines, vaccineOf } from '../vaccines.ts'
import { above, conceptOf } from './find.ts'
import { icd10Systems } from './icd10-systems.ts'
import { ATC, CVX, LAB_TEST, LOINC, VACCINE } from './list-systems.ts'
import type { ConceptMap, System, Target } from './system.ts'

const equivalent = (code: string): Target => ({ code, equivalence: 'equivalent' })

function pairsOf(codes: readonly string[], of: ConceptMap['of']): ReturnType<ConceptMap['pairs']> {
  return codes.flatMap((code) => of(code).map((target) => [code, target] as const))
}

const named = (from: string, to: string, [title, english]: readonly [string, string]) => ({
  id: `${from}-to-${to}`,
  url: `urn:sokhoe:conceptmap:${from}-to-${to}`,
  title,
  english,
})

const testToLoinc = (code: string): Target[] => {
  const test = labTestOf(code)
  return test ? [equivalent(test.loinc)] : []
}

const loincToTest = (loinc: string): Target[] => {
  const test = labTestByLoinc(loinc)
  return test ? allLabTests().flatMap((one) => (one.loinc === loinc ? [equivalent(one.code)] : [])) : []
}

const vaccineTo =
  (part: 'cvx' | 'atc') =>
  (code: string): Target[] => {
    const target = vaccineOf(code)?.[part]
    return target ? [equivalent(target)] : []
  }

const toVaccine =
  (part: 'cvx' | 'atc') =>
  (code: string): Target[] =>
    allVaccines().flatMap((one) => (one[part] === code ? [equivalent(one.code)] : []))

/** Dengue: A90 ended when A97 began; the codes under A97 ask for a warning sign, of which A90 says nothing. */
const MOVED: Readonly<Record<string, Target>> = { A90: { code: 'A97', equivalence: 'inexact' } }

/** The code itself where the other list has it; else where it moved; else the nearest above it that the list has. */
function toList(from: System, to: System): ConceptMap['of'] {
  const has = (code: string): boolean => isIn(to, code) && !conceptOf(to, code)?.heading
  return (code) => {
    if (!isIn(from, code) || conceptOf(from, code)?.heading) return []
    if (has(code)) return [equivalent(code)]
    const moved = MOVED[code]
    if (moved && has(moved.code)) return [moved]
    const nearest = above(from, code).find(has)
    return nearest === undefined ? [] : [{ code: nearest, equivalence: 'wider' }]
  }
}

const isIn = (system: System, code: string): boolean => conceptOf(system, code) !== undefined

/** From one list of diagnoses to the next, and back. */
function listMap(from: System, to: System): ConceptMap {
  const of = toList(from, to)
  return {
    ...named(from.id, to.id, [
      'ICD-10: danh mục này sang danh mục kia',
      'ICD-10: from one list to the other',
    ]),
    from: placeOf(from),
    to: placeOf(to),
    of,
    pairs: () =>
      pairsOf(
        from.concepts().flatMap(({ code }) => (isIn(to, code) ? [] : [code])),
        of,
      ),
  }
}

const placeOf = ({ url, version }: System): ConceptMap['from'] => ({
  system: url,
  ...(version !== undefined && { version }),
})

function simpleMap(
  [from, fromUrl]: readonly [string, string],
  [to, toUrl]: readonly [string, string],
  words: readonly [string, string],
  { codes, of }: { readonly codes: () => readonly string[]; readonly of: ConceptMap['of'] },
): ConceptMap {
  return {
    ...named(from, to, words),
    from: { system: fromUrl },
    to: { system: toUrl },
    of,
    pairs: () => pairsOf(codes(), of),
  }
}

const vaccineCodes = () => allVaccines().map(({ code }) => code)
const codesOfVaccines = (part: 'cvx' | 'atc') => () => [
  ...new Set(allVaccines().flatMap((one) => one[part] ?? [])),
]

const TEST = ['lab-test', LAB_TEST] as const
const OURS = ['vaccine', VACCINE] as const

/** Every concept map of this package. */
export const allConceptMaps = once((): readonly ConceptMap[] => {
  const [old, now] = icd10Systems()
  return [
    simpleMap(TEST, ['loinc', LOINC], ['Xét nghiệm sang LOINC', 'Laboratory tests to LOINC'], {
      codes: () => allLabTests().map(({ code }) => code),
      of: testToLoinc,
    }),
    simpleMap(['loinc', LOINC], TEST, ['LOINC sang xét nghiệm', 'LOINC to laboratory tests'], {
      codes: () => [...new Set(allLabTests().map(({ loinc }) => loinc))],
      of: loincToTest,
    }),
    simpleMap(OURS, ['cvx', CVX], ['Vắc xin sang CVX', 'Vaccines to CVX'], {
      codes: vaccineCodes,
      of: vaccineTo('cvx'),
    }),
    simpleMap(OURS, ['atc', ATC], ['Vắc xin sang ATC', 'Vaccines to ATC'], {
      codes: vaccineCodes,
      of: vaccineTo('atc'),
    }),
    simpleMap(['cvx', CVX], OURS, ['CVX sang vắc xin', 'CVX to vaccines'], {
      codes: codesOfVaccines('cvx'),
      of: toVaccine('cvx'),
    }),
    ...(old && now ? [listMap(old, now), listMap(now, old)] : []),
  ]
})
