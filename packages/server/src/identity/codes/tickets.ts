import { randomBytes } from 'node:crypto'
import { type Context, inTransaction } from '../../platform/context.ts'
import { fingerprint, type Keys } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { openAccount } from './accounts.ts'
import type { SignedIn } from './answer.ts'
import type { Desk } from './desk.ts'
import { countIssue, HOUR, limit, networkOf, refuseFull } from './issues.ts'
import { nationalOf, phoneOf } from './phones.ts'
import { openSession } from './sessions.ts'
import { readTicket, writeTicket } from './ticket-text.ts'

/** Wrong tickets an hour from one address; right ones are not counted: a station has one line for everybody. */
const MOST_WRONG = 60
const TICKET_BYTES = 7

const ticketHash = (keys: Keys, campaign: string, ticket: string): Buffer =>
  fingerprint(keys, 'ticket', campaign, ticket)

/** The end of a calendar day in Vietnam. @param day 'YYYY-MM-DD' */
const endOfDay = (day: string): Date => new Date(`${day}T24:00:00+07:00`)

/**
 * Makes codes to be printed on paper. They are told here once and kept as fingerprints only.
 * @param until last day on which they are good, 'YYYY-MM-DD'
 * @returns 'XXXX-XXXX-XXXX' each, 55 random bits and a check character
 */
export async function issueTickets(
  ctx: Context,
  campaign: { readonly code: string },
  n: number,
  until: string,
): Promise<string[]> {
  const tickets = Array.from({ length: n }, () => writeTicket(randomBytes(TICKET_BYTES)))
  const rows = tickets.map((ticket) => ({
    ticket_hash: ticketHash(ctx.keys, campaign.code, readTicket(ticket) ?? ''),
    campaign: campaign.code,
    created_at: ctx.now(),
    ends_at: endOfDay(until),
    used_at: null,
  }))
  for (let from = 0; from < rows.length; from += 1000)
    await ctx.db
      .insertInto('identity.ticket')
      .values(rows.slice(from, from + 1000))
      .execute()
  return tickets
}

export interface TicketAsk {
  /** As typed. */
  readonly ticket: string
  readonly phone?: string | undefined
  readonly campaign: { readonly code: string }
  readonly address: string
  readonly session?: string | undefined
}

/**
 * Opens a session without a telephone. Its account is the ticket's own, so that no book of any number can open: the
 * telephone is kept as somebody's word, unproven.
 * @throws {Problem} identity.phone-invalid · identity.limited · identity.ticket-refused
 */
export async function openTicket(ctx: Context, desk: Desk, ask: TicketAsk): Promise<SignedIn> {
  const phone = ask.phone === undefined ? null : phoneOf(ctx.keys, ask.phone, desk.makeBelieve)
  const wrong = limit(ctx, MOST_WRONG, HOUR, 'ticket', networkOf(ask.address))
  await refuseFull(ctx, wrong)
  const ticket = readTicket(ask.ticket)
  const signedIn = ticket && (await inTransaction(ctx, (ctx) => spend(ctx, ask, ticket, phone?.e164 ?? null)))
  if (signedIn) return signedIn
  await countIssue(ctx, [wrong])
  throw new Problem('identity.ticket-refused')
}

async function spend(
  ctx: Context,
  { campaign, session }: TicketAsk,
  ticket: string,
  e164: string | null,
): Promise<SignedIn | undefined> {
  const hash = ticketHash(ctx.keys, campaign.code, ticket)
  const used = await ctx.db
    .updateTable('identity.ticket')
    .set({ used_at: ctx.now() })
    .where('ticket_hash', '=', hash)
    .where('campaign', '=', campaign.code)
    .where('used_at', 'is', null)
    .where('ends_at', '>', ctx.now())
    .executeTakeFirst()
  if (used.numUpdatedRows !== 1n) return undefined
  const phoneHash = fingerprint(ctx.keys, 'ticket account', hash.toString('base64url'))
  const account = await openAccount(ctx, { phoneHash, e164, proven: false, epoch: 0 })
  const code = campaign.code
  const text = await openSession(
    ctx,
    { phoneHash, device: null, opened: true, homes: [], epoch: 0, campaign: code },
    session,
  )
  return {
    account,
    phoneHash,
    phone: e164 && nationalOf(e164),
    proven: false,
    session: text,
    device: undefined,
    knownDevice: false,
    campaign: code,
  }
}
