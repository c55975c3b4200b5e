/**
 * Of two records with one name and one birth date: one person, two strangers, or twins whose names differ by their
 * marks? How many of each a file holds, and how they differ, is learned from the file: in one city namesakes live
 * anywhere, in another register they were chosen from one ward.
 */
import type { Comparison } from './compare.ts'
import { FIELD, type Field, levelIndex, MISSING } from './fields.ts'
import type { Lookalikes, Model, ShareOf } from './model.ts'
import type { Prepared } from './prepare.ts'

const KINDS = ['one', 'strangers', 'twins'] as const

const indices = (field: Field, ...names: readonly string[]): ReadonlySet<number> =>
  new Set(names.map((name) => levelIndex(field).get(name) ?? -2))
const SAME_LETTERS = indices('given', 'exact', 'folded', 'toneless', 'letters')
const OTHER_MARKS = indices('given', 'toneless', 'letters')
const SAME_FAMILY = indices('family', 'exact', 'folded', 'toneless', 'letters')
const WHOLE_DAY = levelIndex('birthDate').get('exact')

/** Nguyên Van Hiêu beside Nguyễn Văn Hiếu: whoever leaves marks out of the other words left them out of the given one. */
export const isWrittenWithFewerMarks = (a: Prepared, b: Prepared): boolean =>
  [a.name.family, ...a.name.middle].some((word) =>
    [b.name.family, ...b.name.middle].some(
      (other) => word?.ascii === other?.ascii && word?.exact !== other?.exact,
    ),
  )

/** How the marks of the given names agree: equal, left out by one, others, or others beside others elsewhere. */
function marksOf(a: Prepared, b: Prepared, { levels }: Comparison): number {
  if (OTHER_MARKS.has(levels[FIELD.given] ?? MISSING)) return isWrittenWithFewerMarks(a, b) ? 3 : 2
  return a.name.marked && b.name.marked ? 0 : 1
}

/** The fields that tell which of the three it is; the marks of the given name stand before them. */
const TELLING = [
  'identity',
  'insurance',
  'phone',
  'ward',
  'address',
  'sex',
] as const satisfies readonly Field[]
const WIDTH = 1 + TELLING.length

export const areLookalikes = ({ levels }: Comparison): boolean =>
  levels[FIELD.birthDate] === WHOLE_DAY &&
  SAME_LETTERS.has(levels[FIELD.given] ?? MISSING) &&
  SAME_FAMILY.has(levels[FIELD.family] ?? MISSING)

function signsOf(a: Prepared, b: Prepared, found: Comparison, into: Int8Array, from: number): void {
  into[from] = marksOf(a, b, found)
  for (const [at, field] of TELLING.entries()) into[from + 1 + at] = found.levels[FIELD[field]] ?? MISSING
}

/** What is believed of a sign, and as how many pairs that belief counts. */
interface Belief {
  readonly shares: readonly number[]
  readonly counts: number
}

const belief = (counts: number, ...shares: readonly number[]): Belief => ({ shares, counts })

/** A belief that no data moves. */
const FIXED = 1e9

function beliefs({ levels }: Model): readonly (readonly Belief[])[] {
  const m = (field: Field, counts: number) => belief(counts, ...levels[field].m)
  const u = (field: Field, counts: number) => belief(counts, ...levels[field].u)
  const one = [
    belief(20, 0.6, 0.37, 0.01, 0.02),
    // numbers are what the three are told by: what is known of them stands
    ...[m('identity', FIXED), m('insurance', FIXED), m('phone', 200), m('ward', 200), m('address', 200)],
    m('sex', 200),
  ]
  const strangers = [
    belief(20, 0.6, 0.37, 0.01, 0.02),
    ...[
      u('identity', FIXED),
      u('insurance', FIXED),
      u('phone', 200),
      belief(20, 0.15, 0.85),
      u('address', 20),
    ],
    belief(20, 0.95, 0.05),
  ]
  // Twins bear names of their own and share all else but their numbers.
  const twins = [
    belief(40, 0.0005, 0.3, 0.6, 0.0995),
    ...[belief(FIXED, 0.0005, 0.02, 0.9795), belief(FIXED, 0.0005, 0.02, 0.9795)],
    ...[m('phone', 100), m('ward', 100), m('address', 100)],
    belief(20, 0.85, 0.15),
  ]
  return [one, strangers, twins]
}

/** Pairs that are believed to be there before any was seen. */
const BELIEVED = [20, 2, 2] as const

const shareOf = ({ shares, counts }: Belief, seen: Float64Array): number[] => {
  const total = seen.reduce((sum, n) => sum + n, 0) + counts
  return shares.map((share, at) => ((seen[at] ?? 0) + share * counts) / total)
}

const ROUNDS = 25

/** Bits of each kind for the signs of one pair. */
function bitsOf({ kinds }: Lookalikes, signs: Int8Array, from: number, into: Float64Array): void {
  for (const [at, { share, shares }] of kinds.entries()) {
    let bits = Math.log2(share)
    for (let sign = 0; sign < WIDTH; sign += 1) {
      const level = signs[from + sign] ?? MISSING
      if (level !== MISSING) bits += Math.log2(Math.max(1e-9, shares[sign]?.[level] ?? 1))
    }
    into[at] = bits
  }
}

interface Signs {
  readonly signs: Int8Array
  readonly count: number
}

/** Turns bits into shares of one. */
function toShares(bits: Float64Array): void {
  const most = Math.max(...bits)
  let sum = 0
  for (const [at, one] of bits.entries()) {
    bits[at] = 2 ** (one - most)
    sum += bits[at] ?? 0
  }
  for (const [at, one] of bits.entries()) bits[at] = one / sum
}

/** Adds the signs of one pair to what was seen of a kind, for as much as the pair is of that kind. */
function addSigns({ signs }: Signs, pair: number, likely: number, seen: readonly Float64Array[]): void {
  for (const [sign, levels] of seen.entries()) {
    const level = signs[pair * WIDTH + sign] ?? MISSING
    if (level !== MISSING) levels[level] = (levels[level] ?? 0) + likely
  }
}

/** One round of expectation and maximisation. */
function again(now: Lookalikes, pairs: Signs, believed: ReturnType<typeof beliefs>): Lookalikes {
  const likely = new Float64Array(KINDS.length)
  const all = Float64Array.from(BELIEVED)
  const seen = believed.map((kind) => kind.map(({ shares }) => new Float64Array(shares.length)))
  for (let pair = 0; pair < pairs.count; pair += 1) {
    bitsOf(now, pairs.signs, pair * WIDTH, likely)
    toShares(likely)
    for (const [at, kind] of seen.entries()) {
      all[at] = (all[at] ?? 0) + (likely[at] ?? 0)
      addSigns(pairs, pair, likely[at] ?? 0, kind)
    }
  }
  const total = all.reduce((sum, n) => sum + n, 0)
  const kinds = believed.map(
    (kind, at): ShareOf => ({
      share: (all[at] ?? 0) / total,
      shares: kind.map((one, sign) => shareOf(one, seen[at]?.[sign] ?? new Float64Array())),
    }),
  )
  return { ...now, kinds }
}

/**
 * @param pairs of records that share name and birth date
 * @param compared fills the comparison of two
 * @param sure as of {@link Lookalikes}
 */
export function learnLookalikes(
  pairs: Iterable<readonly [Prepared, Prepared]>,
  model: Model,
  compared: (a: Prepared, b: Prepared) => Comparison,
  sure: number,
): Lookalikes {
  const list: number[] = []
  const one = new Int8Array(WIDTH)
  for (const [a, b] of pairs) {
    const found = compared(a, b)
    if (!areLookalikes(found)) continue
    signsOf(a, b, found, one, 0)
    for (const sign of one) list.push(sign)
  }
  const signs: Signs = { signs: Int8Array.from(list), count: list.length / WIDTH }
  const believed = beliefs(model)
  const total = BELIEVED[0] + BELIEVED[1] + BELIEVED[2]
  let now: Lookalikes = {
    sure,
    kinds: believed.map((kind, at) => ({
      share: (BELIEVED[at] ?? 1) / total,
      shares: kind.map(({ shares }) => shares),
    })),
  }
  for (let round = 0; round < ROUNDS; round += 1) now = again(now, signs, believed)
  return now
}

const scratch = new Int8Array(WIDTH)
const scratchBits = new Float64Array(KINDS.length)

/** Base 2 logarithm of the odds that two look-alikes are one person. */
export function oddsOfLookalikes(
  a: Prepared,
  b: Prepared,
  found: Comparison,
  lookalikes: Lookalikes,
): number {
  signsOf(a, b, found, scratch, 0)
  bitsOf(lookalikes, scratch, 0, scratchBits)
  const [one = 0, strangers = 0, twins = 0] = scratchBits
  const most = Math.max(strangers, twins)
  return one - most - Math.log2(2 ** (strangers - most) + 2 ** (twins - most))
}
