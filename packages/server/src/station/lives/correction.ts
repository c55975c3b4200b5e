import { isDate } from '@sokhoe/model'
import { z } from 'zod'
import {
  type Book,
  type Correcting,
  correctByPaper,
  type Evidence,
  lockPerson,
  partsCorrected,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { restatePatientResource } from '../correct.ts'
import { CardText, readDocument, Said, typedDocument } from '../document.ts'
import { enter, type Worker } from '../enter.ts'
import { tellPerson } from '../person.ts'
import { Present } from '../verify.ts'

/** Decisions of a court and extracts of the civil registry change who somebody is; a card shows who she is. */
const PAPERS = ['court', 'civil-status', 'birth-certificate', 'cccd', 'passport', 'vneid'] as const

/** By these her name and her sex may both be others than before. */
const DECISIVE: readonly string[] = ['court', 'civil-status']

const Reference = z.string().trim().max(60).optional()
const Day = z
  .string()
  .refine((day) => day.length === 10 && isDate(day))
  .optional()

/** What a paper says otherwise than the book, and which paper it is. */
export const CorrectingBody = z.union([
  z.object({ how: z.literal('scanned'), card: CardText, present: Present }),
  z.object({
    how: z.literal('seen'),
    paper: z.enum(PAPERS),
    reference: Reference,
    issuedOn: Day,
    said: Said.omit({ number: true }),
    present: Present,
  }),
])
export type CorrectingBody = z.infer<typeof CorrectingBody>

/** @throws {Problem} identity.card-unreadable · request.invalid */
function shownBy(ctx: Context, body: CorrectingBody): { said: Correcting; evidence: Evidence } {
  if (body.how === 'scanned') {
    const { kind, document } = readDocument(ctx, body.card)
    const { name, birthDate, sex, issuedOn } = document
    return { said: { name, birthDate, sex }, evidence: { paper: kind, issuedOn } }
  }
  const { paper, reference, issuedOn, said } = body
  const { name, birthDate, sex } = typedDocument('cccd', said)
  return { said: { name, birthDate, sex }, evidence: { paper, reference, issuedOn } }
}

/** One person stays one person: a paper of another is not hers. @throws {Problem} station.other-person */
function refuseOther(book: Book, said: Correcting, { paper }: Evidence): void {
  const parts = partsCorrected(book, said)
  const most = DECISIVE.includes(paper) ? 2 : 1
  const both = parts.includes('name') && parts.includes('birthDate')
  if (both || parts.length > most) throw new Problem('station.other-person')
}

/**
 * Puts right name, sex or birth date by a paper; what the book said before stays in its history, with who changed it and
 * by which paper.
 * @throws {Problem} station.other-person · identity.card-unreadable · request.invalid · access.refused
 */
export async function correctPerson(ctx: Context, worker: Worker, person: string, body: CorrectingBody) {
  const { present } = body
  const errand = { action: 'station.correct', what: 'identity', purpose: 'life', present } as const
  const { home } = await enter(ctx, worker, { ...errand, person })
  const { said, evidence } = shownBy(ctx, body)
  return await inTransaction(ctx, async (ctx) => {
    const book = await lockPerson(ctx, home)
    if (!book) throw new Problem('access.refused')
    refuseOther(book, said, evidence)
    const corrected = partsCorrected(book, said)
    const now = await correctByPaper(ctx, book, said, evidence)
    if (now) await restatePatientResource(ctx, worker, book, now)
    const after = (await lockPerson(ctx, home)) ?? book
    return { outcome: now ? 'corrected' : 'known', corrected, ...tellPerson(ctx, after) }
  })
}
