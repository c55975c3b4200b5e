import { numberOf } from '../json.ts'
import { type Argument, type Call, type Env, noAnswer, only, textOfOne } from './env.ts'
import { type Item, type Items, isObject, NOTHING, number, system, text, truth } from './items.ts'
import { isMoment } from './moments.ts'
import { kindOf } from './types.ts'
import { amountOf, textOf } from './values.ts'

/** @see http://hl7.org/fhirpath/N1/#string-manipulation, #conversion, #math */

const argumentText = (argument: Argument | undefined, env: Env): string | undefined =>
  textOfOne(argument?.value(env) ?? NOTHING)

const argumentNumber = (argument: Argument | undefined, env: Env): number | undefined =>
  numberOf(only(argument?.value(env) ?? NOTHING)?.v)

/** A function of a text and one text more; nothing where one of them is nothing. */
const withText =
  (work: (value: string, other: string) => Items): Call =>
  (input, [argument], env) => {
    const value = textOfOne(input)
    const other = argumentText(argument, env)
    return value === undefined || other === undefined ? NOTHING : work(value, other)
  }

const ofText =
  (work: (value: string) => Items): Call =>
  (input) => {
    const value = textOfOne(input)
    return value === undefined ? NOTHING : work(value)
  }

const patterns = new Map<string, RegExp>()

function patternOf(source: string): RegExp {
  const known = patterns.get(source)
  if (known) return known
  // patterns come from definitions only: there are few
  const made = new RegExp(source, 's')
  patterns.set(source, made)
  return made
}

function substring(input: Items, [start, length]: readonly Argument[], env: Env): Items {
  const value = textOfOne(input)
  const from = argumentNumber(start, env)
  if (value === undefined || from === undefined || from < 0 || from >= value.length) return NOTHING
  const count = length ? argumentNumber(length, env) : undefined
  return text(count === undefined ? value.slice(from) : value.slice(from, from + Math.max(0, count)))
}

function replace(input: Items, [pattern, by]: readonly Argument[], env: Env): Items {
  const [value, from, to] = [textOfOne(input), argumentText(pattern, env), argumentText(by, env)]
  return value === undefined || from === undefined || to === undefined
    ? NOTHING
    : text(value.replaceAll(from, () => to))
}

function replaceMatches(input: Items, [pattern, by]: readonly Argument[], env: Env): Items {
  const [value, from, to] = [textOfOne(input), argumentText(pattern, env), argumentText(by, env)]
  if (value === undefined || from === undefined || to === undefined) return NOTHING
  return text(value.replaceAll(new RegExp(patternOf(from).source, 'gs'), to))
}

/** A conversion of one item; nothing where it cannot be converted. */
const conversion =
  (work: (item: Item) => Items): Call =>
  (input) => {
    const item = only(input)
    return item ? work(item) : NOTHING
  }

const YES = /^(?:true|t|yes|y|1|1\.0)$/i
const NO = /^(?:false|f|no|n|0|0\.0)$/i

function toBoolean(item: Item): Items {
  const written = textOf(item) ?? ''
  return YES.test(written) ? truth(true) : NO.test(written) ? truth(false) : NOTHING
}

function toInteger({ v }: Item): Items {
  if (typeof v === 'boolean') return number(Number(v))
  if (typeof v === 'string') return /^[+-]?\d+$/.test(v) ? number(Number(v)) : NOTHING
  const value = numberOf(v)
  return value !== undefined && Number.isInteger(value) ? number(value) : NOTHING
}

function toDecimal({ v }: Item): Items {
  const value =
    typeof v === 'boolean' || (typeof v === 'string' && /^[+-]?\d+(?:\.\d+)?$/.test(v))
      ? Number(v)
      : numberOf(v)
  return value === undefined ? NOTHING : [system('Decimal', value)]
}

const toText = (item: Item): Items => {
  const written = textOf(item)
  return written === undefined ? NOTHING : text(written)
}

const toMoment =
  (type: 'Date' | 'DateTime' | 'Time', sign: RegExp) =>
  ({ v }: Item): Items => {
    if (typeof v !== 'string') return NOTHING
    const found = sign.exec(v)?.[0]
    return found && isMoment(found) ? [system(type, found)] : NOTHING
  }

function toQuantity(item: Item): Items {
  if (typeof item.v === 'string') {
    const [, value, unit = '1'] = /^([+-]?\d+(?:\.\d+)?)\s*(?:'([^']+)'|[a-z]+)?$/.exec(item.v) ?? []
    return value === undefined ? NOTHING : [system('Quantity', { value: Number(value), code: unit })]
  }
  const amount = amountOf(item)
  return amount ? [system('Quantity', { value: amount.value, code: amount.unit })] : NOTHING
}

const CONVERSIONS = {
  Boolean: toBoolean,
  Integer: toInteger,
  Decimal: toDecimal,
  String: toText,
  Date: toMoment('Date', /^\d{4}(?:-\d{2}(?:-\d{2})?)?/),
  DateTime: toMoment('DateTime', /^\d{4}.*$/),
  Time: toMoment('Time', /^\d{2}(?::\d{2}){0,2}(?:\.\d+)?$/),
  Quantity: toQuantity,
}

const conversions = Object.entries(CONVERSIONS).flatMap(([name, work]): [string, Call][] => [
  [`to${name}`, conversion(work)],
  [`convertsTo${name}`, conversion((item) => truth(work(item).length > 0))],
])

const ofNumber =
  (work: (value: number) => number): Call =>
  (input) => {
    const item = only(input)
    const value = item && numberOf(item.v)
    if (item && value === undefined && !(kindOf(item.t) === 'quantity' && isObject(item.v))) throw noAnswer()
    return value === undefined ? NOTHING : number(work(value))
  }

const ofTwoNumbers =
  (work: (value: number, other: number) => number): Call =>
  (input, [argument], env) => {
    const value = numberOf(only(input)?.v)
    const other = argument ? argumentNumber(argument, env) : 0
    return value === undefined || other === undefined ? NOTHING : number(work(value, other))
  }

export const TEXTS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(conversions),
  indexOf: withText((value, other) => number(value.indexOf(other))),
  substring,
  startsWith: withText((value, other) => truth(value.startsWith(other))),
  endsWith: withText((value, other) => truth(value.endsWith(other))),
  contains: withText((value, other) => truth(value.includes(other))),
  upper: ofText((value) => text(value.toUpperCase())),
  lower: ofText((value) => text(value.toLowerCase())),
  replace,
  matches: withText((value, pattern) => truth(patternOf(pattern).test(value))),
  replaceMatches,
  length: ofText((value) => number(value.length)),
  toChars: ofText((value) => [...value].flatMap(text)),
  trim: ofText((value) => text(value.trim())),
  split: withText((value, by) => value.split(by).flatMap(text)),
  join: (input, [by], env) => text(input.map((item) => textOf(item) ?? '').join(argumentText(by, env) ?? '')),
  abs: ofNumber(Math.abs),
  ceiling: ofNumber(Math.ceil),
  floor: ofNumber(Math.floor),
  truncate: ofNumber(Math.trunc),
  exp: ofNumber(Math.exp),
  ln: ofNumber(Math.log),
  sqrt: ofNumber(Math.sqrt),
  round: ofTwoNumbers((value, digits) => Math.round(value * 10 ** digits) / 10 ** digits),
  log: ofTwoNumbers((value, base) => Math.log(value) / Math.log(base)),
  power: ofTwoNumbers((value, exponent) => value ** exponent),
}
