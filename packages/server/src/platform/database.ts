import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import type { Socket } from 'node:net'
import { Kysely, PostgresDialect, type PostgresPool, sql, type Transaction } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import pg from 'pg'

/** Every table, keyed 'room.table'. Each room adds its own by declaration merging in its tables.ts. */
export interface Tables {
  'platform.setting': { name: string; value: string }
}

export type Db = Kysely<Tables> | Transaction<Tables>

const INT8 = 20
/** Numbers of people and rows stay far below 2^53; anything larger is a fault, not a rounding. */
const readInt8 = (text: string): number => {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError('int8 beyond 2^53')
  return value
}
pg.types.setTypeParser(INT8, readInt8)
/** Days stay days: 'YYYY-MM-DD', never a local midnight. */
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text)

/** Statement texts that became named prepared statements; bounded, since each costs memory on the server. */
const NAMES = new Map<string, string>()
const MOST_NAMES = 400

/** Of a text that is prepared; undefined where there are too many. */
export function nameOf(text: string): string | undefined {
  const known = NAMES.get(text)
  if (known || NAMES.size >= MOST_NAMES || text.length > 4000) return known
  const name = createHash('sha1').update(text).digest('base64url')
  NAMES.set(text, name)
  return name
}

const PLAIN = /^(begin|start transaction|commit|rollback|savepoint|release|set |create |drop |alter |copy )/i

/** What is asked in one go leaves in one go: a write to the socket costs more than most statements. */
function sendTogether(client: pg.PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  // once everybody who has an answer by now has asked what follows from it
  process.nextTick(() => stream.uncork())
}

const LOST = 'connection-lost'

/** What PostgreSQL itself did not say is a connection that broke, or that was not to be had. */
export function orLost(error: unknown): never {
  if (error instanceof pg.DatabaseError || error instanceof TypeError || error instanceof RangeError)
    throw error
  throw Object.assign(new Error('the connection to the database was lost', { cause: error }), { code: LOST })
}

/** Stands for a statement where something is done on the connection itself: the function that does it is the value. */
export const DIRECTLY = '-- directly'
export type OnConnection = (client: pg.PoolClient) => Promise<unknown[]>

/** What is asked more than once is prepared: same text, same plan, no parsing. */
function preparing(pool: pg.Pool): PostgresPool {
  const wrap = (client: pg.PoolClient) => {
    const state = { spoiled: false }
    const directly = async (act: OnConnection) => {
      try {
        return { rows: await act(client) }
      } catch (error) {
        state.spoiled = true
        throw error
      }
    }
    return {
      query: (text: string, values: unknown[]) => {
        sendTogether(client)
        if (text === DIRECTLY) return directly(values[0] as OnConnection)
        const name = PLAIN.test(text) ? undefined : nameOf(text)
        return client.query({ text, values, ...(name && { name }) }).catch(orLost)
      },
      release: () => client.release(state.spoiled),
    }
  }
  return {
    connect: async () => wrap(await pool.connect().catch(orLost)),
    end: () => pool.end(),
  } as unknown as PostgresPool
}

const pools = new WeakMap<object, pg.Pool>()

/** What a pool and all that was made of it have in common. */
const rootOf = (db: Db): object => db.getExecutor().adapter

/** The connections behind a pool that `openDb` opened. */
export function connectionsOf(db: Db): pg.Pool {
  const pool = pools.get(rootOf(db))
  if (!pool) throw new TypeError('not a pool of this house')
  return pool
}

export interface DbOptions {
  /** Connections at most; default 16. */
  readonly max?: number
  readonly onError?: (error: Error) => void
}

/**
 * Opens a pool on a PostgreSQL 15 or later. Queries sent without waiting for one another inside a transaction
 * travel together (pipelining): `await Promise.all([...])` is one round trip.
 */
export function openDb(url: string, { max = 16, onError = () => {} }: DbOptions = {}): Kysely<Tables> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    pipeline: true,
    application_name: 'sokhoe',
    options: '-c TimeZone=UTC -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
  } as pg.PoolConfig)
  pool.on('error', onError)
  // a connection that breaks while it is in use tells its statements, and must not end the process besides
  pool.on('connect', (client) => client.on('error', onError))
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: preparing(pool) }) })
  pools.set(rootOf(db), pool)
  return db
}

const MIGRATIONS = new URL('../../migrations/', import.meta.url)

async function migrationsOnDisk(): Promise<Record<string, Migration>> {
  const names = (await readdir(MIGRATIONS)).filter((name) => name.endsWith('.sql')).sort()
  const entries = names.map(async (name): Promise<[string, Migration]> => {
    const text = await readFile(new URL(name, MIGRATIONS), 'utf8')
    return [name.slice(0, -4), { up: async (db) => void (await sql.raw(text).execute(db)) }]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** Names of the migrations that this release has, in their order. */
export const migrationNames = async (): Promise<string[]> => Object.keys(await migrationsOnDisk())

/**
 * Brings the database to the newest form; safe to call from several processes at once.
 * @param last the migration to stop after; default the newest
 * @returns names of the migrations that ran now
 */
export async function migrate(url: string, last?: string): Promise<string[]> {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    const migrator = new Migrator({ db, provider: { getMigrations: migrationsOnDisk } })
    const { error, results } = await (last ? migrator.migrateTo(last) : migrator.migrateToLatest())
    if (error) throw error
    return (results ?? []).map((result) => result.migrationName)
  } finally {
    await db.destroy()
  }
}

/** SQLSTATE of a refused statement, if that is what it is. Faults are told apart by it, never by their text. */
export const sqlState = (error: unknown): string | undefined =>
  error instanceof pg.DatabaseError ? error.code : undefined

/** Connections (08), resources such as disk and memory (53), an operator or a restart (57), input and output (58), rivals. */
const PASSING = /^(?:08|53|57|58|40001$|40P01$|55P03$|25006$)/

/** Whether a fault is the database's state and not the request's: the same request may succeed a little later. */
export function isPassing(error: unknown): boolean {
  const state = sqlState(error)
  if (state !== undefined) return PASSING.test(state)
  return error instanceof Error && 'code' in error && error.code === LOST
}
