import { join } from 'node:path'
import { sql } from 'kysely'
import { type Config, isMakeBelieve } from '../platform/config.ts'
import { type Db, migrate, openDb } from '../platform/database.ts'
import { type Keys, keyMark, makeKeys, readKeys, refuse } from '../platform/keys.ts'
import { databaseOf, LOCKS_NEEDED, openPostgres, type Postgres } from '../platform/postgres.ts'
import { rememberSetting, settingOf } from '../platform/settings.ts'

export const databaseDir = (config: Config): string => join(config.DATA_DIR, 'postgres')

export interface OpenDatabase {
  readonly url: string
  readonly stop: () => Promise<void>
}

/** The embedded PostgreSQL, opened again whenever it ends though nobody asked it to. */
async function openEmbedded(config: Config, onNotice: (text: string) => void): Promise<OpenDatabase> {
  let ending = false
  let current: Promise<Postgres>
  const open = (): Promise<Postgres> => openPostgres({ dir: databaseDir(config), onNotice, onExit: reopen })
  function reopen(how: string): void {
    if (ending) return
    onNotice(`the database ended (${how}); opening it again`)
    current = open()
    current.catch((error: Error) => onNotice(error.message))
  }
  current = open()
  const { url } = await current
  const stop = async (): Promise<void> => {
    ending = true
    await (await current).stop()
  }
  return { url, stop }
}

/** The database of the settings: a given one, or the embedded one. */
export async function openDatabase(config: Config, onNotice: (text: string) => void): Promise<OpenDatabase> {
  if (config.DATABASE_URL) return { url: config.DATABASE_URL, stop: async () => {} }
  return await openEmbedded(config, onNotice)
}

/** For commands: beside a running server its database, otherwise the embedded one for as long as the command runs. */
export async function joinDatabase(config: Config): Promise<OpenDatabase> {
  const running = config.DATABASE_URL ?? (await databaseOf(databaseDir(config)))
  if (running) return { url: running, stop: async () => {} }
  return await openEmbedded(config, () => {})
}

interface Marks {
  readonly keys: string | undefined
  readonly kind: string | undefined
}

async function marksOf(db: Db): Promise<Marks> {
  const { rows } = await sql<{
    there: boolean
  }>`select to_regclass('platform.setting') is not null as there`.execute(db)
  if (!rows[0]?.there) return { keys: undefined, kind: undefined }
  return { keys: await settingOf(db, 'key-mark'), kind: await settingOf(db, 'kind') }
}

/** PostgreSQL 15: the oldest whose functions and statements the house uses. */
const OLDEST = 150_000
const NETWORK = /^(connection-lost|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENOENT|28P01|28000|3D000)$/

function unreachable(error: Error & { code?: string }): never {
  if (!NETWORK.test(error.code ?? '')) throw error
  throw refuse(
    'database',
    `The database of DATABASE_URL cannot be opened (${error.code}): check that it runs and who may use it.`,
  )
}

async function checkVersion(db: Db): Promise<void> {
  const { rows } = await sql<{ version: number }>`
    select current_setting('server_version_num')::int as version`.execute(db)
  if ((rows[0]?.version ?? 0) < OLDEST) throw refuse('database', 'The database is older than PostgreSQL 15.')
}

/** What is wrong with so few locks, in plain words; undefined where there are enough. */
export const adviceOnLocks = (locks: number): string | undefined =>
  locks >= LOCKS_NEEDED
    ? undefined
    : `The database has max_locks_per_transaction = ${locks}: the largest messages of hospitals will be refused as busy. ` +
      `Set it to ${LOCKS_NEEDED} or more (alter system set max_locks_per_transaction = ${LOCKS_NEEDED}) and restart the database.`

/** What whoever runs this database should change; undefined where all is well. */
export async function adviceFor(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ locks: number }>`
    select current_setting('max_locks_per_transaction')::int as locks`.execute(db)
  return adviceOnLocks(rows[0]?.locks ?? 0)
}

const kindOf = (config: Config): string => (isMakeBelieve(config.MODE) ? 'make-believe' : 'production')

function checkKind(config: Config, kind: string | undefined): void {
  if (kind === undefined || kind === kindOf(config)) return
  throw kind === 'production'
    ? refuse('kind', `This database belongs to real people: MODE=${config.MODE} does not open it.`)
    : refuse('kind', 'This database was made for demonstration or tests: MODE=production does not open it.')
}

const keysDiffer = ({ KEY_FILE }: Config): Error =>
  refuse('keys-differ', `The key file ${KEY_FILE} is not the one this database was sealed with.`)

/** Keys that fit the database. New ones are made only for make-believe, and only where nothing is sealed yet. */
async function keysFor(config: Config, mark: string | undefined): Promise<Keys> {
  const mayMake = mark === undefined && isMakeBelieve(config.MODE)
  const keys = await readKeys(config.KEY_FILE).catch(async (error: Error & { code?: string }) => {
    if (error.code !== 'keys-missing') throw error
    if (mark !== undefined)
      throw refuse(
        'keys-missing',
        `The key file ${config.KEY_FILE} is missing, and this database was sealed with it.`,
      )
    if (!mayMake) throw error
    await makeKeys(config.KEY_FILE)
    return await readKeys(config.KEY_FILE)
  })
  if (mark !== undefined && mark !== keyMark(keys))
    throw refuse(
      'keys-differ',
      `The key file ${config.KEY_FILE} is not the one this database was sealed with.`,
    )
  return keys
}

/**
 * Checks that settings, keys and database belong together before anything is changed, then migrates and opens a pool.
 * @throws with one clear sentence
 */
export async function openRecordDatabase(
  config: Config,
  url: string,
  max = 16,
): Promise<{ db: ReturnType<typeof openDb>; keys: Keys }> {
  const db = openDb(url, { max })
  try {
    const marks = await marksOf(db).catch(unreachable)
    await checkVersion(db)
    checkKind(config, marks.kind)
    const keys = await keysFor(config, marks.keys)
    await migrate(url)
    await rememberSetting(db, 'key-mark', keyMark(keys))
    await rememberSetting(db, 'kind', kindOf(config))
    // of two that open an empty database at once, the first says with which keys
    const now = await marksOf(db)
    checkKind(config, now.kind)
    if (now.keys !== keyMark(keys)) throw keysDiffer(config)
    return { db, keys }
  } catch (error) {
    await db.destroy()
    throw error
  }
}
