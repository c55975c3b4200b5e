import { once, readTable } from './csv.ts'

/** What people are allergic to. */
export interface Allergen {
  readonly code: string
  readonly kind: 'drug' | 'vaccine' | 'food' | 'environment' | 'insect' | 'contact'
  readonly name: string
  readonly nameEn: string
  /** Beginnings of the ATC codes of the medicines it stands for; none for what is not a medicine. */
  readonly atc: readonly string[]
}

const KINDS = ['drug', 'vaccine', 'food', 'environment', 'insect', 'contact'] as const

function kindOf(text: string): Allergen['kind'] {
  const kind = KINDS.find((one) => one === text)
  if (!kind) throw new SyntaxError(`allergens.csv: kind ${text}`)
  return kind
}

const allergens = once(() => {
  const rows = readTable('allergens.csv', ['code', 'kind', 'name_vi', 'name_en', 'atc_prefixes'])
  return new Map<string, Allergen>(
    rows.map((row) => [
      row.code,
      {
        code: row.code,
        kind: kindOf(row.kind),
        name: row.name_vi,
        nameEn: row.name_en,
        atc: row.atc_prefixes.split('|').filter((prefix) => prefix !== ''),
      },
    ]),
  )
})

export function allergenOf(code: string): Allergen | undefined {
  return allergens().get(code)
}

export function allAllergens(): Allergen[] {
  return [...allergens().values()]
}
