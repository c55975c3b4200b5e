import {
  authorize,
  levelLets,
  proxyFor,
  type ResidentAction,
  type StationAction,
} from '../../access/index.ts'
import { noteRefusal } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { homeOf, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { signedIn } from '../codes/sessions.ts'
import { type Book, booksAt, booksOf, type KeptBook, personOf } from './books.ts'
import { homesOf } from './kin.ts'

export interface Entered<OneBook extends Book = Book> {
  /** For all that follows: what is done with it is written down as this actor's, a proxy's as a proxy's. */
  readonly ctx: Context
  readonly book: OneBook
}

export interface Errand<Action> {
  readonly action: Action
  /** Kind of data, never a finding: 'record', 'card', 'document'. */
  readonly what: string
}

/** 'own', or the public id of the person whose book is meant. */
export type Whose = 'own' | (string & {})

/** @returns the home that a public id of a Patient resource names; undefined for anything else, forged or foreign */
export async function homeNamed(ctx: Context, person: string): Promise<number | undefined> {
  const named = readPublicId(ctx.keys.id, person)
  return named?.no === 0 ? await personOf(ctx, named.patientId) : undefined
}

/** Which home of this person an id names that was given out when that home was hers alone; else her own. */
export function homeKeeping({ keys }: Context, book: Book, person: string): number {
  const named = readPublicId(keys.id, person)
  const home = named && homeOf(named.patientId)
  return home !== undefined && homesOf(book).includes(home) ? home : book.home
}

/** Somebody else's book and a book that is not there are refused alike; who was meant finds the attempt in her book. */
async function refuse(ctx: Context, action: string, home: number | undefined): Promise<never> {
  const [book] = home === undefined ? [] : await booksAt(ctx, [home])
  await noteRefusal(ctx, { action, ...(book && { patientId: book.patientId }) })
  throw new Problem('access.refused')
}

/** A resident's own book. @returns undefined while she has none */
export async function ownBook(ctx: Context): Promise<KeptBook | undefined> {
  return (await booksOf(ctx, signedIn(ctx))).find(({ relation }) => relation === 'self')
}

/**
 * Opens a book to a resident: her own, or one for which she holds a proxy. Authorised and written down before this
 * returns; inside a transaction with it.
 *
 * @throws {Problem} identity.sign-in-needed; book.none where her own book is meant and there is none yet;
 *   access.refused, the same for a foreign book, one that is not there and a topic that is not hers
 */
export async function enterBook(
  ctx: Context,
  whose: Whose,
  { action, what }: Errand<ResidentAction>,
): Promise<Entered<KeptBook>> {
  const resident = signedIn(ctx)
  const books = await booksOf(ctx, resident)
  const named = whose === 'own' ? undefined : readPublicId(ctx.keys.id, whose)
  const book = books.find((each) =>
    whose === 'own' ? each.relation === 'self' : named?.no === 0 && each.patientIds.includes(named.patientId),
  )
  if (!book) {
    if (whose === 'own') throw new Problem('book.none')
    return await refuse(ctx, action, await homeNamed(ctx, whose))
  }
  // a level that nobody knows opens nothing
  if (!levelLets(book.claim)) return await refuse(ctx, action, book.home)
  const { home, patientIds } = book
  const proxy = resident.books.includes(home) ? undefined : proxyFor(resident, home)
  const entered: Context = { ...ctx, actor: { ...resident, acting: proxy ?? null } }
  const purpose = proxy ? 'proxy' : 'own'
  await authorize(entered, { action, home, ward: book.ward, patientIds, purpose, what })
  return { ctx: entered, book }
}

const AFTER_DEATH: readonly StationAction[] = ['station.find', 'station.life', 'station.revive']

/**
 * Opens a person to a worker of a station: somebody of her ward, or whoever stands before her and shows a live code.
 * @param home of the person; undefined for an id that names nobody
 * @param purpose as the person will read it: 'verification', 'measurement', 'assistance', 'household', 'duplicate'
 * @throws {Problem} staff.sign-in-needed · access.refused · book.closed: she has died
 */
export async function enterAtStation(
  ctx: Context,
  home: number | undefined,
  { action, what, purpose, present = false }: Errand<StationAction> & { purpose: string; present?: boolean },
): Promise<Entered> {
  if (ctx.actor.kind !== 'staff') throw new Problem('staff.sign-in-needed')
  const [book] = home === undefined ? [] : await booksAt(ctx, [home])
  if (!book) return await refuse(ctx, action, undefined)
  const { patientIds, ward } = book
  await authorize(ctx, { action, home: book.home, ward, present, patientIds, purpose, what })
  // nothing is done in the book of somebody who has died; that she has is to be seen, and undone where it is a mistake
  if (book.status === 'deceased' && !AFTER_DEATH.includes(action)) throw new Problem('book.closed')
  return { ctx, book }
}

/**
 * Opens many persons of her ward to a worker at once, each written down for herself. @throws {Problem} access.refused for
 * the first who is not
 */
export async function enterAllAtStation(
  ctx: Context,
  homes: readonly number[],
  errand: Errand<StationAction> & { purpose: string },
): Promise<Book[]> {
  if (ctx.actor.kind !== 'staff') throw new Problem('staff.sign-in-needed')
  const books = await booksAt(ctx, homes)
  await Promise.all(
    books.map(({ home, ward, patientIds }) => authorize(ctx, { ...errand, home, ward, patientIds })),
  )
  return books
}
