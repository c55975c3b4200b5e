import { numberOf } from '../../json.ts'
import { bad, type Found, good, isRecord, type Matcher, type Read, type Tools, textOf } from './types.ts'
import { cut, type Prefix, plain, prefixed } from './written.ts'

/**
 * Numbers mean what their digits say: 100 is anything from 99.5 up to 100.5, 100.00 from 99.995. Where a comparison
 * stands before it, the number itself counts.
 *
 * @see https://hl7.org/fhir/R4/search.html#number
 */
export interface Figure {
  readonly prefix: Prefix
  readonly value: number
  readonly low: number
  readonly high: number
}

const NUMBER = /^([+-]?)(\d{1,40})(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/

/** Reckoned in whole digits, so that 5.4 reaches to exactly 5.45. */
function reach(sign: string, digits: string, exponent: number, step: -5n | 5n): number {
  const whole = BigInt(`${digits}0`) * (sign === '-' ? -1n : 1n) + step
  return Number(`${whole}e${exponent - 1}`)
}

function readFigure(text: string): Read<Figure> {
  const { prefix, rest } = prefixed(text)
  const parts = NUMBER.exec(rest)
  const value = Number(rest)
  if (!parts || !Number.isFinite(value))
    return bad(
      'is not a number: write digits with a point, with eq, ne, gt, lt, ge, le, sa, eb or ap before them',
    )
  const [, sign = '', whole = '', fraction = '', power = '0'] = parts
  const exponent = Number(power) - fraction.length
  const digits = `${whole}${fraction}`
  return good({
    ...{ prefix, value },
    low: reach(sign, digits, exponent, -5n),
    high: reach(sign, digits, exponent, 5n),
  })
}

/** From and to, both of them part of it. */
interface Extent {
  readonly from: number
  readonly to: number
}

const about = ({ value, low, high }: Figure): Extent => {
  const margin = Math.abs(value) / 10
  return { from: Math.min(low, value - margin), to: Math.max(high, value + margin) }
}

/** The very number is equal, though its digits be finer than can be reckoned with. */
const equals = ({ from, to }: Extent, { value, low, high }: Figure): boolean =>
  (from >= low && to < high) || (from === value && to === value)

const COMPARE: Readonly<Record<Prefix, (is: Extent, asked: Figure) => boolean>> = {
  eq: equals,
  ne: (is, asked) => !equals(is, asked),
  gt: ({ to }, { value }) => to > value,
  lt: ({ from }, { value }) => from < value,
  ge: ({ to }, { value }) => to >= value,
  le: ({ from }, { value }) => from <= value,
  sa: ({ from }, { value }) => from > value,
  eb: ({ to }, { value }) => to < value,
  ap: ({ from, to }, asked) => {
    const near = about(asked)
    return from <= near.to && to >= near.from
  },
}

const [LEAST, MOST] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

/** A value below a limit of measuring may be anything below it. */
function extentOf(value: unknown, comparator?: unknown): Extent | undefined {
  const number = numberOf(value)
  if (number === undefined) return undefined
  if (comparator === '<' || comparator === '<=') return { from: LEAST, to: number }
  if (comparator === '>' || comparator === '>=') return { from: number, to: MOST }
  return { from: number, to: number }
}

const isRange = (value: Readonly<Record<string, unknown>>): boolean => 'low' in value || 'high' in value

const numberIn = (value: unknown): number | undefined =>
  isRecord(value) ? numberOf(value['value']) : undefined

function extentOfFound({ value }: Found): Extent | undefined {
  if (!isRecord(value) || numberOf(value) !== undefined) return extentOf(value)
  if (!isRange(value)) return extentOf(value['value'], value['comparator'])
  return { from: numberIn(value['low']) ?? LEAST, to: numberIn(value['high']) ?? MOST }
}

export function numberMatcher(text: string): Read<Matcher> {
  const read = readFigure(text)
  if (!read.ok) return read
  const { value: asked } = read
  return good((found) => {
    const is = extentOfFound(found)
    return is !== undefined && COMPARE[asked.prefix](is, asked)
  })
}

const UCUM = 'http://unitsofmeasure.org'

interface Unit {
  readonly system: string | undefined
  readonly code: string | undefined
  readonly unit: string | undefined
}

/** In which unit an element is; a price by its currency. */
function unitOf(value: Readonly<Record<string, unknown>>): Unit {
  const low = value['low'] ?? value['high']
  const of = isRange(value) && isRecord(low) ? low : value
  return {
    system:
      textOf(of['system']) ?? (textOf(of['currency']) === undefined ? undefined : 'urn:iso:std:iso:4217'),
    code: textOf(of['code']) ?? textOf(of['currency']),
    unit: textOf(of['unit']),
  }
}

interface UnitAsked {
  readonly system: string | undefined
  readonly code: string
}

const isSaidAlike = ({ system, code, unit }: Unit, asked: UnitAsked): boolean =>
  asked.system === undefined
    ? code === asked.code || unit === asked.code
    : system === asked.system && code === asked.code

/** UCUM where both sides may be read so: a bare unit asked for is. */
function ucumPair(is: Unit, asked: UnitAsked): readonly [asked: string, is: string] | undefined {
  const readable = (system: string | undefined) => system === undefined || system === UCUM
  const code = is.code ?? (is.system === undefined ? is.unit : undefined)
  return readable(is.system) && readable(asked.system) && code !== undefined ? [asked.code, code] : undefined
}

/** The figure asked for in the unit of the element; undefined where the two do not measure the same. */
function inUnitOf(is: Unit, asked: UnitAsked, figure: Figure, convert: Tools['convert']): Figure | undefined {
  if (isSaidAlike(is, asked)) return figure
  const pair = ucumPair(is, asked)
  if (!pair) return undefined
  const [value, one, other] = [figure.value, figure.low, figure.high].map((each) => convert(each, ...pair))
  if (value === undefined || one === undefined || other === undefined) return undefined
  return { prefix: figure.prefix, value, low: Math.min(one, other), high: Math.max(one, other) }
}

/** What a quantity asks: the number, and the unit if one is named. */
export function quantityMatcher(text: string, { convert }: Pick<Tools, 'convert'>): Read<Matcher> {
  const parts = cut(text, '|').map(plain)
  const read = readFigure(parts[0] ?? '')
  if (!read.ok) return read
  if (parts.length === 2 || parts.length > 3)
    return bad('is not a quantity: write number, number|system|code or number||unit')
  const { value: figure } = read
  const code = parts[2] ?? ''
  const system = parts[1] === '' ? undefined : parts[1]
  if (parts.length === 3 && code === '')
    return bad('names no unit: write number, number|system|code or number||unit')
  return good((found) => {
    const { value } = found
    const is = extentOfFound(found)
    if (!isRecord(value) || is === undefined) return false
    const asked = code === '' ? figure : inUnitOf(unitOf(value), { system, code }, figure, convert)
    return asked !== undefined && COMPARE[asked.prefix](is, asked)
  })
}
