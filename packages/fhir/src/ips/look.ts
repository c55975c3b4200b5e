import { isWrittenNumber } from '../json.ts'
import type { FhirResource } from '../types.ts'

/** Reading of resources that were checked when they arrived: what is not there or otherwise is left out. */

type Element = Readonly<Record<string, unknown>>

export const isElement = (value: unknown): value is Element =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value]

export const elementsOf = (value: unknown): readonly Element[] => listOf(value).filter(isElement)

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

export interface Code {
  readonly system: string
  readonly code: string
}

/** The codes of a CodeableConcept, or of several. */
export const codesOf = (concept: unknown): Code[] =>
  elementsOf(concept).flatMap((one) =>
    elementsOf(one['coding']).flatMap(({ system, code }) =>
      typeof code === 'string' ? [{ system: textOf(system) ?? '', code }] : [],
    ),
  )

/** Whether one of its codes is among these, in whatever system. */
export const hasCode = (concept: unknown, codes: readonly string[]): boolean =>
  codesOf(concept).some(({ code }) => codes.includes(code))

/** What a CodeableConcept is called: its text, else a display, else a code. */
export function nameOf(concept: unknown): string | undefined {
  const [one] = elementsOf(concept)
  if (!one) return undefined
  const codings = elementsOf(one['coding'])
  const display = codings.map((coding) => textOf(coding['display'])).find((each) => each !== undefined)
  return textOf(one['text']) ?? display ?? codings.map((coding) => textOf(coding['code'])).find(Boolean)
}

/** A number as it was written. */
export const writtenOf = (value: unknown): string | undefined =>
  isWrittenNumber(value) ? value.rawJSON : typeof value === 'number' ? String(value) : undefined

export const quantityText = (quantity: unknown): string | undefined => {
  const [one] = elementsOf(quantity)
  const value = one && writtenOf(one['value'])
  if (!one || value === undefined) return undefined
  const unit = textOf(one['unit']) ?? textOf(one['code'])
  return `${textOf(one['comparator']) ?? ''}${value}${unit === undefined ? '' : ` ${unit}`}`
}

const WHEN = [
  'effectiveDateTime',
  'effectiveInstant',
  'effectivePeriod',
  'occurrenceDateTime',
  'performedDateTime',
  'performedPeriod',
  'authoredOn',
  'dateAsserted',
  'recordedDate',
  'onsetDateTime',
  'timingDateTime',
  'timingPeriod',
  'period',
  'created',
  'dateTime',
  'date',
  'issued',
  'recorded',
] as const

/** When it was so, as written: of a period its beginning. */
export function dateOf(resource: FhirResource): string | undefined {
  for (const name of WHEN) {
    const value = resource[name]
    const text = typeof value === 'string' ? value : isElement(value) ? textOf(value['start']) : undefined
    if (text !== undefined) return text
  }
  return undefined
}

/** Milliseconds of a FHIR date however precise; undefined for none. */
export function momentOf(date: unknown): number | undefined {
  const at = typeof date === 'string' ? Date.parse(date) : Number.NaN
  return Number.isNaN(at) ? undefined : at
}

/** Every reference within, in the order written. */
export function referencesOf(value: unknown, found: string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return found
  for (const [name, each] of Object.entries(value)) {
    if (name === 'reference' && typeof each === 'string') found.push(each)
    else referencesOf(each, found)
  }
  return found
}
