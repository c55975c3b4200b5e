import { type Argument, type Call, type Env, noAnswer, only, truthOf } from './env.ts'
import { addChildren, descendantsOf, type Item, type Items, NOTHING, number, truth } from './items.ts'
import { isOfType } from './typing.ts'
import { distinct, includes } from './values.ts'

/** @see http://hl7.org/fhirpath/N1/#functions: existence, filtering, subsetting, combining, tree navigation */

const matching = (input: Items, argument: Argument | undefined, env: Env): Items =>
  argument ? input.filter((item, i) => argument.test(item, i, env) === true) : input

const given = (argument: Argument | undefined, env: Env): Items => argument?.value(env) ?? NOTHING

function wholeNumber(argument: Argument | undefined, env: Env): number {
  const value = only(given(argument, env))?.v
  if (typeof value !== 'number') throw noAnswer()
  return value
}

const booleans = (input: Items): boolean[] => input.map((item) => truthOf([item]) ?? false)

const subset = (small: Items, large: Items): boolean => small.every((item) => includes(large, item))

/** Repeats a projection on what it gave, each value once. */
function repeat(input: Items, argument: Argument | undefined, env: Env): Items {
  if (!argument) throw noAnswer()
  const found: Item[] = []
  let layer: Items = input
  while (layer.length > 0) {
    const next = layer.flatMap((item, i) => argument.of(item, i, env))
    layer = distinct(next).filter((item) => !found.some((each) => each.v === item.v && each.t === item.t))
    found.push(...layer)
  }
  return found
}

function children(input: Items): Items {
  const found: Item[] = []
  for (const item of input) addChildren(found, item)
  return found
}

function iif(input: Items, [condition, yes, no]: readonly Argument[], env: Env): Items {
  const at: Env = { ...env, self: input }
  const branch = truthOf(condition?.value(at) ?? NOTHING) === true ? yes : no
  return branch?.value(at) ?? NOTHING
}

function aggregate(input: Items, [step, start]: readonly Argument[], env: Env): Items {
  let total = given(start, env)
  for (const [i, item] of input.entries()) total = step?.of(item, i, { ...env, total }) ?? NOTHING
  return total
}

export const COLLECTIONS: Readonly<Record<string, Call>> = {
  empty: (input) => truth(input.length === 0),
  exists: (input, [criterion], env) => truth(matching(input, criterion, env).length > 0),
  all: (input, [criterion], env) => truth(matching(input, criterion, env).length === input.length),
  allTrue: (input) => truth(booleans(input).every(Boolean)),
  anyTrue: (input) => truth(booleans(input).some(Boolean)),
  allFalse: (input) => truth(!booleans(input).some(Boolean)),
  anyFalse: (input) => truth(!booleans(input).every(Boolean)),
  subsetOf: (input, [other], env) => truth(subset(input, given(other, env))),
  supersetOf: (input, [other], env) => truth(subset(given(other, env), input)),
  count: (input) => number(input.length),
  distinct,
  isDistinct: (input) => truth(distinct(input).length === input.length),
  where: (input, [criterion], env) => matching(input, criterion, env),
  select: (input, [projection], env) => input.flatMap((item, i) => projection?.of(item, i, env) ?? NOTHING),
  repeat: (input, [projection], env) => repeat(input, projection, env),
  ofType: (input, [type]) => input.filter((item) => isOfType(item, type?.type ?? '')),
  as: (input, [type]) => input.filter((item) => isOfType(item, type?.type ?? '')),
  is: (input, [type]) => {
    const item = only(input)
    return item ? truth(isOfType(item, type?.type ?? '')) : NOTHING
  },
  single: (input) => {
    const item = only(input)
    return item ? [item] : NOTHING
  },
  first: (input) => input.slice(0, 1),
  last: (input) => input.slice(-1),
  tail: (input) => input.slice(1),
  skip: (input, [count], env) => input.slice(Math.max(0, wholeNumber(count, env))),
  take: (input, [count], env) => input.slice(0, Math.max(0, wholeNumber(count, env))),
  intersect: (input, [other], env) => {
    const others = given(other, env)
    return distinct(input.filter((item) => includes(others, item)))
  },
  exclude: (input, [other], env) => {
    const others = given(other, env)
    return input.filter((item) => !includes(others, item))
  },
  union: (input, [other], env) => distinct([...input, ...given(other, env)]),
  combine: (input, [other], env) => [...input, ...given(other, env)],
  children,
  descendants: descendantsOf,
  trace: (input) => input,
  not: (input) => {
    const value = truthOf(input)
    return truth(value === undefined ? undefined : !value)
  },
  iif,
  aggregate,
}
