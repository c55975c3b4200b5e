import type { FhirResource } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import type { CohortMark } from '../../../record/index.ts'
import { isObject } from '../parameters.ts'

/** Of which types coded events are counted across persons, and where the code stands. */
const CODED: Readonly<Record<string, string>> = {
  Condition: 'code',
  Observation: 'code',
  AllergyIntolerance: 'code',
  Immunization: 'vaccineCode',
}

/** Under which short name the city counts codes of these systems; others under their whole address. */
const SHORT: Readonly<Record<string, string>> = {
  'http://hl7.org/fhir/sid/icd-10': 'icd10',
  'urn:sokhoe:vaccine': 'vaccine',
}

/** What a coded event is counted as. A code means something within its system only. */
export const cohortCode = (system: string, code: string): string =>
  `${Object.hasOwn(SHORT, system) ? SHORT[system] : system}:${code}`

/** Until when it is a calendar day in the city; more coarsely known dates count on no day. */
const DATED = [
  'onsetDateTime',
  'effectiveDateTime',
  'effectiveInstant',
  'occurrenceDateTime',
  'recordedDate',
] as const
const PERIODS = ['onsetPeriod', 'effectivePeriod'] as const
const DAY = /^\d{4}-\d{2}-\d{2}/
const FIRST_DAY = '0001-01-01'

function whenOf(resource: FhirResource): string | undefined {
  const starts = PERIODS.map((name) => resource[name]).map((period) => isObject(period) && period['start'])
  return [...DATED.map((name) => resource[name]), ...starts].find((value) => typeof value === 'string')
}

/** A day as written stays that day; an instant is told by the clocks of the city. */
function dayOf(resource: FhirResource): string | undefined {
  const when = whenOf(resource)
  if (when === undefined || !DAY.test(when)) return undefined
  if (when.length === 'YYYY-MM-DD'.length) return when
  // a leap second is of the minute that it ends; on the edges of time there is no such day here
  const day = dayInVietnam(when.replace(/(?<=T\d\d:\d\d):60/, ':59'))
  return DAY.test(day) && day >= FIRST_DAY ? day : undefined
}

/** More codes for one event than this are synonyms of synonyms. */
const MOST_CODES = 4

/**
 * What may be counted of it across persons: a coded event with its day. The record leaves out what is restricted.
 * @param ward where its Patient lives; '' where nobody knows
 */
export function cohortOf(resource: FhirResource, ward: string): CohortMark[] {
  const element = CODED[resource.resourceType]
  const concept = element === undefined ? undefined : resource[element]
  if (!isObject(concept) || !Array.isArray(concept['coding'])) return []
  const day = dayOf(resource)
  if (day === undefined) return []
  const codes = concept['coding'].flatMap((coding: unknown) => {
    if (!isObject(coding)) return []
    const { system, code } = coding
    return typeof system === 'string' && typeof code === 'string' ? [cohortCode(system, code)] : []
  })
  return [...new Set(codes)].slice(0, MOST_CODES).map((code) => ({ code, ward, day }))
}
