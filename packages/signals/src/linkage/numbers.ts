/** Numbers of two records side by side. None has a check digit: a slip looks like another person's number. */
import { isOneSlip } from '@sokhoe/model/likeness'
import type { PreparedNumber } from './prepare.ts'

export type NumberLikeness = 'equal' | 'one-slip' | 'different'

export interface NumbersCompared {
  readonly identity: NumberLikeness | undefined
  readonly identityRarity: number
  readonly insurance: NumberLikeness | undefined
  readonly insuranceRarity: number
}

const RANK = { equal: 3, 'one-slip': 2, different: 1 } as const
const isBetter = (found: NumberLikeness | undefined, before: NumberLikeness | undefined): boolean =>
  found !== undefined && (before === undefined || RANK[found] > RANK[before])

/** Numbers given one after the other: of twins whose birth was registered on one day, or of brother and sister. */
const areNeighbours = (a: string, b: string): boolean =>
  a.length === b.length &&
  a.slice(0, -1) === b.slice(0, -1) &&
  [1, 9].includes(Math.abs(Number(a.slice(-1)) - Number(b.slice(-1))))

function likenessOf(a: PreparedNumber, b: PreparedNumber): NumberLikeness | undefined {
  if (a.value === b.value) return 'equal'
  // An old number beside a new one is no contradiction, and an ended one contradicts nothing.
  if (a.kind !== b.kind) return undefined
  if (isOneSlip(a.value, b.value) && !areNeighbours(a.value, b.value)) return 'one-slip'
  // nor does a parent's number, copied by a clerk
  return a.ended || b.ended || a.foreign || b.foreign ? undefined : 'different'
}

const isInsurance = ({ kind }: PreparedNumber): boolean => kind === 'insurance'

interface Best {
  level: NumberLikeness | undefined
  rarity: number
}

function best(
  a: readonly PreparedNumber[],
  b: readonly PreparedNumber[],
  insurance: boolean,
  weighed: (value: string) => number,
): Best {
  const found: Best = { level: undefined, rarity: 0 }
  const see = (one: PreparedNumber, other: PreparedNumber): void => {
    if ((isInsurance(one) && isInsurance(other)) !== insurance) return
    const level = likenessOf(one, other)
    const rarity = level === 'equal' ? weighed(one.value) : 0
    const rarer = level === 'equal' && level === found.level && rarity > found.rarity
    if (rarer || isBetter(level, found.level)) Object.assign(found, { level, rarity })
  }
  for (const one of a) for (const other of b) see(one, other)
  return found
}

const NOTHING: NumbersCompared = {
  ...{ identity: undefined, identityRarity: 0 },
  ...{ insurance: undefined, insuranceRarity: 0 },
}

/** The best that any two numbers say, for identity and for insurance; symmetric. `weighed`: bits of a common value. */
export function compareNumbers(
  a: readonly PreparedNumber[],
  b: readonly PreparedNumber[],
  weighed: (value: string) => number,
): NumbersCompared {
  if (a.length === 0 || b.length === 0) return NOTHING
  const [identity, insurance] = [best(a, b, false, weighed), best(a, b, true, weighed)]
  return {
    ...{ identity: identity.level, identityRarity: identity.rarity },
    ...{ insurance: insurance.level, insuranceRarity: insurance.rarity },
  }
}

const isFirm = ({ kind, verified, ended }: PreparedNumber): boolean =>
  kind === 'personal' && verified && !ended

const known = (numbers: readonly PreparedNumber[], value: string): boolean =>
  numbers.some((number) => number.value === value)

/**
 * Does each have an active, verified 12-digit number that the other does not know? Where a card or the authority linked
 * two numbers, the record bears both, the old one as ended.
 */
export function bearTwoNumbers(a: readonly PreparedNumber[], b: readonly PreparedNumber[]): boolean {
  if (a.length === 0 || b.length === 0) return false
  const [left, right] = [a.filter(isFirm), b.filter(isFirm)]
  if (left.length === 0 || right.length === 0) return false
  return !left.some(({ value }) => known(b, value)) && !right.some(({ value }) => known(a, value))
}
