import { dayInVietnam } from '@sokhoe/model/dates'
import { birthdayOn, dayAfter, familyRulesOn } from '@sokhoe/model/family'
import { openProxies, type StandingProxy, standProxy } from '../../access/index.ts'
import type { Context, Resident } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { signedIn } from '../codes/sessions.ts'
import { type Book, booksAt } from '../people/books.ts'
import { homeNamed, ownBook } from '../people/enter.ts'
import { personId } from '../people/me.ts'

/** Somebody for whom the owner of this telephone acts, or may act again once the person has agreed. */
export interface Member {
  readonly book: Book
  readonly proxy: StandingProxy
}

/** Books that this number keeps for others, seen by this owner of it. */
async function keptForOthers(ctx: Context, { phoneHash, epoch }: Resident): Promise<number[]> {
  const now = ctx.now()
  const rows = await ctx.db
    .selectFrom('identity.keeper')
    .select('home')
    .distinct()
    .where('phone_hash', '=', phoneHash)
    .where('relation', '<>', 'self')
    .where('unproven', '=', false)
    .where('epoch', '<=', epoch)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .where((where) => where.or([where('adds_until', 'is', null), where('adds_until', '<=', now)]))
    .execute()
  return rows.map(({ home }) => home)
}

/** Everybody for whom she holds a proxy, also where it opens nothing just now; in the order in which they came. */
export async function membersOf(ctx: Context, resident: Resident): Promise<Member[]> {
  const rows = (await openProxies(ctx, await keptForOthers(ctx, resident))).filter(({ holder }) =>
    resident.books.includes(holder),
  )
  const books = await booksAt(
    ctx,
    rows.map(({ home }) => home),
  )
  const byHome = new Map(books.map((book) => [book.home, book]))
  return rows
    .toSorted((a, b) => a.since.getTime() - b.since.getTime() || a.home - b.home)
    .flatMap((row) => {
      const book = byHome.get(row.home)
      return book ? [{ book, proxy: standProxy(row, book.demographics.birthDate, ctx.now()) }] : []
    })
}

/** @throws {Problem} access.refused for a stranger, a forged id and a proxy that has ended, all alike */
export async function memberNamed(ctx: Context, person: string): Promise<Member> {
  const home = await homeNamed(ctx, person)
  const member = (await membersOf(ctx, signedIn(ctx))).find(({ book }) => book.home === home)
  if (!member) throw new Problem('access.refused')
  return member
}

/** Last day of the time in which a child who turned seven is asked; null where nobody asks. */
function askedUntil({ book, proxy }: Member, now: Date): string | null {
  if (proxy.standing !== 'ask-again') return null
  const { alsoFrom, graceDays } = familyRulesOn(dayInVietnam(now))
  return dayAfter(birthdayOn(book.demographics.birthDate, alsoFrom), graceDays - 1)
}

/** One member as her representative's app shows it. */
export const tellMember = (ctx: Context, member: Member) => {
  const { book, proxy } = member
  const { row, standing, topics, isPrivate } = proxy
  return {
    person: personId(ctx, book.patientId),
    name: book.demographics.name,
    birthDate: book.demographics.birthDate,
    // nobody but the station or a card has compared it
    verified: book.level !== 'phone',
    relation: row.relation,
    proxy: row.proxy_id,
    basis: row.basis,
    standing,
    topics,
    given: row.topics,
    private: isPrivate,
    confirmed: row.confirmed_how,
    askedUntil: askedUntil(member, ctx.now()),
    since: row.since.toISOString(),
    until: row.until?.toISOString() ?? null,
  }
}

/** Her own book, open and not on its way. @throws {Problem} family.own-book-first */
export async function bookOfHolder(ctx: Context): Promise<Book> {
  const resident = signedIn(ctx)
  const own = await ownBook(ctx)
  if (!own || !resident.proven || !resident.books.includes(own.home))
    throw new Problem('family.own-book-first')
  return own
}
