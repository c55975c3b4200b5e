import { once } from '../csv.ts'
import { divisions, type Unit, unitsOn } from '../wards.ts'
import type { Concept, System } from './system.ts'

export const WARDS = 'urn:sokhoe:codes:wards'

/** Before the first change that is kept here. */
const OLDEST = { version: 'before-2021', day: '2020-12-31' }

const HIGHER = 'province district'

function conceptOf(unit: Unit): Concept {
  return {
    code: unit.code,
    display: unit.name,
    english: unit.nameEn,
    ...(unit.parent !== null && { parent: unit.parent }),
    ...(HIGHER.includes(unit.level) && { heading: true }),
    properties: [{ code: 'level', value: unit.level }],
  }
}

const dayBefore = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) - 24 * 3_600_000).toISOString().slice(0, 10)

/** Each division of the ground, by its first day: codes are used again, so that only code and day name a ward. */
export const wardSystems = once((): System[] => {
  const days = divisions()
  return days.map((from, at) => {
    const next = days[at + 1]
    const version = from ?? OLDEST.version
    return {
      id: `wards-${version}`,
      url: WARDS,
      version,
      ...(from !== null && { from }),
      ...(next && { to: dayBefore(next) }),
      title: 'Phường, xã, đặc khu',
      english: 'Wards, communes and special zones',
      content: 'complete',
      concepts: once(() => unitsOn(from ?? OLDEST.day).map(conceptOf)),
    }
  })
})
