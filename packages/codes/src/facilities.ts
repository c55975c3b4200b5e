import { once, readTable, textOrNull } from './csv.ts'
import type { Unit } from './wards.ts'

/** A hospital, clinic or ward health station of the city. */
export interface Facility {
  /** This product's own name for it: no public list of the ministry's facility codes exists. */
  readonly id: string
  readonly name: string
  /** national, city, district, commune, private, military, police */
  readonly tier: string
  readonly kind: string
  readonly street: string | null
  /** Ward code as of 2025-07-01; known for ward health stations only. */
  readonly ward: string | null
}

const facilities = once(() => {
  const rows = readTable('facilities-hcmc.csv', [
    'local_id',
    'name_vi',
    'tier',
    'kind',
    'street',
    'ward_code_2025',
  ])
  return new Map<string, Facility>(
    rows.map((row) => [
      row.local_id,
      {
        id: row.local_id,
        name: row.name_vi,
        tier: row.tier,
        kind: row.kind,
        street: textOrNull(row.street),
        ward: textOrNull(row.ward_code_2025),
      },
    ]),
  )
})

export function facilityOf(id: string): Facility | undefined {
  return facilities().get(id)
}

/** Every facility, in the order of the list: hospitals first, then the stations by ward. */
export function allFacilities(): Facility[] {
  return [...facilities().values()]
}

/** The health station of a ward of 2025-07-01 or later. */
export function stationOf(ward: string): Facility | undefined {
  return facilities().get(`TYT-${ward}`)
}

/** What the station of a ward is called where no list names it. */
export const stationName = ({ code, name }: Unit): string =>
  stationOf(code)?.name ?? `Trạm Y tế ${name.replace(/^P/, 'p').replace(/^X/, 'x').replace(/^Đ/, 'đ')}`
