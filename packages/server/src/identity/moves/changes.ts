import { sql } from 'kysely'
import { newSpokenCode, readSpokenCode } from '../../access/index.ts'
import type { Context, Resident } from '../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../platform/houseseal.ts'
import { fingerprint } from '../../platform/keys.ts'
import type { ChangeRow, Proofs } from './tables.ts'

const CODE = 'phone change code'
/** How long proofs are gathered: a family member or the station may take some days. */
const COLLECT_DAYS = 7

const hashOf = (ctx: Context, kind: 'code' | 'undo', code: string): Buffer =>
  fingerprint(ctx.keys, `phone change ${kind}`, readSpokenCode(code))

export const undoHash = (ctx: Context, code: string): Buffer => hashOf(ctx, 'undo', code)

const COLUMNS = sql`phone_hash, code_hash, epoch, code, undo_hash, to_json(candidates) as candidates, proofs, home,
  state, created_at, ends_at, begun_at, effective_at, undone_at`

/** Begins to gather proofs for a number; what it gathered before ends. */
export async function collect(
  ctx: Context,
  { phoneHash, epoch }: Resident,
  candidates: readonly number[],
  proofs: Proofs,
): Promise<ChangeRow> {
  const code = newSpokenCode()
  const now = ctx.now()
  const code_hash = hashOf(ctx, 'code', code)
  await ctx.db
    .updateTable('identity.phone_change')
    .set({ state: 'ended' })
    .where('phone_hash', '=', phoneHash)
    .where('state', '=', 'collecting')
    .execute()
  const sealed = sealForHouse(ctx.keys, CODE, code, code_hash.toString('hex'))
  const ends = new Date(now.getTime() + COLLECT_DAYS * 86_400_000)
  const { rows } = await sql<ChangeRow>`
    insert into identity.phone_change (phone_hash, code_hash, epoch, code, candidates, proofs, state, created_at, ends_at)
    values (${phoneHash}, ${code_hash}, ${epoch}, ${sealed}, ${[...candidates]}::bigint[],
      ${JSON.stringify(proofs)}::jsonb, 'collecting', ${now}, ${ends})
    returning ${COLUMNS}`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new Error('a row was inserted and did not come back')
  return row
}

/** The code that the new telephone shows to family or station. */
export const codeOf = (ctx: Context, { code, code_hash }: ChangeRow): string =>
  openForHouse(ctx.keys, CODE, code, code_hash.toString('hex'))

/** What a number asked for last, seen by its owner of today. */
export async function latestOf(ctx: Context, { phoneHash, epoch }: Resident): Promise<ChangeRow | undefined> {
  const { rows } = await sql<ChangeRow>`
    select ${COLUMNS} from identity.phone_change where phone_hash = ${phoneHash} and epoch = ${epoch}
      and state <> 'ended' order by created_at desc limit 1`.execute(ctx.db)
  return rows[0]
}

/**
 * Held until the transaction ends.
 * @param orWaiting also one that has begun: the station may finish it
 * @returns undefined for a code that has ended, is done or never was, all alike
 */
export async function holdByCode(
  ctx: Context,
  code: string,
  orWaiting = false,
): Promise<ChangeRow | undefined> {
  const states = orWaiting ? ['collecting', 'waiting'] : ['collecting']
  const { rows } = await sql<ChangeRow>`
    select ${COLUMNS} from identity.phone_change where code_hash = ${hashOf(ctx, 'code', code)}
      and state = any(${states}) and ends_at > ${ctx.now()} for update`.execute(ctx.db)
  return rows[0]
}

/** Changes of a book that the old number may still undo, held until the transaction ends. */
export async function holdWaiting(
  ctx: Context,
  by: { readonly homes: readonly number[] } | { readonly undoHash: Buffer },
): Promise<ChangeRow | undefined> {
  const which = 'homes' in by ? sql`home = any(${[...by.homes]}::bigint[])` : sql`undo_hash = ${by.undoHash}`
  const { rows } = await sql<ChangeRow>`
    select ${COLUMNS} from identity.phone_change where ${which} and state = 'waiting'
      and effective_at > ${ctx.now()} order by begun_at desc limit 1 for update`.execute(ctx.db)
  return rows[0]
}

/** When a change of one of these books was last undone. */
export async function lastUndone(ctx: Context, homes: readonly number[]): Promise<Date | undefined> {
  const { rows } = await sql<{ at: Date | null }>`
    select max(undone_at) as at from identity.phone_change where home = any(${[...homes]}::bigint[]) and state = 'undone'`.execute(
    ctx.db,
  )
  return rows[0]?.at ?? undefined
}

export async function updateChange(
  ctx: Context,
  { phone_hash, code_hash }: ChangeRow,
  next: Partial<Pick<ChangeRow, 'state' | 'home' | 'undo_hash' | 'begun_at' | 'effective_at' | 'undone_at'>>,
  proofs?: Proofs,
): Promise<void> {
  await ctx.db
    .updateTable('identity.phone_change')
    .set({ ...next, ...(proofs && { proofs: sql<Proofs>`${JSON.stringify(proofs)}::jsonb` }) })
    .where('phone_hash', '=', phone_hash)
    .where('code_hash', '=', code_hash)
    .execute()
}

/** Changes whose time to undo is over, not yet told of. */
export async function dueChanges(ctx: Context): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select ${COLUMNS} from identity.phone_change where state = 'waiting' and effective_at <= ${ctx.now()}
    limit 500 for update skip locked`.execute(ctx.db)
  return rows
}
