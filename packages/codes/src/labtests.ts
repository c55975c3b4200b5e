import { numberOrNull, once, readTable, textOrNull } from './csv.ts'

/** Usual values; every laboratory's own range goes before these. Null: no bound. */
export interface Range {
  readonly low: number | null
  readonly high: number | null
}

/** A laboratory test or measurement. */
export interface LabTest {
  /** This product's short name: "HBA1C". */
  readonly code: string
  readonly group: string
  readonly name: string
  readonly nameEn: string
  readonly loinc: string
  /** UCUM unit of its results; null where the result is not a quantity. */
  readonly unit: string | null
  readonly usual: { readonly male: Range; readonly female: Range }
  readonly result: string
  /** How far the LOINC code was checked: by name, by unit, or by its check digit only. */
  readonly checked: string
}

const COLUMNS = [
  'code',
  'group',
  'name_vi',
  'name_en',
  'loinc',
  'ucum',
  'ref_low_male',
  'ref_high_male',
  'ref_low_female',
  'ref_high_female',
  'result_type',
  'loinc_verified_by',
] as const

const tests = once(
  () =>
    new Map<string, LabTest>(
      readTable('lab-tests.csv', COLUMNS).map((row) => [
        row.code,
        {
          code: row.code,
          group: row.group,
          name: row.name_vi,
          nameEn: row.name_en,
          loinc: row.loinc,
          unit: textOrNull(row.ucum),
          usual: {
            male: { low: numberOrNull(row.ref_low_male), high: numberOrNull(row.ref_high_male) },
            female: { low: numberOrNull(row.ref_low_female), high: numberOrNull(row.ref_high_female) },
          },
          result: row.result_type,
          checked: row.loinc_verified_by,
        },
      ]),
    ),
)

const byLoinc = once(() => new Map([...tests().values()].map((test) => [test.loinc, test])))

export function labTestOf(code: string): LabTest | undefined {
  return tests().get(code)
}

export function labTestByLoinc(loinc: string): LabTest | undefined {
  return byLoinc().get(loinc)
}

export function allLabTests(): LabTest[] {
  return [...tests().values()]
}
