import { randomInt } from 'node:crypto'
import { dayInVietnam } from '@sokhoe/model/dates'
import { basisFor, familyRulesOn } from '@sokhoe/model/family'
import { type Confirmation, confirmProxy, placeOfProxy } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { fingerprint, sameBytes } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import type { Desk } from '../codes/desk.ts'
import { countIssue, HOUR, limit, MINUTE, networkOf } from '../codes/issues.ts'
import { phoneOf } from '../codes/phones.ts'
import { signedIn } from '../codes/sessions.ts'
import { queueMessage } from '../messages/queue.ts'
import type { Member } from './members.ts'

const CODE_MINUTES = 10
/** Wrong answers a code stands before another one is needed. */
const TRIES = 5

/** Where the proxy's row lies: its number may be told with the home that keeps it. */
const placeOf = ({ book, proxy }: Member) => placeOfProxy({ home: book.home, id: proxy.row.proxy_id })

const hashOf = (ctx: Context, { book, proxy }: Member, code: string): Buffer =>
  fingerprint(ctx.keys, 'child code', `${book.home}`, `${proxy.row.proxy_id}`, code)

const words = (code: string): string =>
  `${code} là mã để em đồng ý cho người thân giữ sổ sức khỏe của em, dùng trong ${CODE_MINUTES} phút. ` +
  'Chỉ đọc mã khi em đồng ý.'

/** Somebody from seven to seventeen who is asked now. @throws {Problem} family.nothing-to-confirm */
function asked(ctx: Context, { book, proxy }: Member): void {
  const day = dayInVietnam(ctx.now())
  const waits = proxy.standing === 'waiting' || proxy.standing === 'ask-again'
  const unproven = proxy.row.confirmed_how === 'same-phone' && proxy.standing === 'stands'
  const isChild = basisFor(familyRulesOn(day), book.demographics.birthDate, day) === 'both'
  if (!isChild || !(waits || unproven)) throw new Problem('family.nothing-to-confirm')
}

/**
 * Sends the child a code to a telephone of her own; she reads it out if she agrees.
 * @param typed another number than the representative's
 * @throws {Problem} family.nothing-to-confirm · family.not-yourself · identity.phone-invalid · identity.limited
 */
export async function sendChildCode(
  ctx: Context,
  desk: Desk,
  member: Member,
  ask: { readonly phone: string; readonly address: string },
): Promise<void> {
  asked(ctx, member)
  const phone = phoneOf(ctx.keys, ask.phone, desk.makeBelieve)
  if (sameBytes(phone.hash, signedIn(ctx).phoneHash)) throw new Problem('family.not-yourself')
  await countIssue(ctx, [
    limit(ctx, desk.limits.phoneHour, HOUR, 'phone', phone.hash.toString('base64url')),
    limit(ctx, desk.limits.addressHour, HOUR, 'address', networkOf(ask.address)),
    limit(ctx, desk.limits.cityMinute, MINUTE, 'city'),
  ])
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const now = ctx.now()
  const expires_at = new Date(now.getTime() + CODE_MINUTES * 60_000)
  const row = { code_hash: hashOf(ctx, member, code), wrong: 0, created_at: now, expires_at }
  await inTransaction(ctx, async (ctx) => {
    await ctx.db
      .insertInto('identity.child_code')
      .values({ ...placeOf(member), ...row })
      .onConflict((conflict) => conflict.columns(['home', 'proxy_id']).doUpdateSet(row))
      .execute()
    const letter = { phoneHash: phone.hash, to: phone.e164, text: words(code), expiresAt: expires_at }
    await queueMessage(ctx, letter)
  })
  desk.wake()
}

/** A try is taken before the code is compared, and stands even when what follows fails. */
async function answerChildCode(ctx: Context, member: Member, code: string): Promise<boolean> {
  const place = placeOf(member)
  const row = await ctx.pool
    .updateTable('identity.child_code')
    .set((kept) => ({ wrong: kept('wrong', '+', 1) }))
    .where('home', '=', place.home)
    .where('proxy_id', '=', place.proxy_id)
    .where('expires_at', '>', ctx.now())
    .where('wrong', '<', TRIES)
    .returning('code_hash')
    .executeTakeFirst()
  return row !== undefined && sameBytes(row.code_hash, hashOf(ctx, member, code))
}

export type Said =
  | { readonly how: 'same-phone' }
  /** Six digits that the child read out. */
  | { readonly how: 'own-phone'; readonly code: string }

async function keepWord(ctx: Context, member: Member, how: Confirmation): Promise<void> {
  const { home, patientId } = member.book
  const place = placeOf(member)
  await inTransaction(ctx, async (ctx) => {
    await note(ctx, { action: 'proxy.confirm', patientId, purpose: 'family', what: how })
    if (!(await confirmProxy(ctx, { home, id: member.proxy.row.proxy_id }, how)))
      throw new Problem('access.refused')
    await ctx.db
      .deleteFrom('identity.child_code')
      .where('home', '=', place.home)
      .where('proxy_id', '=', place.proxy_id)
      .execute()
  })
}

/**
 * The child agrees: by a code from her own telephone, or by a word at the representative's, which is kept as just that.
 * @throws {Problem} family.nothing-to-confirm · family.code-refused
 */
export async function confirmAsChild(ctx: Context, member: Member, said: Said): Promise<void> {
  asked(ctx, member)
  if (said.how === 'own-phone' && !(await answerChildCode(ctx, member, said.code)))
    throw new Problem('family.code-refused')
  await keepWord(ctx, member, said.how)
}
