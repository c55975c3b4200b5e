import { groupRanks } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import type { Moves } from './move.ts'
import { type Going, planMoves } from './plan.ts'
import {
  booksOf,
  type Edges,
  type Person,
  type Records,
  type Rulings,
  rankOf,
  readEdges,
  readPersons,
  readRecords,
  readRulings,
  readTies,
  readVerified,
  type Tied,
} from './standing.ts'

/** The whole city as it stands and as it should stand. */
export interface Settled {
  readonly records: Records
  readonly persons: ReadonlyMap<number, Person>
  /** By rank, the smallest rank of its group. */
  readonly first: Int32Array
  readonly books: Uint8Array
  readonly plan: readonly (readonly Going[])[]
  readonly moves: Moves
}

const both = (a: Tied, b: Tied): Tied => ({
  a: a.a.concat(b.a),
  b: a.b.concat(b.b),
  tie: a.tie.concat(b.tie),
})

/** What people wish and has not come to pass yet, such as for a book that is unconfirmed, counts more than any score. */
const withWishes = ({ a, b, score, tie }: Edges, wished: Rulings['wished']): Edges => ({
  a: a.concat(wished.a),
  b: b.concat(wished.b),
  score: score.concat(wished.a.map(() => Number.MAX_VALUE)),
  tie: tie.concat(wished.tie),
})

/** By each Patient's likeliest pair within its group. */
function scoresIn(records: Records, { a, b, score }: Edges, first: Int32Array): Moves['scoreOf'] {
  const best = new Float32Array(records.patientIds.length).fill(Number.NEGATIVE_INFINITY)
  score.forEach((bits, at) => {
    const [one = -1, other = -1] = [a[at], b[at]]
    if (first[one] !== first[other]) return
    best[one] = Math.max(best[one] ?? bits, bits)
    best[other] = Math.max(best[other] ?? bits, bits)
  })
  return (patientId) => {
    const bits = best[rankOf(records, patientId)] ?? Number.NEGATIVE_INFINITY
    return Number.isFinite(bits) ? Math.round(bits * 100) / 100 : null
  }
}

/**
 * Reads the city and finds its groups: from the records, what tonight's comparison found of them, and what people have
 * ruled; from nothing else, and so not from who belonged to whom before.
 */
export async function settleCity(ctx: Context, startedAt: Date): Promise<Settled> {
  const readAt = ctx.now()
  const records = await readRecords(ctx, startedAt)
  const persons = await readPersons(ctx)
  const { edges, against } = await readEdges(ctx, records)
  const rulings = await readRulings(ctx, records)
  const books = booksOf(records, persons)
  const first = groupRanks({
    count: records.patientIds.length,
    verified: await readVerified(ctx, records),
    edges: withWishes(edges, rulings.wished),
    same: both(await readTies(ctx, records), rulings.same),
    different: rulings.different,
    against,
    books,
  })
  const plan = planMoves(records, persons, first)
  return { records, persons, first, books, plan, moves: { readAt, scoreOf: scoresIn(records, edges, first) } }
}

/** The same groups, once Patients have moved. */
export async function asItStands(ctx: Context, settled: Settled, startedAt: Date): Promise<Settled> {
  const [records, persons] = [await readRecords(ctx, startedAt), await readPersons(ctx)]
  const isSame = records.patientIds.length === settled.records.patientIds.length
  // whoever was erased meanwhile has left a gap among the ranks
  return isSame ? { ...settled, records, persons } : await settleCity(ctx, startedAt)
}
