/** No verified number; and several that nothing makes one: such a record joins only what holds none. */
const NONE = -1
const SEVERAL = -2

/** Pairs as parallel arrays of ranks, so that millions of them cost a few bytes each. */
export interface Pairs {
  readonly a: ArrayLike<number>
  readonly b: ArrayLike<number>
}

interface TiedPairs extends Pairs {
  /** What settles between equal ones before the ranks do: the lower first. */
  readonly tie?: ArrayLike<number>
}

export interface ScoredPairs extends TiedPairs {
  readonly score: ArrayLike<number>
}

/** What a record is to a book: none, one that nobody has confirmed, one whose holder was seen. */
export const BOOK = { none: 0, unconfirmed: 1, confirmed: 2 } as const

export interface Ranked {
  /** Records are 0 to count − 1; the rank settles ties, so it must come from the record and not from its arrival. */
  readonly count: number
  /** Active verified 12-digit numbers of the records that hold any, by rank. */
  readonly verified: ReadonlyMap<number, readonly string[]>
  readonly edges: ScoredPairs
  /** What people ruled to be one; where rulings contradict each other through others, those of the lower tie hold. */
  readonly same: TiedPairs
  readonly different: Pairs
  /** Pairs that no chain of edges may bring together either, such as twins; people's rulings may. */
  readonly against?: Pairs
  /**
   * Of {@link BOOK}, by rank. Edges never bring two books together, and bring nothing to a book that is unconfirmed:
   * that is for people. Left out, no record is a book.
   */
  readonly books?: ArrayLike<number>
}

interface Forest {
  readonly parent: Int32Array
  readonly size: Int32Array
  /** By root: rank of its class of verified numbers, NONE or SEVERAL. */
  readonly number: Int32Array
  /** By root: records that a ruling keeps out of it. */
  readonly apart: Map<number, number[]>
  /** By root: the surest book in it. */
  readonly book: Uint8Array
}

/**
 * Which records are one human being: the groups of `groups()` over ranks instead of ids.
 *
 * @returns by rank, the smallest rank of its group
 */
export function groupRanks({
  count,
  verified,
  edges,
  same,
  different,
  against = { a: [], b: [] },
  books,
}: Ranked): Int32Array {
  const { numberOf, classOf } = numbersAsRulingsLinkThem(verified, same)
  const forest: Forest = {
    parent: Int32Array.from({ length: count }, (_, rank) => rank),
    size: new Int32Array(count).fill(1),
    number: new Int32Array(count).fill(NONE),
    apart: new Map(),
    book: Uint8Array.from({ length: count }, (_, rank) => books?.[rank] ?? BOOK.none),
  }
  for (const [rank, own] of numberOf) forest.number[rank] = classes(own, classOf)
  for (let at = 0; at < different.a.length; at += 1) keepApart(forest, different.a[at], different.b[at])

  for (const at of inOrder(same)) join(forest, same.a[at], same.b[at])
  // only now: what people ruled to be one stays one, whatever the comparison holds against it
  for (let at = 0; at < against.a.length; at += 1) keepApart(forest, against.a[at], against.b[at])
  for (const at of inOrder(edges))
    if (mayJoinBooks(forest, edges.a[at], edges.b[at])) join(forest, edges.a[at], edges.b[at])
  return smallestOfEach(forest)
}

/** The places of the pairs: highest score first, then by what settles ties, then by the smaller and the greater rank. */
function inOrder({ a, b, score = [], tie = [] }: Pairs & Partial<ScoredPairs>): Uint32Array {
  const count = a.length
  const [low, high] = [new Int32Array(count), new Int32Array(count)]
  // a score beyond all measure still has a difference to another
  const [scores, ties] = [new Float64Array(count), new Float64Array(count)]
  for (let at = 0; at < count; at += 1) {
    const [one = 0, other = 0] = [a[at], b[at]]
    low[at] = Math.min(one, other)
    high[at] = Math.max(one, other)
    scores[at] = Math.min(score[at] ?? 0, Number.MAX_VALUE)
    ties[at] = tie[at] ?? 0
  }
  const less = (of: Float64Array | Int32Array, x: number, y: number) => (of[x] ?? 0) - (of[y] ?? 0)
  return Uint32Array.from({ length: count }, (_, at) => at).sort(
    (x, y) => less(scores, y, x) || less(ties, x, y) || less(low, x, y) || less(high, x, y),
  )
}

/**
 * Two numbers are one human being's only where a person ruled so of two records that hold them: the card that
 * names the old number, or the authority. One who rules on a record without number has said nothing of numbers.
 */
function numbersAsRulingsLinkThem(verified: Ranked['verified'], same: Pairs) {
  const ranks = new Map<string, number>()
  const numberOf = new Map<number, number[]>()
  for (const [rank, own] of verified) {
    const mine = own.map((number) => ranks.get(number) ?? ranks.set(number, ranks.size).size - 1)
    if (mine.length > 0) numberOf.set(rank, mine)
  }
  const classOf = Int32Array.from({ length: ranks.size }, (_, number) => number)
  for (let at = 0; at < same.a.length; at += 1) {
    const [mine = [], theirs = []] = [numberOf.get(same.a[at] ?? NONE), numberOf.get(same.b[at] ?? NONE)]
    const [first, ...others] = mine.length > 0 && theirs.length > 0 ? [...mine, ...theirs] : []
    for (const other of others) classOf[rootOf(classOf, other)] = rootOf(classOf, first ?? other)
  }
  return { numberOf, classOf }
}

function classes(own: readonly number[], classOf: Int32Array): number {
  const distinct = new Set(own.map((number) => rootOf(classOf, number)))
  const [only = NONE] = distinct
  return distinct.size > 1 ? SEVERAL : only
}

function keepApart({ parent, apart }: Forest, a = NONE, b = NONE): void {
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const root = rootOf(parent, one)
    const known = apart.get(root)
    if (known) known.push(other)
    else apart.set(root, [other])
  }
}

function mayJoinBooks({ parent, book }: Forest, a = NONE, b = NONE): boolean {
  const [one = 0, other = 0] = [book[rootOf(parent, a)], book[rootOf(parent, b)]]
  // two books are joined by people alone, and what facilities know comes to no book before its holder was seen
  return (one === BOOK.none || other === BOOK.none) && one !== BOOK.unconfirmed && other !== BOOK.unconfirmed
}

/** Two different active verified numbers are never one person, neither directly nor through a chain of others. */
const numbersDiffer = (mine: number, theirs: number): boolean =>
  mine !== NONE && theirs !== NONE && (mine !== theirs || mine === SEVERAL)

/** Makes one group of two, unless that would break a rule. */
function join(forest: Forest, a = NONE, b = NONE): void {
  const { parent, size, number, apart, book } = forest
  const [one, other] = [rootOf(parent, a), rootOf(parent, b)]
  if (one === other) return
  const [mine = NONE, theirs = NONE] = [number[one], number[other]]
  if (numbersDiffer(mine, theirs)) return
  // whom a person ruled to be two stay two, through whatever others the records would meet
  if (ruledApart(forest, one, other)) return

  const [sizeOfOne = 0, sizeOfOther = 0] = [size[one], size[other]]
  const [root, leaf] = sizeOfOne >= sizeOfOther ? [one, other] : [other, one]
  parent[leaf] = root
  size[root] = sizeOfOne + sizeOfOther
  number[root] = mine === NONE ? theirs : mine
  book[root] = Math.max(book[one] ?? BOOK.none, book[other] ?? BOOK.none)
  bringAlong(apart, root, leaf)
}

function bringAlong(apart: Forest['apart'], root: number, leaf: number): void {
  const [long = [], short = []] = [apart.get(root), apart.get(leaf)].toSorted(
    (x, y) => (y?.length ?? 0) - (x?.length ?? 0),
  )
  for (const rank of short) long.push(rank)
  if (long.length > 0) apart.set(root, long)
  apart.delete(leaf)
}

function ruledApart({ parent, apart }: Forest, one: number, other: number): boolean {
  const [mine, theirs] = [apart.get(one), apart.get(other)]
  if (!mine || !theirs) return false
  return mine.length <= theirs.length
    ? mine.some((rank) => rootOf(parent, rank) === other)
    : theirs.some((rank) => rootOf(parent, rank) === one)
}

function rootOf(parent: Int32Array, rank: number): number {
  let at = rank
  for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
    parent[at] = parent[up] ?? up
    at = up
  }
  return at
}

function smallestOfEach({ parent }: Forest): Int32Array {
  const first = new Int32Array(parent.length).fill(NONE)
  return parent.map((_, rank) => {
    const root = rootOf(parent, rank)
    if (first[root] === NONE) first[root] = rank
    return first[root] ?? rank
  })
}
