import { above, chosen, systemOf, valueSetOf } from '@sokhoe/codes/terminology'
import type { Definitions, Means, Parameter, Tools } from '@sokhoe/fhir/query'
import {
  compositeValues,
  isInPatientCompartment,
  searchParametersOf,
  searchValues,
} from '@sokhoe/fhir/search'
import { dayInVietnam } from '@sokhoe/model'
import { asciiKey } from '@sokhoe/model/names'
import { convertUnit } from './units.ts'

/** Which program stated it, as far as the resource says. */
const SOURCE: Parameter = { name: '_source', type: 'uri' }

const sourceOf = (meta: unknown): unknown =>
  typeof meta === 'object' && meta !== null && 'source' in meta ? meta.source : undefined

const definitions: Definitions = {
  parameter: (type, name) => {
    const parameters = searchParametersOf(type)
    return parameters.get(name) ?? (name === SOURCE.name && parameters.size > 0 ? SOURCE : undefined)
  },
  values: (resource, name) => {
    if (name !== SOURCE.name) return searchValues(resource, name)
    const value = sourceOf(resource['meta'])
    return value === undefined ? [] : [{ value, type: 'uri' }]
  },
  parts: compositeValues,
}

/** What a search parameter is and selects. */
export const { parameter: parameterOf, values: valuesOf } = definitions

export const isSearched = (type: string): boolean => searchParametersOf(type).size > 0

/** What belongs to a person's record. */
export const isOfPersons = (type: string): boolean => type === 'Patient' || isInPatientCompartment(type)

/** Codes that a set of this house holds today. */
const membersNow =
  (now: Date): Tools['memberOf'] =>
  (valueSet) => {
    const day = dayInVietnam(now)
    const [url = '', version] = valueSet.split('|')
    const set = valueSetOf(url, { version, day })
    return set && ((system, code) => chosen(set, { system, code, day }) !== undefined)
  }

/** What stands above a code in its system, as it holds today. */
const ancestorsNow =
  (now: Date): Tools['ancestorsOf'] =>
  (url) => {
    const system = systemOf(url, { day: dayInVietnam(now) })
    return system && ((code) => above(system, code))
  }

/** @param alike which references mean the same person; it may learn more while a search goes on */
export const meansFor = (
  base: string,
  now: Date,
  alike: ReadonlyMap<string, ReadonlySet<string>>,
): Means => ({
  definitions,
  given: {
    fold: asciiKey,
    convert: convertUnit,
    memberOf: membersNow(now),
    ancestorsOf: ancestorsNow(now),
    base,
    now,
    alike: (reference) => alike.get(reference),
  },
})
