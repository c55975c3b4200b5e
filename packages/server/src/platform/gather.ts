import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from './context.ts'
import type { Db } from './database.ts'
import { askInLine } from './transact.ts'

/** Answers by number or name; whoever asked finds hers among them. */
type Answers<Key, Value> = ReadonlyMap<Key, Value>

interface Waiting<Key, Value> {
  readonly numbers: Set<Key>
  readonly done: Promise<Answers<Key, Value>>
}

/** Nobody waits longer than this for an answer that is not hers. */
const PATIENCE_MS = 2
const MOST_TOGETHER = 200

/**
 * Asks for many at once what is asked for one at a time: calls that come while an answer is under way share the next
 * question, which is asked after all of them came. Inside a transaction each is asked by itself.
 * @param load one statement for any number of numbers; it must not fail because of one of them
 */
export function gather<Value, Key extends number | string = number>(
  load: (ctx: Context, numbers: readonly Key[]) => Promise<Answers<Key, Value>>,
): (ctx: Context, numbers: readonly Key[]) => Promise<Answers<Key, Value>> {
  const open = new WeakMap<Db, Waiting<Key, Value>>()
  const underWay = new WeakMap<Db, Promise<unknown>>()

  const askFor = async (ctx: Context, numbers: ReadonlySet<Key>, before: Promise<unknown> | undefined) => {
    await new Promise((resolve) => setImmediate(resolve))
    if (before) await Promise.race([before.catch(() => undefined), pause(PATIENCE_MS)])
    if (open.get(ctx.pool)?.numbers === numbers) open.delete(ctx.pool)
    return await askInLine(ctx.pool, (db) => load({ ...ctx, db }, [...numbers]))
  }

  return async (ctx, numbers) => {
    if (numbers.length === 0) return new Map()
    if (ctx.db.isTransaction) return await load(ctx, numbers)
    const waiting = open.get(ctx.pool)
    if (waiting && waiting.numbers.size < MOST_TOGETHER) {
      for (const one of numbers) waiting.numbers.add(one)
      return await waiting.done
    }
    const wanted = new Set(numbers)
    const done = askFor(ctx, wanted, underWay.get(ctx.pool))
    open.set(ctx.pool, { numbers: wanted, done })
    underWay.set(ctx.pool, done)
    return await done
  }
}
