import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { note, noteRefusal } from '../../audit/index.ts'
import type { Actor, Context } from '../../platform/context.ts'
import { fingerprint, type Keys } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { openTotp } from './accounts.ts'
import { fitsPassword, hashPassword } from './password.ts'
import type { StaffRow } from './tables.ts'
import { fittingStep } from './totp.ts'

export const STAFF_COOKIE = 'sk_staff'
const HOUR = 3_600_000
/** A shift; and half an hour of nothing ends it. */
const LONGEST = 12 * HOUR
const IDLE = HOUR / 2
const TRIES = 5
const WAIT = 15 * 60_000
export const STAFF_SECONDS = LONGEST / 1000

const tokenHash = (keys: Keys, token: string): Buffer => fingerprint(keys, 'staff session', token)

export interface StaffAnswer {
  readonly user: string
  readonly password: string
  readonly code: string
}

/** One statement takes a try, before anything is compared: however many come at once, five pass. */
async function takeTry(ctx: Context, user: string): Promise<StaffRow | undefined> {
  const now = ctx.now()
  const { rows } = await sql<StaffRow>`
    update identity.staff set
      wrong = wrong % ${TRIES}::int + 1,
      waits_until = case when wrong % ${TRIES}::int + 1 = ${TRIES}::int then ${new Date(now.getTime() + WAIT)}::timestamptz end
    where user_name = ${user} and active and (waits_until is null or waits_until <= ${now})
    returning *`.execute(ctx.pool)
  return rows[0]
}

let nobody: Promise<string> | undefined

/** Somebody who is not there takes as long as somebody who is. */
const hashOfNobody = (): Promise<string> => {
  nobody ??= hashPassword(randomBytes(16).toString('hex'))
  return nobody
}

async function proves(ctx: Context, staff: StaffRow | undefined, { password, code }: StaffAnswer) {
  const fits = await fitsPassword(password, staff?.password ?? (await hashOfNobody()))
  if (!staff || !fits) return undefined
  return fittingStep(openTotp(ctx.keys, staff), code, ctx.now(), staff.totp_step)
}

/** A code serves once, also when it is sent twice at the same moment. */
async function useUp(ctx: Context, { staff_id }: StaffRow, step: number): Promise<boolean> {
  const result = await ctx.db
    .updateTable('identity.staff')
    .set({ totp_step: step, wrong: 0, waits_until: null, signed_in_at: ctx.now() })
    .where('staff_id', '=', staff_id)
    .where('totp_step', '<', step)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Password and code together, never one after the other: what was wrong is not told.
 * @returns text of the session cookie
 * @throws {Problem} staff.refused, the same for an unknown, suspended or waiting account
 */
export async function signInStaff(ctx: Context, answer: StaffAnswer): Promise<string> {
  const staff = await takeTry(ctx, answer.user.trim().toLowerCase())
  const step = await proves(ctx, staff, answer)
  if (!staff || step === undefined || !(await useUp(ctx, staff, step))) {
    await noteRefusal(ctx, { action: 'staff.sign-in', ...(staff && { what: String(staff.staff_id) }) })
    throw new Problem('staff.refused')
  }
  const token = randomBytes(32).toString('base64url')
  const now = ctx.now()
  await ctx.db
    .insertInto('identity.staff_session')
    .values({
      token_hash: tokenHash(ctx.keys, token),
      staff_id: staff.staff_id,
      created_at: now,
      seen_at: now,
      ends_at: new Date(now.getTime() + LONGEST),
    })
    .execute()
  await note(ctx, { action: 'staff.sign-in', what: String(staff.staff_id) })
  return token
}

export async function endStaffSession(ctx: Context, token: string | undefined): Promise<void> {
  if (token === undefined) return
  await ctx.db
    .deleteFrom('identity.staff_session')
    .where('token_hash', '=', tokenHash(ctx.keys, token))
    .execute()
}

const MINUTE = 60_000

/** Who works, by the staff cookie; nobody when the shift, the idle half hour or the account has ended. */
export async function staffBy(ctx: Context, token: string | undefined): Promise<Actor | undefined> {
  if (token === undefined || token.length > 100) return undefined
  const now = ctx.now()
  const hash = tokenHash(ctx.keys, token)
  const row = await ctx.db
    .selectFrom('identity.staff_session as session')
    .innerJoin('identity.staff as staff', 'staff.staff_id', 'session.staff_id')
    .select(['staff.staff_id', 'staff.role', 'staff.ward', 'staff.facility', 'session.seen_at'])
    .where('session.token_hash', '=', hash)
    .where('session.ends_at', '>', now)
    .where('session.seen_at', '>', new Date(now.getTime() - IDLE))
    .where('staff.active', '=', true)
    .executeTakeFirst()
  if (!row) return undefined
  if (now.getTime() - row.seen_at.getTime() > MINUTE)
    await ctx.db
      .updateTable('identity.staff_session')
      .set({ seen_at: now })
      .where('token_hash', '=', hash)
      .execute()
  const { staff_id: id, role, ward, facility } = row
  return { kind: 'staff', id, role, ward, facility: facility ?? (ward === null ? 'SYT' : `TYT-${ward}`) }
}
