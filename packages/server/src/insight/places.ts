import { agePyramid, fullName, LAST_FORMER_DAY, successors, type Unit, wardAt, wardsOn } from '@sokhoe/codes'
import { AGE_BANDS } from '@sokhoe/model/ages'
import type { AgeBand, Population } from '@sokhoe/model/coverage'
import { districtsOn, LAST_DISTRICT_DAY } from '../directory/index.ts'

/** Wards of today began on this day; nothing was counted before. */
export const FIRST_WARD_DAY = '2025-07-01'

/** Something that coverage is told of: a ward of today, or a ward or district of old. */
export interface Place {
  readonly code: string
  readonly name: string
  readonly wards: readonly string[]
  /** The codes under which its books are counted; those of its wards where none are named. */
  readonly counted?: readonly string[]
  readonly split: readonly { readonly code: string; readonly name: string }[]
}

const wardPlace = ({ code, name }: Unit): Place => ({ code, name, wards: [code], split: [] })

/** @param day on or after 2025-07-01: books are counted where wards stand today */
export const wardPlaces = (day: string): Place[] => wardsOn(day).map(wardPlace)

let districts: readonly Place[] | undefined

/** Districts as they stood last, each with the wards of today that lie wholly inside. */
export function districtPlaces(): readonly Place[] {
  districts ??= districtsOn(LAST_DISTRICT_DAY).map(({ code, name, whole, split }) => ({
    code,
    name,
    wards: whole,
    split: split.map((ward) => ({ code: ward, name: wardAt(ward, FIRST_WARD_DAY)?.name ?? ward })),
  }))
  return districts
}

let oldWards: readonly Place[] | undefined

/** Wards as they stood last before July 2025, each with its district; codes are those of that day. */
export function oldWardPlaces(): readonly Place[] {
  oldWards ??= wardsOn(LAST_FORMER_DAY).map((ward) => ({
    code: ward.code,
    name: fullName(ward, LAST_FORMER_DAY).split(', ').slice(0, 2).join(', '),
    wards: successors(ward.code, LAST_FORMER_DAY).map((next) => next.ward.code),
    counted: [ward.code],
    split: [],
  }))
  return oldWards
}

const overlap = (from: number, to: number, low: number, high: number): number =>
  Math.max(0, Math.min(to, high) - Math.max(from, low) + 1)

/** Share of the city's residents in an age group; a five-year band cut by its edge is divided evenly by years. */
function shareOf(band: AgeBand): number | null {
  const group = AGE_BANDS.find((one) => one.band === band)
  if (!group) return null
  const percent = agePyramid().reduce(
    (sum, { from, to, male, female }) =>
      sum + ((male + female) * overlap(from, to, group.from, group.to)) / (to - from + 1),
    0,
  )
  return percent / 100
}

export const basisOf = (band: AgeBand | null): Population['basis'] =>
  band === null ? 'population.merger-map' : 'population.age-shape'

/** People estimated to live in a ward, of all ages or of one group; null where no estimate can be made. */
export function estimated(population: number | null, band: AgeBand | null): number | null {
  if (population === null || band === null) return population
  const share = shareOf(band)
  return share === null ? null : Math.round(population * share)
}
