import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cityModel } from './city.ts'
import { decide } from './decide.ts'
import { candidateKeys } from './keys.ts'
import { prepare } from './prepare.ts'
import { BOOK, groupRanks } from './ranks.ts'
import type { Said } from './said.ts'

const MODEL = cityModel()

const record = fc.record({
  name: fc.constantFrom(
    ...['Nguyễn Thị Thu Hà', 'NGUYEN THI THU HA', 'Nguyễn Thu Hà', 'Nguyễn Thị Thu Hạ', 'Hà Nguyễn Thị Thu'],
    ...['Trần Văn Nam', 'Trần Nam'],
  ),
  birthDate: fc.constantFrom('1961-04-30', '1961-04', '1961-04-03', '1991-04-30'),
  sex: fc.constantFrom<('female' | 'male')[]>('female', 'male'),
  phones: fc.subarray(['0912345678', '0987654321']),
  numbers: fc.array(
    fc.record({
      system: fc.constant('cccd' as const),
      value: fc.constantFrom('079161012345', '079161012354', '079161054321'),
      verified: fc.boolean(),
      ended: fc.boolean(),
    }),
    { maxLength: 2 },
  ),
  wards: fc.subarray(['26911', '26734'], { maxLength: 1 }),
  address: fc.constantFrom('', '12/3 Nguyễn Trãi', '7 Lê Lợi'),
})

interface Case {
  readonly said: readonly Said[]
  readonly books: readonly number[]
  readonly order: readonly number[]
  readonly rulings: readonly (readonly [number, number, boolean])[]
}

const cases: fc.Arbitrary<Case> = fc
  // of two that say the same nobody could tell which came first
  .uniqueArray(record, { minLength: 2, maxLength: 9, selector: (one) => JSON.stringify(one) })
  .chain((said) => {
    const place = fc.nat({ max: said.length - 1 })
    return fc.record({
      said: fc.constant(said),
      books: fc.array(fc.constantFrom(BOOK.none, BOOK.none, BOOK.unconfirmed, BOOK.confirmed), {
        minLength: said.length,
        maxLength: said.length,
      }),
      order: fc.shuffledSubarray(
        said.map((_, at) => at),
        { minLength: said.length },
      ),
      rulings: fc.array(fc.tuple(place, place, fc.boolean()), { maxLength: 3 }),
    })
  })

/** What a record says, as a number: it settles ties as the keys do in a city. */
function weightOf(said: Said): number {
  let hash = 7
  for (const unit of `${JSON.stringify(said)} ${candidateKeys(prepare(said)).join(' ')}`)
    hash = (hash * 31 + (unit.codePointAt(0) ?? 0)) % 2 ** 40
  return hash
}

/** The persons, when the records have come in that order and got their numbers by it. */
function personsOf({ said, books, rulings }: Case, order: readonly number[]): number[][] {
  const rankOf = new Map(order.map((at, rank) => [at, rank]))
  const prepared = order.map((at) => prepare(said[at] ?? {}))
  const weights = order.map((at) => weightOf(said[at] ?? {}))
  const edges = { a: [] as number[], b: [] as number[], score: [] as number[], tie: [] as number[] }
  for (const [a, one] of prepared.entries())
    for (const [b, other] of prepared.entries()) {
      if (a >= b) continue
      const { verdict, score } = decide(one, other, MODEL)
      if (verdict !== 'same') continue
      edges.a.push(a)
      edges.b.push(b)
      edges.score.push(score)
      edges.tie.push((weights[a] ?? 0) + (weights[b] ?? 0))
    }
  const ruled = (same: boolean) => {
    const some = rulings.filter(([a, b, isSame]) => isSame === same && a !== b)
    const ranksOf = (side: 0 | 1) => some.map((ruling) => rankOf.get(ruling[side]) ?? -1)
    // when people ruled is known, whoever came first
    return { a: ranksOf(0), b: ranksOf(1), tie: some.map((ruling) => rulings.indexOf(ruling)) }
  }
  const verified = prepared.map(({ numbers }, rank): [number, string[]] => [
    rank,
    numbers.filter((one) => one.verified && !one.ended).map(({ value }) => value),
  ])
  const first = groupRanks({
    ...{ count: order.length, verified: new Map(verified), edges },
    ...{ same: ruled(true), different: ruled(false) },
    books: order.map((at) => books[at] ?? BOOK.none),
  })
  const groups = Map.groupBy(order, (at) => first[rankOf.get(at) ?? -1])
  return [...groups.values()]
    .map((group) => group.toSorted((a, b) => a - b))
    .toSorted((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
}

test('the persons depend on what records say and people rule, and not on the order in which they came', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const inOrder = one.said.map((_, at) => at)
      expect(personsOf(one, one.order)).toEqual(personsOf(one, inOrder))
    }),
    { numRuns: 300 },
  )
})
