import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { notifyPerson } from '../messages/notices.ts'
import { restate } from '../people/book.ts'
import type { Book } from '../people/books.ts'
import type { Demographics } from '../people/demographics.ts'
import { writeLife } from './life.ts'

export interface Moving {
  /** Code of the ward where she lives now. */
  readonly ward: string
  /** Street and house; absent where it is not told: then nobody knows the door yet. */
  readonly address?: string | undefined
}

/** What a station is still to decide of her is asked of the ward where she lives now. */
const movePairs = (ctx: Context, { patientIds }: Book, ward: string) =>
  sql`update identity.pair set ward = ${ward}
    where state in ('open', 'waits', 'sample')
      and (patient_id = any(${[...patientIds]}::bigint[]) or other_patient_id = any(${[...patientIds]}::bigint[]))`.execute(
    ctx.db,
  )

/**
 * She lives elsewhere now. Lists of who waits, households, coverage and campaigns follow in the same moment, and so does
 * who may serve her; what was counted of her before stays with the ward of its day. In the caller's transaction, the
 * person held.
 * @param paper what was seen, where a worker saw one
 * @returns the book as it says now; undefined where she lives there already
 */
export async function moveTo(
  ctx: Context,
  book: Book,
  { ward, address }: Moving,
  paper?: string,
): Promise<Demographics | undefined> {
  const { address: before, ...rest } = book.demographics
  if (ward === book.ward && (address === undefined || address === before)) return undefined
  const now: Demographics = { ...rest, ...(address !== undefined && { address }) }
  await restate(ctx, book, now, ward)
  await movePairs(ctx, book, ward)
  await writeLife(ctx, book, {
    kind: 'move',
    ...(paper !== undefined && { paper }),
    told: { before: { ward: book.ward, address: before }, after: { ward, address } },
  })
  await notifyPerson(ctx, book.home, 'moved')
  return now
}
