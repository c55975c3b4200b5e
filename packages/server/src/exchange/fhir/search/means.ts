import type { Definitions, Means, Parameter, Tools } from '@sokhoe/fhir/query'
import {
  compositeValues,
  isInPatientCompartment,
  searchParametersOf,
  searchValues,
} from '@sokhoe/fhir/search'
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

/** Sets of codes that this house knows: none yet besides its own. */
const memberOf: Tools['memberOf'] = () => undefined

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
    memberOf,
    base,
    now,
    alike: (reference) => alike.get(reference),
  },
})

export interface Searched {
  readonly name: string
  readonly type: Parameter['type']
  /** Canonical address of its definition, where the specification gives one. */
  readonly definition?: string
}

/** Every parameter by which this server searches resources of a type. */
export function searchedBy(type: string): Searched[] {
  const official = [...searchParametersOf(type).values()]
    .filter((parameter) => parameter.type !== 'special')
    .map((parameter) => ({ name: parameter.name, type: parameter.type, definition: parameter.url }))
  return official.length === 0 || official.some(({ name }) => name === SOURCE.name)
    ? official
    : [...official, { name: SOURCE.name, type: SOURCE.type }]
}
