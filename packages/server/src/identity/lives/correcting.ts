import { isConfirmed } from '@sokhoe/model/levels'
import type { Context } from '../../platform/context.ts'
import { rule, settlePairs } from '../linking/rulings.ts'
import { joinWaiting } from '../linking/waiting.ts'
import { notifyPerson } from '../messages/notices.ts'
import { restate } from '../people/book.ts'
import type { Book } from '../people/books.ts'
import { type Demographics, PARTS, type Part } from '../people/demographics.ts'
import { writeLife } from './life.ts'

export interface Correcting {
  readonly name?: string | undefined
  readonly birthDate?: string | undefined
  readonly sex?: Demographics['sex'] | undefined
}

export interface Evidence {
  /** Kind of paper: 'court', 'civil-status', 'cccd', … */
  readonly paper: string
  /** Its number, as whoever issued it writes it. */
  readonly reference?: string | undefined
  readonly issuedOn?: string | undefined
}

const AS_EVIDENCE: Readonly<Record<string, string>> = {
  court: 'authority',
  'civil-status': 'authority',
  'birth-certificate': 'birth-certificate',
}

/**
 * What facilities have stated under the name of before was hers and stays hers: whoever saw the paper has decided that,
 * and no comparison of the old name with the new one parts them in the night.
 */
async function keepTogether(ctx: Context, book: Book, paper: string): Promise<void> {
  const { actor } = ctx
  const others = book.patientIds.filter((patientId) => patientId !== book.patientId)
  if (actor.kind !== 'staff' || others.length === 0) return
  const ruling = { same: true, staff: actor, evidence: AS_EVIDENCE[paper] ?? 'card' }
  for (const patientId of others) await rule(ctx, [book.patientId, patientId], ruling)
  await settlePairs(ctx, [[book.patientId], others])
}

/** Which parts a paper says otherwise than the book. */
export const partsCorrected = ({ demographics }: Book, said: Correcting): Part[] =>
  PARTS.filter((part) => said[part] !== undefined && said[part] !== demographics[part])

/**
 * A court, the registry or her card says otherwise who she is: the book follows, and what it said before is kept with
 * the paper by which it changed. What facilities have stated stays as they stated it. In the caller's transaction, the
 * person held.
 * @returns the book as it says now; undefined where it said so already
 */
export async function correctByPaper(
  ctx: Context,
  book: Book,
  said: Correcting,
  { paper, ...evidence }: Evidence,
): Promise<Demographics | undefined> {
  const parts = partsCorrected(book, said)
  if (parts.length === 0) return undefined
  const { name, birthDate, sex } = { ...book.demographics, ...said }
  const pick = (of: Correcting) => Object.fromEntries(parts.map((part) => [part, of[part]]))
  const now: Demographics = {
    ...book.demographics,
    name: name ?? book.demographics.name,
    birthDate: birthDate ?? book.demographics.birthDate,
    sex: sex ?? book.demographics.sex,
    confirmed: PARTS.filter(
      (part) => said[part] !== undefined || book.demographics.confirmed?.includes(part),
    ),
  }
  await restate(ctx, book, now, undefined, 'document')
  await keepTogether(ctx, book, paper)
  // whoever waits under the name of today is she
  if (isConfirmed(book.level))
    await joinWaiting(ctx, book, ctx.actor.kind === 'staff' ? ctx.actor.facility : 'system')
  await writeLife(ctx, book, {
    kind: 'correction',
    paper,
    told: { before: pick(book.demographics), after: pick(now), ...evidence },
  })
  await notifyPerson(ctx, book.home, 'identity-corrected')
  return now
}
