import { maskPhone } from '@sokhoe/model'
import { LEVELS } from '@sokhoe/model/levels'
import type { Context, Resident } from '../../platform/context.ts'
import { publicId } from '../../platform/ids.ts'
import { telephoneOf } from '../codes/accounts.ts'
import { signedIn } from '../codes/sessions.ts'
import { booksOf, type KeptBook } from './books.ts'
import type { Level } from './tables.ts'

/** The surest of her own books; a telephone without a book is at phone level. */
const levelOf = (books: readonly KeptBook[]): Level =>
  LEVELS.findLast((level) => books.some((book) => book.relation === 'self' && book.level === level)) ??
  'phone'

export const personId = (ctx: Context, patientId: number): string =>
  publicId(ctx.keys.id, { patientId, no: 0 })

async function tell(ctx: Context, resident: Resident, eid: boolean) {
  const [telephone, books] = await Promise.all([telephoneOf(ctx, resident), booksOf(ctx, resident)])
  return {
    phone: telephone === null ? null : maskPhone(telephone),
    level: levelOf(books),
    books: books.map(({ home, patientId, demographics, relation, level }) => ({
      person: personId(ctx, patientId),
      name: demographics.name,
      relation,
      level,
      arriving: resident.arriving.includes(home),
    })),
    locked: resident.locked.length,
    campaign: resident.campaign,
    proven: resident.proven,
    // she may have her book confirmed by the national electronic identity
    ...(eid && { eid }),
  }
}

/**
 * What a session is told of itself.
 * @param eid whether the house is connected to the national electronic identity
 * @throws {Problem} identity.sign-in-needed
 */
export const tellMe = (ctx: Context, eid = false) => tell(ctx, signedIn(ctx), eid)
