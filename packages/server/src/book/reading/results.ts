import type { Measured, Words } from '@sokhoe/model/reading'
import { at, codeAt, listAt, textAt, written } from './shapes.ts'
import { type Body, pressureVerdict, unitIn, verdictOf } from './verdict.ts'
import { both, conceptWords, joined, same } from './words.ts'

export const PRESSURE = '85354-9'
const [UPPER, LOWER] = ['8480-6', '8462-4']

/** How units are written for people; the others as the source wrote them. */
const SIGNS: Readonly<Record<string, string>> = {
  'mm[Hg]': 'mmHg',
  'umol/L': 'µmol/L',
  Cel: '°C',
  '{INR}': '',
}
const unitWords = (quantity: unknown): string => {
  const unit = textAt(quantity, 'unit') || textAt(quantity, 'code')
  return SIGNS[unit] ?? unit
}

function measuredIn(quantity: unknown): Measured | null {
  const number = written(at(quantity, 'value'))
  return number === ''
    ? null
    : { text: `${textAt(quantity, 'comparator')}${number}`, unit: unitWords(quantity) }
}

interface Pressure {
  readonly upper: string
  readonly lower: string
}

/** Both numbers of a reading as written, '' for one that was not told; undefined for what is no pressure. */
export function pressureIn(resource: unknown): Pressure | undefined {
  const parts = listAt(resource, 'component')
  const numberOf = (code: string): string => {
    const part = parts.find((one) =>
      listAt(one, 'code', 'coding').some((coding) => textAt(coding, 'code') === code),
    )
    return written(at(part, 'valueQuantity', 'value'))
  }
  const [upper, lower] = [numberOf(UPPER), numberOf(LOWER)]
  return upper === '' && lower === '' ? undefined : { upper, lower }
}

const HALF_TOLD = {
  upper: both('chỉ biết số dưới', 'lower number only'),
  lower: both('chỉ biết số trên', 'upper number only'),
}

function readPressure({ upper, lower }: Pressure, body: Body): Result {
  const value = { text: [upper, lower].filter((one) => one !== '').join('/'), unit: 'mmHg' }
  if (upper === '' || lower === '')
    return { value, detail: upper === '' ? HALF_TOLD.upper : HALF_TOLD.lower, verdict: null }
  return { value, detail: null, verdict: pressureVerdict(Number(upper), Number(lower), body) }
}

export interface Result {
  readonly value: Measured | null
  readonly detail: Words | null
  readonly verdict: ReturnType<typeof verdictOf>
}

const YES = both('Có', 'Yes')
const NO = both('Không', 'No')
const UNKNOWN = both('Chưa rõ', 'Not known')

/** An answer that is no quantity, in words; null where there is none. */
function saidValue(holder: unknown): Words | null {
  const flag = at(holder, 'valueBoolean')
  if (typeof flag === 'boolean') return flag ? YES : NO
  const concept = at(holder, 'valueCodeableConcept')
  if (concept !== undefined) return conceptWords(concept)
  const text = textAt(holder, 'valueString') || textAt(holder, 'valueDateTime')
  if (text !== '') return same(text)
  const whole = written(at(holder, 'valueInteger'))
  if (whole !== '') return same(whole)
  return at(holder, 'dataAbsentReason') === undefined ? null : UNKNOWN
}

/** Answers told beside the first one. */
const partsIn = (resource: unknown): Words[] =>
  listAt(resource, 'component').flatMap((part) => {
    const quantity = measuredIn(at(part, 'valueQuantity'))
    const said = quantity ? same(`${quantity.text} ${quantity.unit}`.trim()) : saidValue(part)
    const about = conceptWords(at(part, 'code'))
    return said ? [both(`${about.vi}: ${said.vi}`, `${about.en}: ${said.en}`)] : []
  })

/** What an Observation found, as written, and where it stands. */
export function readResult(resource: unknown, code: string, body: Body): Result {
  const pressure = code === PRESSURE ? pressureIn(resource) : undefined
  if (pressure) return readPressure(pressure, body)
  const value = measuredIn(at(resource, 'valueQuantity'))
  const detail = joined([value ? null : saidValue(resource), ...partsIn(resource)])
  const number = Number(written(at(resource, 'valueQuantity', 'value')) || Number.NaN)
  const exact = textAt(resource, 'valueQuantity', 'comparator') === '' && Number.isFinite(number)
  const verdict =
    exact && codeAt(resource, 'dataAbsentReason') === '' ? verdictOf(resource, code, number, body) : null
  return { value, detail, verdict }
}

/** The number to draw, and its unit; undefined where a result is no plain number. */
export function plainNumber(resource: unknown): { number: number; unit: string } | undefined {
  const quantity = at(resource, 'valueQuantity')
  const text = written(at(quantity, 'value'))
  if (text === '' || textAt(quantity, 'comparator') !== '') return undefined
  return { number: Number(text), unit: unitIn(quantity) }
}
