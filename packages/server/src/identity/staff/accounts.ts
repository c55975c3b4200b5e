import { randomBytes } from 'node:crypto'
import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../platform/houseseal.ts'
import type { Keys } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { hashPassword, SHORTEST_PASSWORD } from './password.ts'
import type { Role, StaffRow } from './tables.ts'
import { base32 } from './totp.ts'

export interface NewStaff {
  readonly user: string
  readonly name: string
  readonly role: Role
  readonly ward: string | null
  readonly facility: string | null
}

/** Told once, to whoever makes the account; neither is kept in the clear. */
export interface Credentials {
  readonly user: string
  readonly password: string
  /** Base32, for an authenticator app. */
  readonly totpSecret: string
}

const PURPOSE = 'staff totp'
const USER = /^[a-z0-9][a-z0-9._-]{2,39}$/
/** No letters that are taken for one another. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789'

export const openTotp = (keys: Keys, { staff_id, totp }: Pick<StaffRow, 'staff_id' | 'totp'>): Buffer =>
  Buffer.from(openForHouse(keys, PURPOSE, totp, `staff ${staff_id}`), 'base64')

function newPassword(): string {
  const letters = [...randomBytes(20)].map((byte) => LETTERS.charAt(byte % LETTERS.length))
  return [0, 5, 10, 15].map((from) => letters.slice(from, from + 5).join('')).join('-')
}

/** Who works in a ward has a ward; who works for the whole city has none. */
function checkPlace({ user, role, ward }: NewStaff): void {
  const at = [
    ...(USER.test(user) ? [] : ['/user']),
    ...((role === 'station' || role === 'station-lead') === (ward !== null) ? [] : ['/ward']),
  ]
  if (at.length > 0) throw new Problem('request.invalid', { at })
}

/**
 * Makes an account with a password and a second factor of its own.
 * @param given for demonstrations, where other programs must know them
 * @throws {Problem} request.invalid, staff.user-taken
 */
export async function newStaff(
  ctx: Context,
  staff: NewStaff,
  given?: Partial<Credentials>,
): Promise<Credentials> {
  checkPlace(staff)
  const password = given?.password ?? newPassword()
  if (password.length < SHORTEST_PASSWORD) throw new Problem('request.invalid', { at: ['/password'] })
  const secret = randomBytes(20)
  const { rows } = await sql<{ id: number }>`select nextval('identity.staff_id') as id`.execute(ctx.db)
  const staff_id = rows[0]?.id ?? 0
  const added = await ctx.db
    .insertInto('identity.staff')
    .values({
      staff_id,
      user_name: staff.user,
      display_name: staff.name,
      role: staff.role,
      ward: staff.ward,
      facility: staff.facility,
      password: await hashPassword(password),
      totp: sealForHouse(ctx.keys, PURPOSE, secret.toString('base64'), `staff ${staff_id}`),
      totp_step: 0,
      wrong: 0,
      waits_until: null,
      active: true,
      created_at: ctx.now(),
      created_by: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      changed_at: ctx.now(),
      signed_in_at: null,
    })
    .onConflict((conflict) => conflict.column('user_name').doNothing())
    .returning('staff_id')
    .executeTakeFirst()
  if (!added) throw new Problem('staff.user-taken')
  await note(ctx, { action: 'staff.made', what: staff.role })
  return { user: staff.user, password, totpSecret: base32(secret) }
}

export interface ToldStaff {
  readonly id: number
  readonly user: string
  readonly name: string
  readonly role: Role
  readonly ward: string | null
  readonly wardName: string | null
  readonly facility: string | null
  readonly active: boolean
  readonly signedInAt: string | null
}

/** Accounts of one ward, or of all wards. */
export async function staffOf(ctx: Context, ward: string | null): Promise<ToldStaff[]> {
  const all = ctx.db.selectFrom('identity.staff').selectAll().orderBy('user_name')
  const today = dayInVietnam(ctx.now())
  const rows = await (ward === null ? all : all.where('ward', '=', ward)).execute()
  return rows.map((row) => ({
    id: row.staff_id,
    user: row.user_name,
    name: row.display_name,
    role: row.role,
    ward: row.ward,
    wardName: row.ward === null ? null : (wardAt(row.ward, today)?.name ?? null),
    facility: row.facility,
    active: row.active,
    signedInAt: row.signed_in_at?.toISOString() ?? null,
  }))
}

/** How an account signs in, and who works under it. */
export async function namesOf(ctx: Context, id: number): Promise<{ user: string; name: string }> {
  return await ctx.db
    .selectFrom('identity.staff')
    .select(['user_name as user', 'display_name as name'])
    .where('staff_id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Suspends or takes back: a suspended account's sessions end with it. */
export async function setActive(ctx: Context, id: number, active: boolean): Promise<void> {
  await ctx.db
    .updateTable('identity.staff')
    .set({ active, changed_at: ctx.now() })
    .where('staff_id', '=', id)
    .execute()
  if (!active) await ctx.db.deleteFrom('identity.staff_session').where('staff_id', '=', id).execute()
  await note(ctx, { action: active ? 'staff.resumed' : 'staff.suspended', what: String(id) })
}

/** Somebody's account as it stands; undefined where there is none. */
export async function staffAccount(
  ctx: Context,
  id: number,
): Promise<Pick<ToldStaff, 'name' | 'ward' | 'active'> | undefined> {
  const row = await ctx.db
    .selectFrom('identity.staff')
    .select(['display_name', 'ward', 'active'])
    .where('staff_id', '=', id)
    .executeTakeFirst()
  return row && { name: row.display_name, ward: row.ward, active: row.active }
}
