import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { ask } from './ask.ts'
import type { Context } from './context.ts'
import { homeOf } from './ids.ts'
import { derivedKey, type Keys } from './keys.ts'
import { Problem } from './problem.ts'
import { seal, unseal } from './seal.ts'

declare module './database.ts' {
  interface Tables {
    'keys.data_key': DataKeyRow
  }
}

/** A Patient's own key, as it lies in the database: destroying the row destroys the record everywhere. */
export interface DataKeyRow {
  home: number
  patient_id: number
  wrapped: Buffer
  kek_version: number
}

const wrappingKey = (keys: Keys, version: number): KeyObject => derivedKey(keys, 'data key', version)

const about = (patientId: number): Buffer => Buffer.from(`data key ${patientId}`)

function wrap(keys: Keys, patientId: number, dataKey: KeyObject): DataKeyRow {
  const version = keys.kek.current
  const wrapped = seal(wrappingKey(keys, version), dataKey.export(), about(patientId))
  return { home: homeOf(patientId), patient_id: patientId, wrapped, kek_version: version }
}

/**
 * Opens a key and forgets it, for whoever opens one thing of each of very many.
 * @throws {Problem} record.damaged: the key file is not the one it was wrapped with, or the row is another's
 */
export function unwrap(
  keys: Keys,
  { patient_id, wrapped, kek_version }: Omit<DataKeyRow, 'home'>,
): KeyObject {
  try {
    return createSecretKey(unseal(wrappingKey(keys, kek_version), wrapped, about(patient_id)))
  } catch (cause) {
    throw new Problem('record.damaged', { cause, at: ['data key'] })
  }
}

/** Brings the wrapped key of each row's Patient along, to be opened by {@link openDataKey}. */
export const WITH_DATA_KEY = 'left join keys.data_key using (home, patient_id)'

/** A new Patient's key and the row that keeps it. */
export function makeDataKey(keys: Keys, patientId: number): { dataKey: KeyObject; row: DataKeyRow } {
  const dataKey = createSecretKey(randomBytes(32))
  return { dataKey, row: wrap(keys, patientId, dataKey) }
}

const KEEP = `insert into keys.data_key (home, patient_id, wrapped, kek_version)
  select * from unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::int[])`

/** Keeps keys of new Patients, in the transaction that makes the Patients. */
export async function keepDataKeys({ db }: Pick<Context, 'db'>, rows: readonly DataKeyRow[]): Promise<void> {
  const column = <Name extends keyof DataKeyRow>(name: Name) => rows.map((row) => row[name])
  if (rows.length > 0)
    await ask(db, KEEP, column('home'), column('patient_id'), column('wrapped'), column('kek_version'))
}

/** One of them. */
export const keepDataKey = (ctx: Pick<Context, 'db'>, row: DataKeyRow): Promise<void> =>
  keepDataKeys(ctx, [row])

/** Opened keys stay in this process only, the least lately used go first. */
const MOST_OPEN = 10_000
const opened = new WeakMap<Context['pool'], Map<number, KeyObject>>()

function openedOf(ctx: Context): Map<number, KeyObject> {
  const known = opened.get(ctx.pool)
  if (known) return known
  const made = new Map<number, KeyObject>()
  opened.set(ctx.pool, made)
  return made
}

function remember(keys: Map<number, KeyObject>, patientId: number, dataKey: KeyObject): void {
  keys.delete(patientId)
  keys.set(patientId, dataKey)
  if (keys.size <= MOST_OPEN) return
  for (const oldest of keys.keys()) {
    keys.delete(oldest)
    break
  }
}

async function fetchKeys(ctx: Context, patientIds: readonly number[]): Promise<DataKeyRow[]> {
  const homes = [...new Set(patientIds.map(homeOf))]
  const { rows } = await sql<DataKeyRow>`
    select home, patient_id, wrapped, kek_version from keys.data_key
    where home = any(${homes}::bigint[]) and patient_id = any(${patientIds}::bigint[])`.execute(ctx.db)
  return rows
}

/** Of these Patients' keys those that this process has open already. */
export function openedDataKeys(ctx: Context, patientIds: readonly number[]): Map<number, KeyObject> {
  const cache = openedOf(ctx)
  const found = new Map<number, KeyObject>()
  for (const patientId of patientIds) {
    const dataKey = cache.get(patientId)
    if (!dataKey) continue
    found.set(patientId, dataKey)
    remember(cache, patientId, dataKey)
  }
  return found
}

/** @throws {Problem} record.damaged when it does not open */
export function openDataKey(ctx: Context, row: DataKeyRow): KeyObject {
  const dataKey = unwrap(ctx.keys, row)
  // a key seen inside a transaction may yet be undone and made anew
  if (!ctx.db.isTransaction) remember(openedOf(ctx), row.patient_id, dataKey)
  return dataKey
}

/**
 * The keys of these Patients; none for whoever has no record or was erased.
 * @throws {Problem} record.damaged when a key does not open
 */
export async function dataKeysOf(
  ctx: Context,
  patientIds: readonly number[],
): Promise<Map<number, KeyObject>> {
  const found = openedDataKeys(ctx, patientIds)
  const missing = patientIds.filter((patientId) => !found.has(patientId))
  if (missing.length === 0) return found
  for (const row of await fetchKeys(ctx, missing)) found.set(row.patient_id, openDataKey(ctx, row))
  return found
}

/** After the transaction in which it was used has been committed: next time it need not be fetched. */
export const rememberDataKey = (ctx: Context, patientId: number, dataKey: KeyObject): void =>
  remember(openedOf(ctx), patientId, dataKey)

/** Destroys a Patient's key: every copy of the record, wherever it lies, stays closed for ever. */
export async function destroyDataKey(ctx: Context, patientId: number): Promise<void> {
  openedOf(ctx).delete(patientId)
  await ctx.db
    .deleteFrom('keys.data_key')
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .execute()
}

/**
 * After a rotation: wraps under the newest key-encryption key what an older one still wraps. The record itself is not
 * touched. Safe to stop and to repeat.
 *
 * @returns how many keys were wrapped anew; 0 when an old key-encryption key may go
 */
export async function rewrapDataKeys(ctx: Context, most = 1000): Promise<number> {
  const old = await ctx.db
    .selectFrom('keys.data_key')
    .selectAll()
    .where('kek_version', '!=', ctx.keys.kek.current)
    .limit(most)
    .execute()
  for (const row of old) {
    const { wrapped, kek_version } = wrap(ctx.keys, row.patient_id, unwrap(ctx.keys, row))
    await ctx.db
      .updateTable('keys.data_key')
      .set({ wrapped, kek_version })
      .where('home', '=', row.home)
      .where('patient_id', '=', row.patient_id)
      .where('kek_version', '=', row.kek_version)
      .execute()
  }
  return old.length
}

const PAGE = 1000

/** Unwraps every Patient's key, after a restore. @returns how many there are, and how many do not open */
export async function proveDataKeys({ db, keys }: Context): Promise<{ keys: number; closed: number }> {
  let [count, closed] = [0, 0]
  for (let [home, patientId] = [-1, -1]; ; ) {
    const { rows } = await sql<DataKeyRow>`
      select home, patient_id, wrapped, kek_version from keys.data_key where (home, patient_id) > (${home}, ${patientId})
      order by home, patient_id limit ${PAGE}`.execute(db)
    const last = rows.at(-1)
    if (!last) return { keys: count, closed }
    ;({ home, patient_id: patientId } = last)
    count += rows.length
    for (const row of rows) {
      try {
        unwrap(keys, row)
      } catch {
        closed += 1
      }
    }
  }
}
