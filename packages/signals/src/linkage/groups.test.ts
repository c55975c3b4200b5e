import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { groups, type Judged } from './groups.ts'
import { BOOK, groupRanks } from './ranks.ts'
import type { Edge, Ruling } from './said.ts'

const edge = (a: string, b: string, score = 10): Edge => ({ a, b, score })
const ruling = (a: string, b: string, same: boolean): Ruling => ({ a, b, same })
const judged = (ids: string, of: Partial<Judged>): string[] =>
  groups({ ids: [...ids], verified: new Map(), edges: [], rulings: [], ...of }).map((group) => group.join(''))

describe('a chain of pairs', () => {
  test('makes one group of all it touches, and leaves the others by themselves', () => {
    expect(judged('eadcb', { edges: [edge('c', 'b'), edge('a', 'b')] })).toEqual(['abc', 'd', 'e'])
  })

  test('between two verified numbers is cut where its pair is weakest', () => {
    const verified = new Map([
      ['a', ['079090000001']],
      ['d', ['079090000002']],
    ])
    expect(
      judged('abcd', { verified, edges: [edge('a', 'b', 9), edge('b', 'c', 5), edge('c', 'd', 7)] }),
    ).toEqual(['ab', 'cd'])
  })

  test('may join two verified numbers where a person ruled of exactly these two', () => {
    const verified = new Map([
      ['a', ['079090000001']],
      ['b', ['079090000002']],
      ['c', ['079090000002']],
      ['d', ['079090000003']],
    ])
    const edges = [edge('b', 'c'), edge('c', 'd')]
    expect(judged('abcd', { verified, edges, rulings: [ruling('b', 'a', true)] })).toEqual(['abc', 'd'])
  })

  test('joins no two verified numbers where the ruling was on a record without one', () => {
    const verified = new Map([
      ['a', ['079090000001']],
      ['c', ['079090000002']],
    ])
    expect(judged('abc', { verified, edges: [edge('b', 'c')], rulings: [ruling('a', 'b', true)] })).toEqual([
      'ab',
      'c',
    ])
  })

  test('leaves alone with its kind a record that holds two verified numbers of its own', () => {
    const verified = new Map([
      ['a', ['079090000001', '079090000002']],
      ['b', ['079090000001']],
    ])
    expect(judged('abc', { verified, edges: [edge('a', 'b', 20), edge('a', 'c')] })).toEqual(['ac', 'b'])
  })

  test('is cut between two of whom a person ruled that they are different, whatever the score', () => {
    const rulings = [ruling('a', 'c', false)]
    expect(judged('abc', { rulings, edges: [edge('a', 'b', 90), edge('b', 'c', 99)] })).toEqual(['a', 'bc'])
  })

  test('of rulings does not stand above the ruling that two are different', () => {
    const rulings = [
      ruling('a', 'c', false),
      ruling('b', 'c', true),
      ruling('a', 'b', true),
      ruling('c', 'a', true),
    ]
    expect(judged('abc', { rulings })).toEqual(['ab', 'c'])
  })
})

describe('edges', () => {
  const none = { a: [], b: [] }
  const grouped = (
    books: readonly number[],
    a: number[],
    b: number[],
    same = none as { a: number[]; b: number[] },
  ) => [
    ...groupRanks({
      count: books.length,
      verified: new Map(),
      edges: { a, b, score: a.map(() => 9) },
      same,
      different: none,
      books,
    }),
  ]
  const { none: NO, unconfirmed, confirmed } = BOOK

  test('bring what facilities know to a confirmed book, and never to one that nobody has confirmed', () => {
    expect(grouped([confirmed, NO, NO], [0, 1], [1, 2])).toEqual([0, 0, 0])
    expect(grouped([unconfirmed, NO, NO], [0, 1], [1, 2])).toEqual([0, 1, 1])
  })

  test('never bring two books together, neither directly nor through what a facility knows', () => {
    expect(grouped([confirmed, NO, confirmed], [0, 1, 0], [1, 2, 2])).toEqual([0, 0, 2])
  })

  test('bring nothing to an unconfirmed book through a record that a person put there', () => {
    expect(grouped([unconfirmed, NO, NO], [1], [2], { a: [0], b: [1] })).toEqual([0, 0, 2])
  })

  test('join no two through others that the comparison holds apart, such as twins; people may', () => {
    const twins = { a: [0], b: [2] }
    const edges = { a: [0, 1], b: [1, 2], score: [9, 8] }
    const of = (same: { a: number[]; b: number[] }) => [
      ...groupRanks({ count: 3, verified: new Map(), edges, same, different: none, against: twins }),
    ]
    expect(of(none)).toEqual([0, 0, 2])
    expect(of({ a: [2], b: [0] })).toEqual([0, 0, 0])
  })

  test('of equal score are taken in the order of what settles ties, whatever their ranks', () => {
    const verified = new Map([
      [0, ['1']],
      [2, ['2']],
    ])
    const edges = { a: [0, 1], b: [1, 2], score: [5, 5] }
    const first = (tie: number[]) => [
      ...groupRanks({ count: 3, verified, edges: { ...edges, tie }, same: none, different: none }),
    ]
    expect(first([1, 2])).toEqual([0, 0, 2])
    expect(first([2, 1])).toEqual([0, 1, 1])
  })
})

const ID = fc.constantFrom(...'abcdefghij')
const CITY = fc.record({
  ids: fc.constant<string[]>([...'abcdefghij']),
  verified: fc.dictionary(ID, fc.array(fc.constantFrom<string[]>('1', '2', '3'), { maxLength: 1 })),
  edges: fc.array(fc.record({ a: ID, b: ID, score: fc.integer({ min: 1, max: 4 }) }), { maxLength: 25 }),
  rulings: fc.array(fc.record({ a: ID, b: ID, same: fc.boolean() }), { maxLength: 6 }),
})
type City = typeof CITY extends fc.Arbitrary<infer T> ? T : never
const of = ({ verified, ...city }: City) => groups({ ...city, verified: new Map(Object.entries(verified)) })
const together = (city: City) => {
  const groupOf = new Map(of(city).flatMap((group, at) => group.map((id): [string, number] => [id, at])))
  return (a: string, b: string): boolean => groupOf.get(a) === groupOf.get(b)
}

describe('whatever the city holds', () => {
  test('each record is in exactly one group', () => {
    fc.assert(
      fc.property(CITY, (city) => {
        expect(of(city).flat().sort()).toEqual(city.ids)
      }),
    )
  })

  test('the order in which records, pairs and rulings came changes nothing', () => {
    const turned = CITY.chain((city) =>
      fc.record({
        city: fc.constant(city),
        ids: fc.shuffledSubarray(city.ids, { minLength: city.ids.length }),
        edges: fc.shuffledSubarray(city.edges, { minLength: city.edges.length }),
        rulings: fc.shuffledSubarray(city.rulings, { minLength: city.rulings.length }),
        flip: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(turned, ({ city, ids, edges, rulings, flip }) => {
        const flipped = edges.map((one) => (flip ? { ...one, a: one.b, b: one.a } : one))
        expect(of({ ...city, ids, edges: [...flipped, ...edges], rulings })).toEqual(of(city))
      }),
    )
  })

  test('no group holds two verified numbers that no ruling links', () => {
    fc.assert(
      fc.property(CITY, (city) => {
        const linked = city.rulings.filter(({ same }) => same).map(({ a, b }) => edge(a, b))
        const numbersLinked = groups({
          ids: ['1', '2', '3'],
          verified: new Map(),
          rulings: [],
          edges: linked.flatMap(({ a, b }) => {
            const [one, other] = [city.verified[a]?.[0], city.verified[b]?.[0]]
            return one && other ? [edge(one, other)] : []
          }),
        })
        for (const group of of(city)) {
          const held = group.flatMap((id) => city.verified[id] ?? [])
          expect(
            numbersLinked.filter((one) => one.some((number) => held.includes(number))).length,
          ).toBeLessThan(2)
        }
      }),
    )
  })

  test('nobody shares a group with one from whom a person ruled her to be different', () => {
    fc.assert(
      fc.property(CITY, (city) => {
        const isOne = together(city)
        for (const { a, b, same } of city.rulings) if (!same && a !== b) expect(isOne(a, b)).toBe(false)
      }),
    )
  })

  test('two whom a person ruled to be one are one, where no rule on numbers and no other ruling speaks against', () => {
    fc.assert(
      fc.property(CITY, ID, ID, (city, a, b) => {
        const rulings = [{ a, b, same: true }]
        expect(together({ ...city, verified: {}, rulings })(a, b)).toBe(true)
      }),
    )
  })

  test('a ruling that is taken back leaves the groups as they were before', () => {
    fc.assert(
      fc.property(CITY, ID, ID, fc.boolean(), (city, a, b, same) => {
        const before = of(city)
        of({ ...city, rulings: [...city.rulings, { a, b, same }] })
        expect(of(city)).toEqual(before)
      }),
    )
  })

  test('every pair that was judged the same is in one group where there is neither number nor ruling', () => {
    fc.assert(
      fc.property(CITY, (city) => {
        const isOne = together({ ...city, verified: {}, rulings: [] })
        for (const { a, b } of city.edges) expect(isOne(a, b)).toBe(true)
      }),
    )
  })
})
