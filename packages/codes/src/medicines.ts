import { once, readTable, textOrNull } from './csv.ts'

/** An active ingredient, or a fixed combination. */
export interface Medicine {
  readonly atc: string
  /** Vietnamese name of the ingredient. */
  readonly name: string
  readonly inn: string
  /** The ministry's ingredient code ("40.666"), where it is known. */
  readonly moh: string | null
}

const medicines = once((): Map<string, Medicine[]> => {
  const rows = readTable('medicines.csv', ['name_vi', 'inn_en', 'atc', 'moh_code'])
  return Map.groupBy(
    rows.map((row) => ({ atc: row.atc, name: row.name_vi, inn: row.inn_en, moh: textOrNull(row.moh_code) })),
    (medicine) => medicine.atc,
  )
})

/** The medicines that share an ATC code: mostly one, some in two spellings or salts; none for an unknown code. */
export function medicinesOf(atc: string): readonly Medicine[] {
  return medicines().get(atc) ?? []
}

export function allMedicines(): Medicine[] {
  return [...medicines().values()].flat()
}
