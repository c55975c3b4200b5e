import { readFileSync } from 'node:fs'
import { numberOrNull, once, readTable, textOrNull } from './csv.ts'

/** An administrative unit as it stood between two days. Codes are reused: only code and day together name it. */
export interface Unit {
  /** 2, 3 or 5 digits of the statistics office: province, district, ward. */
  readonly code: string
  readonly name: string
  readonly nameEn: string
  readonly level: 'province' | 'district' | 'ward'
  /** Code of the district until 2025-06-30, of the province since. */
  readonly parent: string | null
  /** First and last day, YYYY-MM-DD; null: before 2021, and still standing. */
  readonly from: string | null
  readonly to: string | null
  /** Residents as the founding resolution counted them; null where no count is published. */
  readonly population: number | null
  readonly lat: number | null
  readonly lon: number | null
}

/** What became of a unit: where its ground lies now, and whether all of it went there. */
export interface Successor {
  readonly ward: Unit
  readonly whole: boolean
}

const LEVELS = { province: 'province', district: 'district', ward: 'ward' } as const
const isLevel = (level: string): level is Unit['level'] => level in LEVELS

function unitOf(row: Readonly<Record<(typeof UNIT_COLUMNS)[number], string>>): Unit {
  if (!isLevel(row.level)) throw new SyntaxError(`admin-units.csv: level of ${row.code}`)
  return {
    code: row.code,
    name: row.name_vi,
    nameEn: row.name_en,
    level: row.level,
    parent: textOrNull(row.parent_code),
    from: textOrNull(row.valid_from),
    to: textOrNull(row.valid_to),
    population: numberOrNull(row.population),
    lat: numberOrNull(row.lat),
    lon: numberOrNull(row.lon),
  }
}

const UNIT_COLUMNS = [
  'code',
  'name_vi',
  'name_en',
  'type_vi',
  'level',
  'parent_code',
  'valid_from',
  'valid_to',
  'population',
  'lat',
  'lon',
] as const

const units = once(() =>
  Map.groupBy(readTable('admin-units.csv', UNIT_COLUMNS).map(unitOf), (unit) => unit.code),
)

const successions = once(() =>
  Map.groupBy(
    readTable('admin-unit-succession.csv', ['old_code', 'new_code', 'effective', 'kind']),
    (row) => `${row.old_code} ${row.effective}`,
  ),
)

const stands = (unit: Unit, day: string): boolean =>
  (unit.from === null || unit.from <= day) && (unit.to === null || day <= unit.to)

/** The province, district or ward that carried a code on a day (YYYY-MM-DD); undefined where none did. */
export function unitAt(code: string, day: string): Unit | undefined {
  return units()
    .get(code)
    ?.find((unit) => stands(unit, day))
}

/** The ward, commune or special zone that carried a 5-digit code on a day (YYYY-MM-DD). */
export function wardAt(code: string, day: string): Unit | undefined {
  const unit = unitAt(code, day)
  return unit?.level === 'ward' ? unit : undefined
}

/** Every ward standing on a day, by code. */
export function wardsOn(day: string): Unit[] {
  return [...units().values()].flat().filter((unit) => unit.level === 'ward' && stands(unit, day))
}

/** The first days of the divisions that stood one after another, oldest first; null: before the first change. */
export function divisions(): (string | null)[] {
  const days = new Set([...units().values()].flat().map((unit) => unit.from))
  return [...days].sort((a, b) => (a ?? '').localeCompare(b ?? ''))
}

/** Every province, district and ward of the division that stood on a day. */
export const unitsOn = (day: string): Unit[] =>
  [...units().values()].flat().filter((unit) => stands(unit, day))

/** The unit's name with those above it: "Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh". */
export function fullName(unit: Unit, day: string): string {
  const above = unit.parent === null ? undefined : unitAt(unit.parent, day)
  return above ? `${unit.name}, ${fullName(above, day)}` : unit.name
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** One step: a ward without a row in the table of changes kept its ground and its code, changing name or kind only. */
function stepFrom(ward: Unit, ended: string): Successor[] {
  const day = dayAfter(ended)
  const rows = successions().get(`${ward.code} ${day}`) ?? [{ new_code: ward.code, kind: 'continues' }]
  return rows.flatMap((row) => {
    const next = wardAt(row.new_code, day)
    return next ? [{ ward: next, whole: row.kind !== 'partial' }] : []
  })
}

/**
 * Where the ground of a ward lies today.
 *
 * @param code 5 digits, as they were meant on the day
 * @param day YYYY-MM-DD on which the ward carried that code
 * @param until YYYY-MM-DD on which the ground is asked for; today's division where none is said
 * @returns wards standing then, each once, ordered by code; `whole` is false where only a part of the ground went there
 * (the published table gives no shares); empty where no ward carried the code that day
 *
 * @example
 * successors('26911', '2024-05-01') // old ward 27 of Bình Thạnh: [{ ward: Bình Quới, whole: true }]
 */
export function successors(code: string, day: string, until?: string): Successor[] {
  const start = wardAt(code, day)
  if (!start) return []
  const found = new Map<string, Successor>()
  const open: Successor[] = [{ ward: start, whole: true }]
  for (let at = open.pop(); at; at = open.pop()) {
    const { ward, whole } = at
    if (ward.to === null || (until !== undefined && until <= ward.to))
      found.set(ward.code, { ward, whole: whole || found.get(ward.code)?.whole === true })
    else open.push(...stepFrom(ward, ward.to).map((next) => ({ ...next, whole: next.whole && whole })))
  }
  return [...found.values()].sort((a, b) => a.ward.code.localeCompare(b.ward.code))
}

/** TopoJSON text with the shapes of the 168 wards since 2025-07-01 (object `wards`, properties code, name, km2). */
export const wardPolygons = once((): string =>
  readFileSync(new URL('../data/hcm-wards-168.topojson', import.meta.url), 'utf8'),
)
