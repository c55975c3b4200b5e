import type { Context } from './context.ts'
import { type Db, isPassing, sqlState } from './database.ts'
import { afterOr } from './patience.ts'
import { Problem } from './problem.ts'
import { transact } from './transact.ts'

/** What becomes of one job among several that share a commit. */
export type Outcome<Result> =
  | { readonly is: 'kept'; readonly result: Result }
  | { readonly is: 'refused'; readonly error: unknown }
  /** Not decided here: it is tried by itself. */
  | { readonly is: 'apart' }

/** In the order of the jobs, and what is to be done once the commit stands. */
export interface Kept<Result> {
  readonly outcomes: readonly Outcome<Result>[]
  readonly committed: () => void
}

/** A job whose caller waits. */
interface Waiting<Job, Result> {
  readonly ctx: Context
  readonly job: Job
  readonly weight: number
  readonly tell: (outcome: Outcome<Result>) => void
}

interface Batch<Job, Result> {
  readonly waiting: Waiting<Job, Result>[]
  weight: number
  readonly before: Promise<void> | undefined
}

export interface Sharing<Job, Result> {
  /** What a batch weighs at most; a job weighs what its caller says. */
  readonly most: number
  /** In one transaction, whose context it gets. Whatever it throws undoes all; then each is tried by itself. */
  readonly keep: (
    ctx: Context,
    jobs: readonly { readonly ctx: Context; readonly job: Job }[],
  ) => Promise<Kept<Result>>
}

/** Nobody waits longer for a commit that is not hers. */
const PATIENCE_MS = 4

/** Rivals for the same rows: the database undid this one. */
const RIVALS = new Set(['40001', '40P01', '55P03'])

/** A lost connection does not say whether it was committed: what was sent then is never sent again. */
const isUndone = (error: unknown): boolean =>
  error instanceof Problem || !isPassing(error) || RIVALS.has(sqlState(error) ?? '')

/** Whoever comes in the same moment, or while the commit before is under way, comes along. */
async function whileOthersCome(before: Promise<void> | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (before) await afterOr(before, PATIENCE_MS)
}

/**
 * Jobs that come while another commit is under way share the next one: a commit and its statements cost more than what
 * one job writes. One that is refused does not touch its companions; no caller is told before the commit stands.
 * @returns does one job; `apart` does it in a transaction of its own
 */
export function shareCommits<Job, Result>({ most, keep }: Sharing<Job, Result>) {
  type Open = Batch<Job, Result>
  const open = new WeakMap<Db, Open>()
  const underWay = new WeakMap<Db, Promise<void>>()

  const keepBatch = async (pool: Db, batch: Open): Promise<void> => {
    const { waiting, before } = batch
    await whileOthersCome(before)
    if (open.get(pool) === batch) open.delete(pool)
    const [first] = waiting
    if (!first) return
    try {
      const kept = await transact(pool, async (db) => {
        return await keep({ ...first.ctx, db }, waiting)
      })
      kept.committed()
      waiting.forEach(({ tell }, i) => void tell(kept.outcomes[i] ?? { is: 'apart' }))
    } catch (error) {
      // one of them broke it for all: each by itself finds out whether it was the one
      const outcome: Outcome<Result> = isUndone(error) ? { is: 'apart' } : { is: 'refused', error }
      for (const { tell } of waiting) tell(outcome)
    }
  }

  const join = (pool: Db, one: Waiting<Job, Result>): void => {
    const batch = open.get(pool)
    const isOfThese = batch?.waiting[0]?.ctx.keys === one.ctx.keys
    if (batch && isOfThese && batch.weight + one.weight <= most) {
      batch.waiting.push(one)
      batch.weight += one.weight
      return
    }
    const made: Open = { waiting: [one], weight: one.weight, before: underWay.get(pool) }
    open.set(pool, made)
    underWay.set(pool, keepBatch(pool, made))
  }

  return async (ctx: Context, job: Job, weight: number, apart: () => Promise<Result>): Promise<Result> => {
    const outcome = await new Promise<Outcome<Result>>((tell) => join(ctx.pool, { ctx, job, weight, tell }))
    if (outcome.is === 'refused') throw outcome.error
    return outcome.is === 'kept' ? outcome.result : await apart()
  }
}
