import { type FhirResource, isWrittenNumber } from '@sokhoe/fhir'
import { dayInVietnam, sayDate } from '@sokhoe/model'

/**
 * What stands in a resource, in words. Sources write what they like: whatever is not of the shape expected is left
 * unsaid, never guessed.
 */

type Loose = Readonly<Record<string, unknown>>

export const objectOf = (value: unknown): Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Loose) : {}
export const listOf = (value: unknown): readonly Loose[] => (Array.isArray(value) ? value.map(objectOf) : [])
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** First of the texts that says something. */
export const firstOf = (...texts: readonly string[]): string => texts.find((text) => text.trim() !== '') ?? ''

export const codingsOf = (concept: unknown): readonly Loose[] => listOf(objectOf(concept)['coding'])

/** As the source wrote it, else the display of a code, else the code. */
export function wordsOf(concept: unknown): string {
  const codings = codingsOf(concept)
  const shown = codings.map((coding) => textOf(coding['display'])).find((text) => text !== '')
  return firstOf(textOf(objectOf(concept)['text']), shown ?? '', textOf(codings[0]?.['code']))
}

/** The code in the system whose name ends so. */
export const codeIn = (concept: unknown, system: string): string =>
  textOf(codingsOf(concept).find((coding) => textOf(coding['system']).endsWith(system))?.['code'])

const hasCode = (concept: unknown, codes: readonly string[]): boolean =>
  codingsOf(concept).some((coding) => codes.includes(textOf(coding['code'])))

/** A number as it was written, with the decimal comma. */
function numberText(value: unknown): string {
  const written = isWrittenNumber(value) ? value.rawJSON : typeof value === 'number' ? String(value) : ''
  return written.replace('.', ',').replace(/^-/, '−')
}

/** UCUM as people here write it. */
const UNITS: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  Cel: '°C',
  '/min': 'lần/phút',
  a: 'năm',
  d: 'ngày',
  'umol/L': 'µmol/L',
  '10*9/L': 'G/L',
  '10*12/L': 'T/L',
}
const unitOf = (quantity: Loose): string => {
  const unit = firstOf(textOf(quantity['unit']), textOf(quantity['code']))
  return UNITS[unit] ?? unit
}

export interface Value {
  readonly text: string
  readonly unit: string
}

const NOT_KNOWN: Value = { text: 'không rõ', unit: '' }

function quantityOf(value: unknown): Value | undefined {
  const quantity = objectOf(value)
  const text = numberText(quantity['value'])
  if (text === '') return undefined
  return { text: `${textOf(quantity['comparator'])}${text}`, unit: unitOf(quantity) }
}

/** What was found or answered; undefined where nothing is said at all. */
export function foundIn(resource: Loose): Value | undefined {
  const quantity = quantityOf(resource['valueQuantity'])
  if (quantity) return quantity
  const said = firstOf(
    wordsOf(resource['valueCodeableConcept']),
    textOf(resource['valueString']),
    numberText(resource['valueInteger']),
    dayText(resource['valueDateTime']),
  )
  if (said !== '') return { text: said, unit: '' }
  if (typeof resource['valueBoolean'] === 'boolean')
    return { text: resource['valueBoolean'] ? 'có' : 'không', unit: '' }
  return resource['dataAbsentReason'] ? NOT_KNOWN : undefined
}

/** Two pressures as one: 134/82. */
export function componentsOf(resource: Loose): Value | undefined {
  const parts = listOf(resource['component'])
  const values = parts.map((part) => foundIn(part) ?? NOT_KNOWN)
  if (parts.length === 0) return undefined
  if (parts.every((part) => part['valueQuantity'] !== undefined))
    return { text: values.map(({ text }) => text).join('/'), unit: values[0]?.unit ?? '' }
  const told = parts.map((part, i) =>
    `${wordsOf(part['code'])}: ${values[i]?.text} ${values[i]?.unit ?? ''}`.trim(),
  )
  return { text: told.join('; '), unit: '' }
}

/** A FHIR date with its own precision; an instant as its day in Vietnam. */
export function dayText(value: unknown): string {
  const date = textOf(value)
  if (!/^\d{4}/.test(date)) return date
  if (!date.includes('T')) return sayDate(date)
  return Number.isNaN(Date.parse(date)) ? sayDate(date.slice(0, 10)) : sayDate(dayInVietnam(date))
}

const notesOf = (resource: Loose): string =>
  listOf(resource['note'])
    .map((note) => textOf(note['text']))
    .filter((text) => text !== '')
    .join('; ')

export const noteOf = (resource: Loose): { note?: string } => {
  const note = notesOf(resource)
  return note === '' ? {} : { note: `Ghi chú: ${note}` }
}

/** The range that the source itself gave. */
export function rangeOf(resource: Loose): string {
  const range = listOf(resource['referenceRange'])[0] ?? {}
  const [low, high] = [quantityOf(range['low'])?.text ?? '', quantityOf(range['high'])?.text ?? '']
  if (low !== '' && high !== '') return `${low}–${high}`
  if (low !== '') return `≥ ${low}`
  if (high !== '') return `≤ ${high}`
  return textOf(range['text'])
}

const HIGH = ['H', 'HH', 'HU']
const LOW = ['L', 'LL', 'LU']

/** The source's own word on it; nothing where it gave none. */
export function verdictOf(resource: Loose): string {
  const concepts = Array.isArray(resource['interpretation']) ? resource['interpretation'] : []
  if (concepts.some((concept) => hasCode(concept, HIGH))) return ' cao'
  if (concepts.some((concept) => hasCode(concept, LOW))) return ' thấp'
  return ''
}

export const isWithdrawn = (resource: FhirResource): boolean =>
  resource['status'] === 'entered-in-error' ||
  hasCode(resource['verificationStatus'], ['entered-in-error', 'refuted'])

export const isOver = (resource: FhirResource): boolean =>
  hasCode(resource['clinicalStatus'], ['resolved', 'inactive', 'remission'])
