import { numberOf } from '../json.ts'
import { type Env, noAnswer, only, type Run, truthOf } from './env.ts'
import { type Item, type Items, NOTHING, number, system, text, truth } from './items.ts'
import { plus } from './moments.ts'
import type { Binary } from './parse.ts'
import { kindOf } from './types.ts'
import { amountOf, compare, distinct, equalAll, equivalentAll, includes, textOf } from './values.ts'

/** @see http://hl7.org/fhirpath/N1/#operations */

type Truth = boolean | undefined

type Logic = (left: () => Truth, right: () => Truth) => Truth

/** Three-valued: what is unknown may still not matter. The right is not looked at where the left decides. */
export const LOGIC: Readonly<Record<'and' | 'or' | 'xor' | 'implies', Logic>> = {
  and: (left, right) => {
    const a = left()
    if (a === false) return false
    const b = right()
    return b === false ? false : a && b
  },
  or: (left, right) => {
    const a = left()
    if (a === true) return true
    const b = right()
    if (b === true) return true
    return a === undefined || b === undefined ? undefined : false
  },
  xor: (left, right) => {
    const [a, b] = [left(), right()]
    return a === undefined || b === undefined ? undefined : a !== b
  },
  implies: (left, right) => {
    const a = left()
    if (a === false) return true
    const b = right()
    if (b === true) return true
    return a === undefined || b === undefined ? undefined : b
  },
}

const isLogic = (op: Binary): op is keyof typeof LOGIC => Object.hasOwn(LOGIC, op)

const negated = (value: Truth): Truth => (value === undefined ? undefined : !value)

const ordering =
  (fits: (order: number) => boolean) =>
  (left: Items, right: Items): Items => {
    const [a, b] = [only(left), only(right)]
    if (!a || !b) return NOTHING
    const order = compare(a, b)
    return order === undefined ? NOTHING : truth(fits(order))
  }

type Arithmetic = (a: number, b: number) => number

/** Rids a sum of what binary fractions add to it: 0.1 + 0.2 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(15))

function reckon(left: Items, right: Items, work: Arithmetic, sign: 1 | -1 | 0): Items {
  const [a, b] = [only(left), only(right)]
  if (!a || !b) return NOTHING
  const [x, y] = [numberOf(a.v), numberOf(b.v)]
  if (x !== undefined && y !== undefined) return number(tidy(work(x, y)))
  if (sign === 1 && typeof a.v === 'string' && typeof b.v === 'string' && kindOf(b.t) === 'string')
    return text(a.v + b.v)
  return sign === 0 ? NOTHING : reckonAmounts(a, b, work, sign)
}

function reckonAmounts(a: Item, b: Item, work: Arithmetic, sign: 1 | -1): Items {
  const other = amountOf(b)
  if (!other) throw noAnswer()
  if (typeof a.v === 'string') {
    const moment = plus(a.v, sign * other.value, other.unit)
    return moment === undefined ? NOTHING : [{ v: moment, x: undefined, t: a.t }]
  }
  const amount = amountOf(a)
  if (amount?.unit !== other.unit) return NOTHING
  return [system('Quantity', { value: tidy(work(amount.value, other.value)), code: amount.unit })]
}

const joined = (left: Items, right: Items): Items => {
  const [a, b] = [only(left), only(right)]
  return text((a ? (textOf(a) ?? '') : '') + (b ? (textOf(b) ?? '') : ''))
}

function membership(one: Items, all: Items): Items {
  const wanted = only(one)
  return wanted ? truth(includes(all, wanted)) : NOTHING
}

const zeroless =
  (work: Arithmetic): Arithmetic =>
  (a, b) =>
    b === 0 ? Number.NaN : work(a, b)

const OPERATORS: Readonly<Record<Exclude<Binary, keyof typeof LOGIC>, (left: Items, right: Items) => Items>> =
  {
    '=': (left, right) => truth(equalAll(left, right)),
    '!=': (left, right) => truth(negated(equalAll(left, right))),
    '~': (left, right) => truth(equivalentAll(left, right)),
    '!~': (left, right) => truth(!equivalentAll(left, right)),
    '<': ordering((order) => order < 0),
    '<=': ordering((order) => order <= 0),
    '>': ordering((order) => order > 0),
    '>=': ordering((order) => order >= 0),
    '|': (left, right) => distinct([...left, ...right]),
    in: membership,
    contains: (left, right) => membership(right, left),
    '&': joined,
    '+': (left, right) => reckon(left, right, (a, b) => a + b, 1),
    '-': (left, right) => reckon(left, right, (a, b) => a - b, -1),
    '*': (left, right) => reckon(left, right, (a, b) => a * b, 0),
    '/': (left, right) =>
      reckon(
        left,
        right,
        zeroless((a, b) => a / b),
        0,
      ),
    div: (left, right) =>
      reckon(
        left,
        right,
        zeroless((a, b) => Math.trunc(a / b)),
        0,
      ),
    mod: (left, right) =>
      reckon(
        left,
        right,
        zeroless((a, b) => a % b),
        0,
      ),
  }

export function operation(op: Binary, left: Run, right: Run): Run {
  if (isLogic(op)) {
    const logic = LOGIC[op]
    return (env: Env) =>
      truth(
        logic(
          () => truthOf(left(env)),
          () => truthOf(right(env)),
        ),
      )
  }
  const work = OPERATORS[op]
  return (env) => work(left(env), right(env))
}
