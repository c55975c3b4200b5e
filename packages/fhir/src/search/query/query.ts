import { type Condition, conditionOf, UNKNOWN } from './conditions.ts'
import type { Means } from './matchers.ts'
import type { QueryFault } from './types.ts'
import { isWish, readWishes, type Wishes } from './wishes.ts'

/** A search as it was asked, read through. */
export interface Query {
  /** Which types, each with all that its resources must be. */
  readonly conditions: ReadonlyMap<string, readonly Condition[]>
  readonly wishes: Wishes
  /** Names that mean nothing for one of the types. */
  readonly unknown: readonly string[]
  readonly faults: readonly QueryFault[]
}

export type Pair = readonly [name: string, value: string]

const MOST_PAIRS = 200
/** What may be told back of a name that means nothing. */
const TELLABLE = /^[A-Za-z_][\w.:-]{0,63}$/

const nameToTell = (name: string): string => (TELLABLE.test(name) ? name : '')

interface Found {
  readonly conditions: Condition[]
  readonly unknown: Set<string>
  readonly faults: QueryFault[]
}

function readInto(found: Found, type: string, [name, written]: Pair, means: Means): void {
  const read = conditionOf(type, name, { written, means, depth: 0 })
  if (read.ok) found.conditions.push(read.value)
  else if (read.text === UNKNOWN) found.unknown.add(name)
  else found.faults.push({ code: read.code ?? 'invalid', parameter: nameToTell(name), text: read.text })
}

const hasControl = ([name, value]: Pair): boolean => /\p{Cc}/u.test(name) || value.includes('\0')

/** What is wrong with it before it is read at all. */
function faultOfAll(pairs: readonly Pair[]): QueryFault | undefined {
  if (pairs.length > MOST_PAIRS)
    return { code: 'too-long', parameter: '', text: `A search has at most ${MOST_PAIRS} parameters` }
  if (pairs.some(hasControl))
    return { code: 'invalid', parameter: '', text: 'A parameter holds a control character' }
  return undefined
}

/**
 * Reads a search of one or several types. Nothing is thrown: faults say what is wrong and what to write instead, without
 * quoting any value.
 */
export function readQuery(types: readonly string[], pairs: readonly Pair[], means: Means): Query {
  const fault = faultOfAll(pairs)
  const asked = fault ? [] : pairs
  const { definitions } = means
  const { wishes, faults } = readWishes(
    asked.filter(([name]) => isWish(name)),
    types,
    definitions,
  )
  const found: Found = { conditions: [], unknown: new Set(), faults: fault ? [fault] : [] }
  const conditions = new Map<string, readonly Condition[]>()
  for (const type of types) {
    const ofType: Found = { ...found, conditions: [] }
    for (const pair of asked) if (!isWish(pair[0])) readInto(ofType, type, pair, means)
    conditions.set(type, ofType.conditions)
  }
  return {
    conditions,
    wishes,
    unknown: [...found.unknown].map(nameToTell),
    faults: [...found.faults, ...faults.map((each) => ({ ...each, code: 'invalid' }) as const)],
  }
}
