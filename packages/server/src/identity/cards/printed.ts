import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { notifyPerson } from '../messages/notices.ts'
import { homesNow, personAt } from '../people/kin.ts'
import { cardRow, cardTokenHash } from '../people/rows.ts'

/** Cards live for years, the address on them may move: the token alone is looked up. */
const WRITTEN = /^https?:\/\/[^/]+\/c\/([A-Za-z0-9_-]{22})$/

/**
 * Reads a printed card. It tells whose it is and no more: nobody is let in by it without a live code, the person's
 * identity card or the code sent to her telephone.
 *
 * @param text as the camera read it, whatever it holds
 * @returns whose it is, by her home; undefined for anything forged or revoked, alike
 */
export async function readCardLink(ctx: Context, text: string): Promise<{ home: number } | undefined> {
  const token = WRITTEN.exec(text.trim())?.[1]
  if (token === undefined) return undefined
  const card = await ctx.db
    .selectFrom('identity.card')
    .select('home')
    .where('token_hash', '=', cardTokenHash(ctx.keys, token))
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return card && { home: await personAt(ctx, card.home) }
}

/**
 * Revokes every printed code of a person, those of a book that joined hers too, and makes a new one; in the caller's transaction. The person is told by text
 * message.
 * @returns what the new card's QR holds: a random token of 128 bits behind the address of a page that says what it is
 */
export async function renewCard(ctx: Context, publicUrl: string, home: number): Promise<string> {
  const { db } = ctx
  // two renewals at once take turns, so that one code stands
  await db.selectFrom('identity.person').select('home').where('home', '=', home).forUpdate().execute()
  await db
    .updateTable('identity.card')
    .set({ revoked_at: ctx.now() })
    .where('home', '=', sql<number>`any(${await homesNow(ctx, [home])}::bigint[])`)
    .where('revoked_at', 'is', null)
    .execute()
  const { token, row } = cardRow(ctx.keys, home, ctx.now())
  await db.insertInto('identity.card').values(row).execute()
  await notifyPerson(ctx, home, 'card-renewed')
  return `${publicUrl}/c/${token}`
}
