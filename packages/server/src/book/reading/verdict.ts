import { labTestByLoinc } from '@sokhoe/codes'
import { PRESSURE_SOURCE, pressureClass } from '@sokhoe/model'
import type { SeriesRange, Verdict, Words } from '@sokhoe/model/reading'
import { converted, plainUnit, seriesCode } from '@sokhoe/model/units'
import { at, listAt, textAt } from './shapes.ts'
import { both, same } from './words.ts'

/** Whose numbers they are, as far as a range asks. */
export interface Body {
  readonly sex: string
  /** Completed years; null where the birth date does not say. */
  readonly age: number | null
}

/** The usual ranges and classes were made for adults. */
const ADULT = 18
const isAdult = ({ age }: Body): boolean => age !== null && age >= ADULT

const WITHIN = both('Trong khoảng thường gặp', 'Within the usual range')
const ABOVE = both('Cao hơn khoảng thường gặp', 'Above the usual range')
const BELOW = both('Thấp hơn khoảng thường gặp', 'Below the usual range')

const LABORATORY = both('Khoảng tham chiếu do nơi làm ghi', 'Reference range given by the laboratory')
/** The list was written from general knowledge and awaits confirmation: lab-tests.csv says so of itself. */
const USUAL = both(
  'Khoảng thường gặp ở người lớn, danh mục xét nghiệm Sổ Khỏe',
  'Usual range in adults, laboratory list of Sổ Khỏe',
)

export type Bounds = Pick<SeriesRange, 'low' | 'high' | 'source' | 'unverified'>

const numberOr = (value: unknown): number | null => {
  const number = typeof value === 'object' && value !== null ? Number(at(value, 'rawJSON')) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** The range that came with the result, where it is in the result's own unit and of no special kind. */
function ownBounds(resource: unknown, unit: string): Bounds | undefined {
  const [range, ...others] = listAt(resource, 'referenceRange')
  if (range === undefined || others.length > 0) return undefined
  const [low, high] = [at(range, 'low'), at(range, 'high')]
  const units = [low, high].flatMap((one) => (one === undefined ? [] : [unitIn(one)]))
  if (units.length === 0 || units.some((one) => plainUnit(one) !== plainUnit(unit))) return undefined
  return {
    low: numberOr(at(low, 'value')),
    high: numberOr(at(high, 'value')),
    source: LABORATORY,
    unverified: false,
  }
}

export const unitIn = (quantity: unknown): string => textAt(quantity, 'code') || textAt(quantity, 'unit')

/** The usual range of a measured thing for this body, in the unit of its series. */
export function usualBounds(code: string, body: Body): Bounds | undefined {
  const test = labTestByLoinc(seriesCode(code))
  if (!test?.unit || !isAdult(body) || (body.sex !== 'female' && body.sex !== 'male')) return undefined
  const { low, high } = test.usual[body.sex]
  return low === null && high === null ? undefined : { low, high, source: USUAL, unverified: true }
}

/** The usual range in the unit in which a result was written. */
function listedBounds(code: string, value: number, unit: string, body: Body): [number, Bounds] | undefined {
  const bounds = usualBounds(code, body)
  const into = labTestByLoinc(seriesCode(code))?.unit
  const number = into ? converted(seriesCode(code), value, unit, into) : undefined
  return bounds && number !== undefined ? [number, bounds] : undefined
}

function against(value: number, { low, high, source, unverified }: Bounds): Verdict {
  const is = high !== null && value > high ? 'above' : low !== null && value < low ? 'below' : 'within'
  const words = is === 'above' ? ABOVE : is === 'below' ? BELOW : WITHIN
  return { is, tone: is === 'within' ? 'good' : 'watch', words, source, unverified }
}

/** Where one result stands; null where nobody gives a range for it. */
export function verdictOf(resource: unknown, code: string, value: number, body: Body): Verdict | null {
  const unit = unitIn(at(resource, 'valueQuantity'))
  const own = ownBounds(resource, unit)
  if (own) return against(value, own)
  const listed = listedBounds(code, value, unit, body)
  return listed ? against(listed[0], listed[1]) : null
}

const CLASS_WORDS: Readonly<Record<ReturnType<typeof pressureClass>, readonly [Verdict['tone'], Words]>> = {
  optimal: ['good', both('Tốt', 'Good')],
  normal: ['good', both('Bình thường', 'Normal')],
  'high-normal': ['watch', both('Hơi cao', 'Slightly high')],
  'grade-1': ['watch', both('Cao hơn mức thường', 'Above usual')],
  'grade-2': ['watch', both('Khá cao', 'Quite high')],
  'grade-3': ['urgent', both('Rất cao', 'Very high')],
}

/** The class of one reading; null for children and for numbers that no reading has. */
export function pressureVerdict(upper: number, lower: number, body: Body): Verdict | null {
  if (!isAdult(body) || !(upper >= 50 && upper <= 300 && lower >= 20 && lower < upper && lower <= 200))
    return null
  const [tone, words] = CLASS_WORDS[pressureClass(upper, lower)]
  const { name, unverified } = PRESSURE_SOURCE
  return { is: tone === 'good' ? 'within' : 'above', tone, words, source: same(name), unverified }
}
