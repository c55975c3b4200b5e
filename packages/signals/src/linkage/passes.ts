/** The keys by which pairs are found for learning, each with the fields it holds, which it cannot teach. */
import type { Field } from './fields.ts'
import { type Prepared, tellingWords } from './prepare.ts'

export interface LearningPass {
  readonly keyOf: (p: Prepared) => string | undefined
  readonly holds: readonly Field[]
}

const day = ({ birth }: Prepared): string | undefined =>
  birth && !birth.yearOnly ? `${birth.year}-${birth.month}-${birth.day}` : undefined

const both = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? `${a}|${b}` : undefined

const sound = (p: Prepared): string | undefined =>
  p.name.words.length > 1
    ? tellingWords(p.name)
        .map((word) => word.dialect)
        .join(' ')
    : undefined

export const SAME_DAY_AND_GIVEN: LearningPass = {
  keyOf: (p) => both(day(p), p.name.given?.dialect),
  holds: ['birthDate', 'given'],
}

export const PASSES: readonly LearningPass[] = [
  {
    keyOf: (p) => both(sound(p), p.birth && String(p.birth.year)),
    holds: ['family', 'middle', 'given', 'birthDate'],
  },
  SAME_DAY_AND_GIVEN,
  {
    keyOf: (p) => both(day(p), p.postcode ?? p.phones[0] ?? p.wards[0]),
    holds: ['birthDate', 'postcode', 'phone', 'ward'],
  },
  {
    keyOf: (p) => both(sound(p), p.postcode ?? p.phones[0] ?? p.wards[0]),
    holds: ['family', 'middle', 'given', 'postcode', 'phone', 'ward'],
  },
  { keyOf: (p) => both(p.name.family?.dialect, p.door?.street), holds: ['family', 'address'] },
  { keyOf: (p) => p.numbers[0]?.value, holds: ['identity', 'insurance'] },
]

/** Bigger blocks say more of a common value than of a person. */
const BIGGEST = 60
const MOST_PAIRS = 150_000

/** Places of the records under each key that two or more share. */
function blocksOf(records: readonly Prepared[], keyOf: LearningPass['keyOf']): number[][] {
  const blocks = new Map<string, number[]>()
  for (const [at, record] of records.entries()) {
    const key = keyOf(record)
    if (key === undefined) continue
    const block = blocks.get(key)
    if (block) block.push(at)
    else blocks.set(key, [at])
  }
  return [...blocks.values()].filter((block) => block.length > 1 && block.length <= BIGGEST)
}

const pairsOf = (block: readonly number[]): [number, number][] =>
  block.flatMap((i, at) => block.slice(at + 1).map((j): [number, number] => [i, j]))

/** Pairs of records that share the pass's key, so many of them drawn as are enough to learn from. */
export function pairsOfPass(
  records: readonly Prepared[],
  { keyOf }: LearningPass,
  throwDice: () => number,
): [number, number][] {
  const blocks = blocksOf(records, keyOf)
  const there = blocks.reduce((sum, block) => sum + (block.length * (block.length - 1)) / 2, 0)
  const share = MOST_PAIRS / Math.max(1, there)
  return blocks.flatMap((block) => pairsOf(block).filter(() => share >= 1 || throwDice() < share))
}
