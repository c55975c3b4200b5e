import { once, readTable, textOrNull } from './csv.ts'

/** A vaccine product kind. */
export interface Vaccine {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Code of the CDC's CVX list; null where it has none. */
  readonly cvx: string | null
  readonly atc: string
  /** Doses of a full course as printed: "3", "2+", "1/năm". */
  readonly doses: string
  /** What it protects against, ICD-10 codes or ranges. */
  readonly targets: readonly string[]
}

const vaccines = once(() => {
  const rows = readTable('vaccines.csv', [
    'code',
    'name_vi',
    'name_en',
    'cvx',
    'atc',
    'doses',
    'target_icd10',
  ])
  return new Map<string, Vaccine>(
    rows.map((row) => [
      row.code,
      {
        code: row.code,
        name: row.name_vi,
        nameEn: row.name_en,
        cvx: textOrNull(row.cvx),
        atc: row.atc,
        doses: row.doses,
        targets: row.target_icd10.split(';'),
      },
    ]),
  )
})

export function vaccineOf(code: string): Vaccine | undefined {
  return vaccines().get(code)
}

export function allVaccines(): Vaccine[] {
  return [...vaccines().values()]
}
