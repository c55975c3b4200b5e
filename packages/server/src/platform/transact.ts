import {
  AbortedTransactionError,
  CompiledQuery,
  type ConnectionProvider,
  DummyDriver,
  PostgresDialect,
  Transaction,
} from 'kysely'
import { type Db, sqlState, type Tables } from './database.ts'

const BEGIN = CompiledQuery.raw('begin')
const COMMIT = CompiledQuery.raw('commit')
const ROLLBACK = CompiledQuery.raw('rollback')

/** A Transaction asks for these but uses its executor only. */
const UNUSED_DIALECT = new PostgresDialect({ pool: async () => Promise.reject(new Error('unused')) })
const UNUSED = { driver: new DummyDriver(), dialect: UNUSED_DIALECT, config: { dialect: UNUSED_DIALECT } }

type Connection = Parameters<Parameters<ConnectionProvider['provideConnection']>[0]>[0]

const IN_FAILED_TRANSACTION = '25P02'

/** Statements sent after one that failed all fail too, and tell nothing of why. */
const isEcho = (error: unknown): boolean =>
  sqlState(error) === IN_FAILED_TRANSACTION || error instanceof AbortedTransactionError

/** Gives the one connection to every statement at once: they travel in the order in which they were asked. */
function pipeTo(connection: Connection) {
  const state: { over: boolean; cause?: unknown } = { over: false }
  const provideConnection: ConnectionProvider['provideConnection'] = async (consumer) => {
    if (state.over) throw new Error('the transaction is over')
    try {
      return await consumer(connection)
    } catch (error) {
      if (!isEcho(error)) state.cause ??= error
      throw error
    }
  }
  return { state, provider: { provideConnection } }
}

/** PostgreSQL answers ROLLBACK where a statement had failed and nobody noticed. */
async function commit(connection: Connection): Promise<void> {
  const { rows } = await connection.executeQuery<{ command?: string }>(COMMIT)
  if (rows[0]?.command === 'ROLLBACK') throw new AbortedTransactionError()
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
 * (`Promise.all`) are sent at once, in that order, and `begin` travels with the first of them.
 */
export async function transact<T>(db: Db, work: (db: Db) => Promise<T>): Promise<T> {
  const executor = db.getExecutor()
  return await executor.provideConnection(async (connection) => {
    const { state, provider } = pipeTo(connection)
    const inner = opened(executor, provider)
    const sent: Promise<unknown>[] = [connection.executeQuery(BEGIN)]
    // a connection that broke fails every statement: the work's own tells of it
    sent[0]?.catch(() => undefined)
    unwaited.set(inner, sent)
    try {
      const result = await work(inner)
      state.over = true
      const committed = commit(connection)
      await Promise.all([...sent, committed])
      return result
    } catch (error) {
      state.over = true
      await connection.executeQuery(ROLLBACK).catch(() => undefined)
      throw isEcho(error) ? (state.cause ?? error) : error
    }
  })
}
