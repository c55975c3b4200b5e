import { facilityOf } from '@sokhoe/codes'
import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction, type Scope } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { readScopes, writeScope } from './scopes.ts'
import type { ClientRow } from './tables.ts'
import { forgetTokens } from './tokens.ts'

export interface NewClient {
  /** Small letters, digits and dashes. */
  readonly id: string
  /** What people call it. */
  readonly name: string
  /** Code of the facility for which it speaks. */
  readonly facility: string
  /** SMART scopes of the context 'system', with blanks between. */
  readonly scopes: string
  /** Of the house's operator; it alone may also speak for the Department. */
  readonly operator?: boolean
}

/** The Department itself, which is no place of care. */
const DEPARTMENT = 'SYT'

const ID = /^[a-z0-9][a-z0-9-]{1,39}$/

/** Facilities send under their own code alone: it decides what is theirs in every book. */
const isFacility = (code: string, operator: boolean): boolean =>
  facilityOf(code) !== undefined || (operator && code === DEPARTMENT)

/** @throws {Problem} client.scope-unknown */
function scopesOf(text: string): readonly Scope[] {
  const scopes = readScopes(text)
  if (!scopes?.every(({ context }) => context === 'system')) throw new Problem('client.scope-unknown')
  return scopes
}

/** Whoever is at work in the Department; otherwise the operator at the machine. */
const workerOf = ({ actor }: Context): number | null => (actor.kind === 'staff' ? actor.id : null)

/**
 * Registers a facility's program. It cannot obtain a token before it has a key.
 * @returns its number
 * @throws {Problem} request.invalid · client.facility-unknown · client.scope-unknown · client.taken
 */
export async function newClient(ctx: Context, asked: NewClient): Promise<number> {
  const { id, facility, operator = false } = asked
  const name = asked.name.trim()
  if (!ID.test(id)) throw new Problem('request.invalid', { at: ['/id'] })
  if (name.length === 0 || name.length > 120) throw new Problem('request.invalid', { at: ['/name'] })
  if (!isFacility(facility, operator)) throw new Problem('client.facility-unknown')
  const scopes = scopesOf(asked.scopes).map(writeScope)
  return await inTransaction(ctx, async (ctx) => {
    const { rows } = await sql<{ no: number }>`select nextval('exchange.client_no') as no`.execute(ctx.db)
    const no = rows[0]?.no ?? 0
    const at = ctx.now()
    const added = await ctx.db
      .insertInto('exchange.client')
      .values({
        no,
        id,
        name,
        facility,
        scopes,
        operator,
        jwks_url: null,
        created_at: at,
        created_by: workerOf(ctx),
        changed_at: at,
        suspended_at: null,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .executeTakeFirst()
    if (added.numInsertedOrUpdatedRows !== 1n) throw new Problem('client.taken')
    await note(ctx, { action: 'client.new', what: id })
    return no
  })
}

/** @param hold 'for update': writers of one client take turns to the end of the transaction */
export async function findClient(
  { db }: Context,
  id: string,
  hold?: 'for update',
): Promise<ClientRow | undefined> {
  if (!ID.test(id)) return undefined
  return await db
    .selectFrom('exchange.client')
    .selectAll()
    .where('id', '=', id)
    .$if(hold !== undefined, (query) => query.forUpdate())
    .executeTakeFirst()
}

/** @throws {Problem} client.unknown */
export async function clientNamed(ctx: Context, id: string, hold?: 'for update'): Promise<ClientRow> {
  const row = await findClient(ctx, id, hold)
  if (!row) throw new Problem('client.unknown')
  return row
}

/** Every client, in the order in which they were registered. */
export const clientRows = ({ db }: Context): Promise<ClientRow[]> =>
  db.selectFrom('exchange.client').selectAll().orderBy('no').execute()

/**
 * Suspends a client, or takes it back: its tokens end at once, and it obtains new ones only afterwards.
 * @throws {Problem} client.unknown
 */
export async function suspendClient(ctx: Context, id: string, suspended: boolean): Promise<void> {
  const { no } = await clientNamed(ctx, id)
  await inTransaction(ctx, async (ctx) => {
    const at = ctx.now()
    await ctx.db
      .updateTable('exchange.client')
      .set({ suspended_at: suspended ? at : null, changed_at: at })
      .where('no', '=', no)
      .execute()
    if (suspended) await ctx.db.deleteFrom('exchange.token').where('client', '=', no).execute()
    await note(ctx, { action: suspended ? 'client.suspend' : 'client.resume', what: id })
  })
  forgetTokens(ctx)
}

/** When it last obtained a token, and by which key. */
export async function markUsed({ db, now }: Context, no: number, kid?: string): Promise<void> {
  const last_used_at = now()
  await Promise.all([
    db.updateTable('exchange.client').set({ last_used_at }).where('no', '=', no).execute(),
    ...(kid === undefined
      ? []
      : [
          db
            .updateTable('exchange.client_key')
            .set({ last_used_at })
            .where('client', '=', no)
            .where('kid', '=', kid)
            .execute(),
        ]),
  ])
}
