import { fullName, successors, type Unit, unitAt, wardsOn } from '@sokhoe/codes'

/** The last day on which the city had districts. */
export const LAST_DISTRICT_DAY = '2025-06-30'

/** A district with the wards of today on its ground. */
export interface OldDistrict {
  readonly code: string
  readonly name: string
  readonly nameEn: string
  /** Residents of the census of 2019; null where the district is younger, or was never counted as such. */
  readonly population: number | null
  /** Wards of today that lie wholly inside. */
  readonly whole: readonly string[]
  /** Wards of today that were made from pieces of several districts: how much came from which is not published. */
  readonly split: readonly string[]
}

/** Ward of today → districts that some of its ground came from. */
function districtsByWard(day: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  for (const old of wardsOn(day))
    for (const { ward } of successors(old.code, day)) {
      const districts = found.get(ward.code) ?? new Set()
      found.set(ward.code, districts.add(old.parent ?? ''))
    }
  return found
}

const byCode = (a: Unit, b: Unit): number => a.code.localeCompare(b.code)

/**
 * The districts standing on a day, and where their ground lies today. A ward is counted to a district only where all
 * of it came from there; one made from several is told as split, never shared out by guess.
 *
 * @param day YYYY-MM-DD
 * @returns by code; none from 2025-07-01 on, when districts had ended
 */
export function districtsOn(day: string): OldDistrict[] {
  const byWard = [...districtsByWard(day)]
  const codes = new Set(wardsOn(day).map(({ parent }) => parent ?? ''))
  const districts = [...codes]
    .map((code) => unitAt(code, day))
    .filter((unit): unit is Unit => unit?.level === 'district')
  return districts.toSorted(byCode).map(({ code, name, nameEn, population }) => {
    const inside = byWard.filter(([, parts]) => parts.has(code))
    return {
      code,
      name,
      nameEn,
      population,
      whole: inside.filter(([, parts]) => parts.size === 1).map(([ward]) => ward),
      split: inside.filter(([, parts]) => parts.size > 1).map(([ward]) => ward),
    }
  })
}

/** A ward as it stood on a day, with its district of that day and where its ground lies now. */
export const tellWard = (ward: Unit, day: string) => ({
  code: ward.code,
  name: ward.name,
  nameEn: ward.nameEn,
  fullName: fullName(ward, day),
  parent: ward.parent,
  from: ward.from,
  to: ward.to,
  population: ward.population,
  lat: ward.lat,
  lon: ward.lon,
  today: successors(ward.code, day).map(({ ward: next, whole }) => ({
    code: next.code,
    name: next.name,
    whole,
  })),
})
