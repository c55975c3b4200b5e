import { dayInVietnam, isDate } from '@sokhoe/model/dates'
import { dayAfter, familyRulesOn, mayShare } from '@sokhoe/model/family'
import { TOPICS, type Topic } from '@sokhoe/model/topics'
import { z } from 'zod'
import {
  changeProxy,
  invitationOf,
  invite,
  openProxies,
  RELATIONS,
  type Relation,
  useInvitation,
} from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { giveBack, takeAttempt } from '../codes/attempts.ts'
import { signedIn } from '../codes/sessions.ts'
import { type Book, booksAt } from '../people/books.ts'
import { enterBook } from '../people/enter.ts'
import { homesOf } from '../people/kin.ts'
import { bind } from './bonds.ts'
import { bookOfHolder } from './members.ts'

const Topics = z
  .array(z.enum(TOPICS))
  .min(1)
  .max(TOPICS.length)
  .transform((topics) => [...new Set(topics)])
const Day = z.string().refine((text) => text.length === 10 && isDate(text))

export const TermsBody = z.object({ topics: Topics, until: Day.nullable() })
export const AskBody = TermsBody.extend({ relation: z.enum(RELATIONS) })

export interface Terms {
  readonly topics: readonly Topic[]
  /** Last day, 'YYYY-MM-DD'; null until somebody ends it. */
  readonly until: string | null
}

/** The end of that day in Vietnam. @throws {Problem} request.invalid for a day that is over or too far away */
export function termsEnd(ctx: Context, until: string | null): Date | null {
  if (until === null) return null
  const today = dayInVietnam(ctx.now())
  const { longestDays } = familyRulesOn(today)
  if (until < today || until > dayAfter(today, longestDays))
    throw new Problem('request.invalid', { at: ['/until'] })
  return new Date(`${dayAfter(until, 1)}T00:00:00+07:00`)
}

/** Whether what this person says of the sensitive parts counts as hers. */
function shares(ctx: Context, { demographics }: Book): boolean {
  const day = dayInVietnam(ctx.now())
  return mayShare(familyRulesOn(day), demographics.birthDate, day)
}

export interface Invited {
  /** To be handed over; it serves once. */
  readonly code: string
  /** Instant, ISO 8601. */
  readonly endsAt: string
}

async function makeInvitation(
  ctx: Context,
  home: number,
  kind: 'give' | 'ask',
  { relation, topics, until }: Terms & { readonly relation: Relation },
): Promise<Invited> {
  const { invitationDays } = familyRulesOn(dayInVietnam(ctx.now()))
  const ends_at = new Date(ctx.now().getTime() + invitationDays * 86_400_000)
  const end = termsEnd(ctx, until)
  const code = await invite(ctx, { home, kind, relation, topics: [...topics], until: end, ends_at })
  return { code, endsAt: ends_at.toISOString() }
}

/** A person gives somebody a right in her own book: whoever brings the code has it. */
export async function giveByCode(
  ctx: Context,
  whose: string,
  terms: Terms & { readonly relation: Relation },
): Promise<Invited> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'proxy.grant', what: 'invitation' })
  return await makeInvitation(entered, book.home, 'give', terms)
}

/** Somebody asks for a right in another's book: nothing begins before the other brings the code and agrees. */
export async function askByCode(
  ctx: Context,
  terms: Terms & { readonly relation: Relation },
): Promise<Invited> {
  const own = await bookOfHolder(ctx)
  const invited = await makeInvitation(ctx, own.home, 'ask', terms)
  await note(ctx, { action: 'proxy.ask', patientId: own.patientId, purpose: 'own', what: 'invitation' })
  return invited
}

type Invitation = NonNullable<Awaited<ReturnType<typeof invitationOf>>>

/** Five tries, then waiting; taken before the code is looked at. @throws {Problem} family.code-refused */
async function readInvitation(ctx: Context, code: string): Promise<Invitation> {
  const allowance = { phoneHash: signedIn(ctx).phoneHash, scope: Buffer.from('invitation') }
  const attempt = await takeAttempt({ ...ctx, db: ctx.pool }, allowance)
  if (attempt.is === 'blocked') throw new Problem('identity.blocked', { retryAfter: attempt.retryAfter })
  const invitation = await invitationOf(ctx, code)
  if (!invitation) throw new Problem('family.code-refused', { more: { left: attempt.left } })
  await giveBack({ ...ctx, db: ctx.pool }, allowance)
  return invitation
}

/** Who hands over the code, and what for: read before anything is agreed to. */
export async function previewInvitation(ctx: Context, code: string) {
  await bookOfHolder(ctx)
  const { home, kind, relation, topics, until, ends_at } = await readInvitation(ctx, code)
  const [maker] = await booksAt(ctx, [home])
  if (!maker) throw new Problem('family.code-refused')
  await note(ctx, { action: 'proxy.preview', patientId: maker.patientId, purpose: 'family', what: kind })
  return {
    kind,
    name: maker.demographics.name,
    relation,
    topics,
    until: until?.toISOString() ?? null,
    endsAt: ends_at.toISOString(),
  }
}

export interface Answer {
  readonly code: string
  /** What whose book it is opens; what was asked for where she says nothing else. Only she may say it. */
  readonly terms?: Terms | undefined
}

/**
 * Both sides have agreed: the one by handing over the code, the other by bringing it.
 * @throws {Problem} family.code-refused · family.own-book-first · family.not-yourself · identity.blocked
 */
export async function acceptInvitation(ctx: Context, { code, terms }: Answer): Promise<void> {
  const own = await bookOfHolder(ctx)
  const invitation = await readInvitation(ctx, code)
  const [maker] = await booksAt(ctx, [invitation.home])
  if (maker?.home === own.home) throw new Problem('family.not-yourself')
  if (!maker) throw new Problem('family.code-refused')
  const gives = invitation.kind === 'give'
  const [subject, holder] = gives ? [maker, own] : [own, maker]
  const said = gives || !terms ? undefined : { topics: terms.topics, until: termsEnd(ctx, terms.until) }
  const { topics, until } = said ?? { topics: invitation.topics as Topic[], until: invitation.until }
  await inTransaction(ctx, async (ctx) => {
    if (!(await useInvitation(ctx, invitation))) throw new Problem('family.code-refused')
    const proxy = {
      home: subject.home,
      holder: holder.home,
      relation: invitation.relation as Relation,
      basis: 'invitation',
      topics,
      until,
      givenBy: 'subject',
      confirmed: 'herself',
      sharedByHer: shares(ctx, subject),
    } as const
    await bind(ctx, proxy, gives ? 'family' : 'own')
  })
}

/** Other topics or another end, said by whose book it is. @throws {Problem} access.refused */
export async function changeTerms(ctx: Context, whose: string, id: number, terms: Terms): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'proxy.grant', what: 'change' })
    const { topics, until } = terms
    const change = {
      topics,
      until: termsEnd(ctx, until),
      givenBy: 'subject',
      sharedByHer: shares(ctx, book),
    } as const
    const isHers = (await openProxies(entered, homesOf(book))).some((row) => row.proxy_id === id)
    if (!isHers || !(await changeProxy(entered, { home: book.home, id }, change)))
      throw new Problem('access.refused')
  })
}
