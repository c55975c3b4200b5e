import { askAtOnce } from './burst.ts'
import type { Context } from './context.ts'
import type { Db } from './database.ts'
import { afterOr } from './patience.ts'

/** Answers by number or name; whoever asked finds hers among them. */
type Answers<Key, Value> = ReadonlyMap<Key, Value>

/** One kind of question of a round, with everything that is asked of it. */
interface Waiting {
  readonly keys: Set<number | string>
  /** Sends its one statement by what it is given, and tells those who wait. */
  readonly ask: (db: Db) => Promise<unknown>
  readonly settle: (outcome: Promise<unknown>) => Promise<void>
  readonly done: Promise<unknown>
}

/** Questions of all kinds that travel together. */
type Round = Map<object, Waiting>

const open = new WeakMap<Db, Round>()
const underWay = new WeakMap<Db, Promise<unknown>>()

/** Nobody waits longer than this for an answer that is not hers. */
const PATIENCE_MS = 2
const MOST_TOGETHER = 200

async function sendRound(pool: Db, round: Round): Promise<void> {
  const all = [...round.values()]
  try {
    const answers = await askAtOnce(pool, async (db) => await Promise.all(all.map(({ ask }) => ask(db))))
    await Promise.all(all.map(({ settle }, i) => settle(Promise.resolve(answers[i]))))
  } catch (error) {
    // one of them broke it for all: each by itself finds out whether it was the one
    await Promise.all(
      all.map(({ ask, settle }) => settle(all.length > 1 ? ask(pool) : Promise.reject(error))),
    )
  }
}

async function whenDue(pool: Db, round: Round, before: Promise<unknown> | undefined): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (before) await afterOr(before, PATIENCE_MS)
  if (open.get(pool) === round) open.delete(pool)
  await sendRound(pool, round)
}

function openRound(pool: Db): Round {
  const round: Round = new Map()
  open.set(pool, round)
  underWay.set(pool, whenDue(pool, round, underWay.get(pool)))
  return round
}

/**
 * Asks for many at once what is asked for one at a time: calls that come while answers are under way share the next
 * round, which is sent after all of them came; questions of every kind travel in it together. Inside a transaction each
 * is asked by itself.
 * @param load one statement, by `ask`, for any number of numbers; it must not fail because of one of them
 */
export function gather<Value, Key extends number | string = number>(
  load: (ctx: Context, numbers: readonly Key[]) => Promise<Answers<Key, Value>>,
): (ctx: Context, numbers: readonly Key[]) => Promise<Answers<Key, Value>> {
  const join = (ctx: Context, round: Round): Waiting => {
    const keys = new Set<Key>()
    const { promise, resolve, reject } = Promise.withResolvers<Answers<Key, Value>>()
    // whoever waits hears of it; the round itself goes on
    promise.catch(() => undefined)
    const waiting = {
      keys: keys as Set<number | string>,
      ask: (db: Db) => load({ ...ctx, db }, [...keys]),
      settle: (outcome: Promise<unknown>) =>
        outcome.then((value) => resolve(value as Answers<Key, Value>), reject),
      done: promise,
    }
    round.set(load, waiting)
    return waiting
  }
  return async (ctx, numbers) => {
    if (numbers.length === 0) return new Map()
    if (ctx.db.isTransaction) return await load(ctx, numbers)
    const round = open.get(ctx.pool) ?? openRound(ctx.pool)
    const waiting = round.get(load) ?? join(ctx, round)
    for (const one of numbers) waiting.keys.add(one)
    if (waiting.keys.size >= MOST_TOGETHER && open.get(ctx.pool) === round) open.delete(ctx.pool)
    return (await waiting.done) as Answers<Key, Value>
  }
}
