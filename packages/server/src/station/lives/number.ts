import { isConfirmed } from '@sokhoe/model/levels'
import { z } from 'zod'
import { type Book, lockPerson, type Replacing, replaceNumber } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { compare, type Document } from '../compare.ts'
import { restatePatientResource } from '../correct.ts'
import { CardText, readDocument, Said, typedDocument } from '../document.ts'
import { enter, type Worker } from '../enter.ts'
import { tellPerson } from '../person.ts'
import { Present } from '../verify.ts'

const Why = z.enum(['reissued', 'mistake'])

/** Another number than the book's, on a card that was read or a document that somebody looked at. */
export const Renumbering = z.union([
  z.object({ how: z.literal('scanned'), card: CardText, why: Why, present: Present }),
  z.object({
    how: z.literal('seen'),
    document: z.enum(['cccd', 'bhyt', 'passport', 'birth-certificate', 'vneid']),
    said: Said.required({ number: true }),
    why: Why,
    present: Present,
  }),
])
export type Renumbering = z.infer<typeof Renumbering>

interface Shown {
  readonly document: Document
  readonly replacing: Replacing
}

/** @throws {Problem} identity.card-unreadable · request.invalid */
function shownBy(ctx: Context, renumbering: Renumbering): Shown {
  const { kind: paper, document } =
    renumbering.how === 'scanned'
      ? readDocument(ctx, renumbering.card)
      : { kind: renumbering.document, document: typedDocument(renumbering.document, renumbering.said) }
  const [number] = document.numbers ?? []
  if (!number) throw new Problem('request.invalid', { at: ['/said/number'] })
  const { issuedOn } = document
  return {
    document,
    replacing: { number, why: renumbering.why, paper, ...(issuedOn !== undefined && { issuedOn }) },
  }
}

/** Whatever else the document says is what the book says: another person's document replaces no number. */
function refuseOther(book: Book, document: Document): void {
  const open = compare(document, book.demographics).filter(
    ({ field, settle }) => settle && field !== 'number',
  )
  if (open.length > 0) throw new Problem('station.differs', { at: open.map(({ field }) => `/${field}`) })
}

/**
 * A number was cancelled and issued anew, or was wrong in the book: the one on the document stands from now on.
 * @throws {Problem} station.verify-first · station.differs · identity.card-unreadable · access.refused
 */
export async function renumber(ctx: Context, worker: Worker, person: string, renumbering: Renumbering) {
  const { present } = renumbering
  const errand = { action: 'station.number', what: 'identity', purpose: 'life', present } as const
  const { home } = await enter(ctx, worker, { ...errand, person })
  const { document, replacing } = shownBy(ctx, renumbering)
  return await inTransaction(ctx, async (ctx) => {
    const book = await lockPerson(ctx, home)
    if (!book) throw new Problem('access.refused')
    if (!isConfirmed(book.level)) throw new Problem('station.verify-first')
    refuseOther(book, document)
    const now = await replaceNumber(ctx, book, replacing)
    if (now) await restatePatientResource(ctx, worker, book, now)
    return { outcome: now ? 'replaced' : 'known', ...tellPerson(ctx, (await lockPerson(ctx, home)) ?? book) }
  })
}
