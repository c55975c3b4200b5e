import { z } from 'zod'
import {
  type Book,
  type DocumentKind,
  keepOldNumbers,
  lockPerson,
  mayStillUndo,
  undoVerification,
  verificationOf,
  verifyBook,
} from '../identity/index.ts'
import { type Context, inTransaction, type Staff } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { compare, corrected, type Document, type Field } from './compare.ts'
import { correct, restatePatientResource } from './correct.ts'
import { CardText, readDocument, Said, typedDocument } from './document.ts'
import { enter } from './enter.ts'
import { tellPerson } from './person.ts'

/** Given when her live code was read: then she may be of any ward. */
export const Present = z.string().max(100).optional()

const Fields = z
  .array(z.enum(['name', 'birthDate', 'sex', 'number']))
  .max(4)
  .default([])

/** Confirming: which document, whether its code was read or somebody looked at it, and in which fields it is right. */
export const Verifying = z.union([
  z.object({ how: z.literal('scanned'), card: CardText, take: Fields, present: Present }),
  z.object({
    how: z.literal('seen'),
    document: z.enum(['cccd', 'bhyt', 'passport', 'birth-certificate', 'vneid']),
    said: Said.default({}),
    take: Fields,
    present: Present,
  }),
])
export type Verifying = z.infer<typeof Verifying>

const VERIFYING = { what: 'identity', purpose: 'verification' } as const

async function tellWithHistory(ctx: Context, staff: Staff, book: Book) {
  const row = await verificationOf(ctx, book.home)
  return {
    ...tellPerson(ctx, book),
    verified: row
      ? {
          at: row.at.toISOString(),
          document: row.document,
          how: row.how,
          here: row.facility === staff.facility,
          undo: staff.role === 'station-lead' && book.level === 'verified' && mayStillUndo(ctx, row),
        }
      : null,
  }
}

export async function openPerson(ctx: Context, staff: Staff, person: string, present: string | undefined) {
  const book = await enter(ctx, staff, { ...VERIFYING, person, action: 'station.find', present })
  return await tellWithHistory(ctx, staff, book)
}

/** The card beside the book, field by field; nothing changes by it. @throws {Problem} identity.card-unreadable */
export async function compareCard(
  ctx: Context,
  staff: Staff,
  person: string,
  { card, present }: { card: string; present?: string | undefined },
) {
  const { document, kind, warnings } = readDocument(ctx, card)
  const book = await enter(ctx, staff, { ...VERIFYING, person, action: 'station.verify', present })
  const fields = compare(document, book.demographics)
  return { document: kind, warnings, fields, ready: fields.every(({ settle }) => !settle) }
}

function shownBy(ctx: Context, verifying: Verifying): { kind: DocumentKind; document: Document } {
  if (verifying.how === 'scanned') {
    const { kind, document } = readDocument(ctx, verifying.card)
    return { kind, document }
  }
  return { kind: verifying.document, document: typedDocument(verifying.document, verifying.said) }
}

/** What the document puts right, once every difference is settled. @throws {Problem} station.differs · station.other-person */
function settled(book: Book, document: Document, take: readonly Field[]): readonly Field[] {
  const fields = compare(document, book.demographics)
  const verdictOf = (name: Field) => fields.find(({ field }) => field === name)?.verdict
  const open = fields.filter(({ field, settle }) => settle && !take.includes(field))
  if (open.length > 0) throw new Problem('station.differs', { at: open.map(({ field }) => `/${field}`) })
  if (verdictOf('name') === 'differs' && verdictOf('number') === 'differs')
    throw new Problem('station.other-person')
  return fields
    .filter(
      ({ field, verdict }) =>
        verdict !== 'same' && field !== 'address' && (take.includes(field) || field === 'number'),
    )
    .map(({ field }) => field)
}

/** The number before, as the card's code names it, stays with the book as ended. */
async function keepOld(ctx: Context, staff: Staff, home: number, { old = [] }: Document) {
  const book = old.length > 0 ? await lockPerson(ctx, home) : undefined
  const kept = book && (await keepOldNumbers(ctx, book, old))
  if (!(book && kept)) return []
  await restatePatientResource(ctx, staff, book, kept.now)
  return kept.learnt
}

async function confirm(ctx: Context, staff: Staff, home: number, verifying: Verifying) {
  const book = await lockPerson(ctx, home)
  if (!book) throw new Problem('access.refused')
  const { kind, document } = shownBy(ctx, verifying)
  const fields = settled(book, document, verifying.take)
  const now = corrected(book.demographics, document, fields)
  if (fields.length > 0) await correct(ctx, staff, book, now)
  // before the book is confirmed: whoever is known by the old number alone waits for that too
  const learnt = await keepOld(ctx, staff, home, document)
  const [number] = document.numbers ?? []
  const outcome = await verifyBook(ctx, staff, book, {
    document: kind,
    how: verifying.how,
    corrected: fields,
    learnt,
    ...(number && { number }),
  })
  const [after] = [await lockPerson(ctx, home)]
  return { outcome, corrected: fields, ...(await tellWithHistory(ctx, staff, after ?? book)) }
}

/**
 * Confirms whose a book is. What the document and the book say differently is put right first, in the fields in which
 * the worker believes the document; all of it or nothing.
 * @throws {Problem} station.differs with each field · station.other-person · identity.card-unreadable · access.refused
 */
export async function verify(ctx: Context, staff: Staff, person: string, verifying: Verifying) {
  const { present } = verifying
  const { home } = await enter(ctx, staff, { ...VERIFYING, person, action: 'station.verify', present })
  return await inTransaction(ctx, (ctx) => confirm(ctx, staff, home, verifying))
}

/** Takes back what was confirmed by mistake; the lead of the station, within a day. */
export async function unverify(ctx: Context, staff: Staff, person: string) {
  const { home } = await enter(ctx, staff, { ...VERIFYING, person, action: 'station.unverify' })
  return await inTransaction(ctx, async (ctx) => {
    const book = await lockPerson(ctx, home)
    if (!book) throw new Problem('access.refused')
    const now = await undoVerification(ctx, staff, book)
    if (now) await restatePatientResource(ctx, staff, book, now)
    return await tellWithHistory(ctx, staff, (await lockPerson(ctx, home)) ?? book)
  })
}
