import {
  AbortedTransactionError,
  CompiledQuery,
  type ConnectionProvider,
  DummyDriver,
  PostgresDialect,
  Transaction,
} from 'kysely'
import { type Asking, BEGIN, COMMIT, collectFrom, type Said, sendOn, tellAll } from './burst.ts'
import { type Db, DIRECTLY, type OnConnection, sqlState, type Tables } from './database.ts'

const ROLLBACK = CompiledQuery.raw('rollback')

/** A Transaction asks for these but uses its executor only. */
const UNUSED_DIALECT = new PostgresDialect({ pool: async () => Promise.reject(new Error('unused')) })
const UNUSED = { driver: new DummyDriver(), dialect: UNUSED_DIALECT, config: { dialect: UNUSED_DIALECT } }

type Connection = Parameters<Parameters<ConnectionProvider['provideConnection']>[0]>[0]

const IN_FAILED_TRANSACTION = '25P02'

/** Statements sent after one that failed all fail too, and tell nothing of why. */
const isEcho = (error: unknown): boolean =>
  sqlState(error) === IN_FAILED_TRANSACTION || error instanceof AbortedTransactionError

/** What is asked of the one connection, in the order in which it was asked. */
interface Line {
  /** Something was sent: there is something to end. */
  began: boolean
  over: boolean
  /** What failed first. */
  cause?: unknown
  /** Asked for, and not on its way yet. */
  waiting: Asking[]
}

function failed(line: Line, error: unknown): void {
  if (!isEcho(error)) line.cause ??= error
}

/** What waits leaves in one write, and is answered together. */
async function flush(connection: Connection, line: Line): Promise<void> {
  const { waiting } = line
  if (waiting.length === 0) return
  line.waiting = []
  line.began = true
  const act: OnConnection = (client) => sendOn(client, waiting)
  try {
    const { rows } = await connection.executeQuery<unknown[]>(CompiledQuery.raw(DIRECTLY, [act]) as Burst)
    tellAll(waiting, rows)
  } catch (error) {
    failed(line, error)
    for (const { fail } of waiting) fail(error)
  }
}
type Burst = CompiledQuery<unknown[]>

/** At the end of what stands in line. */
const asking = (line: Line, said: Said): Promise<readonly unknown[]> =>
  new Promise((tell, fail) => void line.waiting.push({ ...said, tell, fail }))

/** Takes what is asked for at once, and sends it once everybody who has an answer by now has asked what follows from it. */
function takeFor(connection: Connection, line: Line): (one: Asking) => void {
  let isDue = false
  return (one) => {
    line.waiting.push(one)
    if (isDue) return
    isDue = true
    process.nextTick(() => {
      isDue = false
      void flush(connection, line)
    })
  }
}

/** Gives the one connection to every other statement, behind what was asked for before it. */
function pipeTo(connection: Connection, line: Line): ConnectionProvider {
  return {
    provideConnection: async (consumer) => {
      if (line.over) throw new Error('the transaction is over')
      void flush(connection, line)
      try {
        return await consumer(connection)
      } catch (error) {
        failed(line, error)
        throw error
      }
    },
  }
}

/** PostgreSQL answers ROLLBACK where a statement had failed and nobody noticed. */
async function commit(connection: Connection, line: Line): Promise<void> {
  const answer = asking(line, COMMIT)
  await flush(connection, line)
  const [told] = (await answer) as { readonly command: string }[]
  if (told?.command === 'ROLLBACK') throw new AbortedTransactionError()
}

const opened = (executor: ReturnType<Db['getExecutor']>, provider: ConnectionProvider): Transaction<Tables> =>
  new Transaction<Tables>({ ...UNUSED, executor: executor.withConnectionProvider(provider) })

const unwaited = new WeakMap<Db, Promise<unknown>[]>()

/**
 * For the last statements of a transaction, whose results nobody needs: `commit` travels right behind them instead of
 * after their answers. A failure among them still undoes all and is told by the transaction.
 * @param sent what was asked for just now; outside a transaction of {@link transact} it is simply waited for
 */
export async function withoutWaiting(db: Db, sent: Promise<unknown>): Promise<void> {
  const list = unwaited.get(db)
  if (!list) return void (await sent)
  sent.catch(() => undefined)
  list.push(sent)
}

/**
 * Runs the work in one transaction. Unlike Kysely's own, statements asked for without waiting for one another
 * (`Promise.all`) are sent at once, in that order. Those asked for by `ask` leave in one write and are answered together,
 * `begin` with the first of them and `commit` with the last.
 */
export async function transact<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const executor = db.getExecutor()
  return await executor.provideConnection(async (connection) => {
    const line: Line = { began: false, over: false, waiting: [] }
    const inner = opened(executor, pipeTo(connection, line))
    const sent: Promise<unknown>[] = [asking(line, BEGIN)]
    // a connection that broke fails every statement: the work's own tells of it
    sent[0]?.catch(() => undefined)
    unwaited.set(inner, sent)
    const stop = collectFrom(inner, takeFor(connection, line), { orAlone: true })
    try {
      const result = await work(inner)
      line.over = true
      stop()
      if (!line.began && line.waiting.length === 1) return result
      await Promise.all([...sent, commit(connection, line)])
      return result
    } catch (error) {
      line.over = true
      stop()
      await end(connection, line)
      throw isEcho(error) ? (line.cause ?? error) : error
    }
  })
}

/** Undoes what was done, if anything was asked for at all. */
async function end(connection: Connection, line: Line): Promise<void> {
  const { waiting, began } = line
  line.waiting = []
  for (const { fail } of waiting) fail(new Error('the transaction is over'))
  if (began) await connection.executeQuery(ROLLBACK).catch(() => undefined)
}
