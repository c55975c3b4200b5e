import { authorizeWork, setGrants } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import {
  type Book,
  booksAt,
  closePerson,
  deadBy,
  deathOf,
  firstPatientOf,
  forgetPerson,
  homeKeeping,
  homeNamed,
  homesOf,
  notifyPerson,
  personId,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import {
  CONSENT_PURPOSES,
  type ErasureDecision,
  ended,
  erase,
  put,
  type RetentionClass,
  read,
  retainUntil,
} from '../../record/index.ts'
import { sealWords } from '../own/words.ts'
import { resourceOf } from '../own/write.ts'
import { type RequestTold, tellRequest } from './requests.ts'
import type { RequestRow } from './tables.ts'

export interface RequestAtOffice extends RequestTold {
  /** Names the book and nothing else. */
  readonly person: string
}

/** What waits for the privacy office, by the day on which it is due; with `all` what was answered too. */
export async function requestsAtOffice(ctx: Context, all: boolean): Promise<RequestAtOffice[]> {
  await authorizeWork(ctx, 'request.answer', null)
  const open = ctx.db.selectFrom('book.request').selectAll().orderBy('due_on').orderBy('asked_at').limit(500)
  const rows = await (all ? open : open.where('state', '<>', 'answered')).execute()
  await Promise.all(
    rows.map(({ home }) =>
      note(ctx, {
        action: 'request.read',
        patientId: firstPatientOf(home),
        purpose: 'request',
        what: 'request',
      }),
    ),
  )
  return await Promise.all(
    rows.map(async (row) => ({
      ...(await tellRequest(ctx, row)),
      person: personId(ctx, firstPatientOf(row.home)),
    })),
  )
}

export interface Verdict {
  readonly is: 'granted' | 'refused'
  readonly words: string
  /** For an erasure: under which law it may be, or which class of papers must still be kept. */
  readonly ground?: ErasureDecision['ground'] | undefined
  readonly retentionClass?: RetentionClass | undefined
  /** The last day on which it must be kept; absent while that time has not begun to run. */
  readonly retainUntil?: string | undefined
}

interface Named {
  readonly person: string
  readonly number: number
}

async function rowOf(ctx: Context, { person, number }: Named): Promise<{ row: RequestRow; book: Book }> {
  const home = await homeNamed(ctx, person)
  const [book] = home === undefined ? [] : await booksAt(ctx, [home])
  const row =
    book &&
    (await ctx.db
      .selectFrom('book.request')
      .selectAll()
      .where('home', '=', homeKeeping(ctx, book, person))
      .where('number', '=', number)
      .executeTakeFirst())
  if (!row || !book) throw new Problem('request.not-found')
  return { row, book }
}

/** Whatever the book was open for, it is not any more; what she said to it ends with it. */
async function closeBook(ctx: Context, book: Book): Promise<void> {
  const { home, patientId } = book
  const entries = await read(ctx, [patientId], { restricted: true })
  const consents = entries.filter(({ type }) => type === 'Consent')
  const at = ctx.now().toISOString()
  const resources = consents.map((entry) => ({ no: entry.no, resource: ended(resourceOf(entry), at) }))
  if (resources.length > 0) await put(ctx, { patientId, source: 'self', kind: 'closing', resources })
  const nothing = { given: false, textVersion: '', channel: 'request' }
  await setGrants(
    ctx,
    home,
    CONSENT_PURPOSES.map((purpose) => ({ ...nothing, purpose })),
    homesOf(book),
  )
  await closePerson(ctx, home)
}

type Keeping = Pick<ErasureDecision, 'retentionClass' | 'retainUntil'>

/**
 * What the law keeps of somebody who has died is counted from her death, whatever an officer says: her book for ten
 * years, the record of the facility where she died for thirty (VN-23).
 */
async function keepingOf(
  ctx: Context,
  { home, patientIds }: Book,
  { retentionClass = 'health-book', retainUntil: said }: Verdict,
): Promise<(patientId: number) => Keeping> {
  const death = await deathOf(ctx, home)
  const lastDay = death?.retain_until ?? null
  // the time of a living person's book has not begun to run
  const until = retentionClass === 'health-book' ? null : (said ?? null)
  if (!death || lastDay === null) return () => ({ retentionClass, retainUntil: until })
  const { died_on } = death
  const dead = await deadBy(ctx, patientIds)
  return (patientId) => {
    const day = dead.has(patientId) ? (dead.get(patientId) ?? died_on) : null
    return day === null
      ? { retentionClass: 'health-book', retainUntil: lastDay }
      : { retentionClass: 'death-record', retainUntil: retainUntil('death-record', day) }
  }
}

/** @throws {Problem} record.undecided · record.retained, naming the class */
async function eraseBook(ctx: Context, book: Book, { number }: RequestRow, verdict: Verdict): Promise<void> {
  const approvedBy = ctx.actor.kind === 'staff' ? ctx.actor.id : 0
  const id = `request ${book.home}.${number}`
  const { ground } = verdict
  const kept = await keepingOf(ctx, book, verdict)
  for (const patientId of book.patientIds)
    await erase(ctx, patientId, ground && { id, approvedBy, ground, ...kept(patientId) })
  await forgetPerson(ctx, book)
}

/** A refusal to erase names what must be kept and for how long: that is the answer. @throws {Problem} request.invalid */
function checkVerdict(row: RequestRow, { is, retentionClass }: Verdict): void {
  if (row.state === 'answered') throw new Problem('book.answered-already')
  if (row.kind === 'erase' && is === 'refused' && !retentionClass)
    throw new Problem('request.invalid', { at: ['/retentionClass'] })
}

async function writeAnswer(ctx: Context, row: RequestRow, verdict: Verdict): Promise<void> {
  const { is, words, retentionClass, retainUntil } = verdict
  const patientId = firstPatientOf(row.home)
  await ctx.db
    .updateTable('book.request')
    .set({
      state: 'answered',
      answer: is,
      answer_words: await sealWords(ctx, patientId, words, 'request answer'),
      answered_at: ctx.now(),
      answered_by: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      retention_class: is === 'refused' ? (retentionClass ?? null) : null,
      retain_until: is === 'refused' ? (retainUntil ?? null) : null,
    })
    .where('home', '=', row.home)
    .where('number', '=', row.number)
    .execute()
}

/**
 * Answers a request. What is granted is carried out in the same transaction: a book closed, a record erased. An erasure
 * whose time of keeping still runs is refused by the record itself, and nothing is answered.
 *
 * @throws {Problem} staff.not-yours; request.not-found; book.answered-already; record.retained · record.undecided
 */
export async function answerRequest(ctx: Context, named: Named, verdict: Verdict): Promise<void> {
  await authorizeWork(ctx, 'request.answer', null)
  await inTransaction(ctx, async (inner) => {
    await inner.db
      .selectFrom('book.request')
      .select('number')
      .where('home', '=', (await rowOf(inner, named)).row.home)
      .where('number', '=', named.number)
      .forUpdate()
      .execute()
    const { row, book } = await rowOf(inner, named)
    checkVerdict(row, verdict)
    // told before her telephones are forgotten; and the record's own refusal is written down by itself, so that nothing
    // in this transaction may hold its chain before
    await notifyPerson(inner, row.home, 'request-answered')
    if (verdict.is === 'granted' && row.kind === 'erase') await eraseBook(inner, book, row, verdict)
    if (verdict.is === 'granted' && row.kind === 'close') await closeBook(inner, book)
    await writeAnswer(inner, row, verdict)
    const patientId = firstPatientOf(row.home)
    await note(inner, { action: 'request.answer', patientId, purpose: 'request', what: row.kind })
  })
}

/** The office has a request in hand: the person sees that somebody does. */
export async function takeRequest(ctx: Context, named: Named): Promise<void> {
  await authorizeWork(ctx, 'request.answer', null)
  const { row } = await rowOf(ctx, named)
  if (row.state !== 'received') return
  await ctx.db
    .updateTable('book.request')
    .set({ state: 'in-hand', taken_at: ctx.now() })
    .where('home', '=', row.home)
    .where('number', '=', row.number)
    .where('state', '=', 'received')
    .execute()
}
