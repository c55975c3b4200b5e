import { sql } from 'kysely'
import { closeAccess, reopenAccess } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { notifyPerson } from '../messages/notices.ts'
import type { Book } from '../people/books.ts'
import { recount } from '../people/enrolment.ts'
import { homesOf } from '../people/kin.ts'
import { endKeys, restoreKeys } from './keys.ts'
import { type Life, livesOf, undoLife, writeLife } from './life.ts'
import { settleReports } from './reports.ts'

export interface Dying {
  /** YYYY-MM-DD, YYYY-MM or YYYY. */
  readonly diedOn: string
  /** Kind of paper: 'death-notice', 'death-extract', 'court'. */
  readonly paper: string
  readonly reference?: string | undefined
  /** Who brought it. */
  readonly reportedBy?: string | undefined
  /** YYYY-MM-DD, the last day on which her book must be kept. */
  readonly retainUntil: string
}

const setStatus = (ctx: Context, { home }: Book, status: 'active' | 'deceased') =>
  recount(ctx, home, () =>
    ctx.db.updateTable('identity.person').set({ status }).where('home', '=', home).execute(),
  )

interface PairOf {
  readonly a: number
  readonly b: number
  readonly state: 'open' | 'waits' | 'sample'
}

/** Nobody is asked any more whether she may be somebody else. */
async function endPairs(ctx: Context, { patientIds }: Book): Promise<PairOf[]> {
  const hers = sql`any(${[...patientIds]}::bigint[])`
  const { rows } = await sql<PairOf>`
    with asked as (select patient_id as a, other_patient_id as b, state from identity.pair
      where (patient_id = ${hers} or other_patient_id = ${hers}) and state in ('open', 'waits', 'sample'))
    update identity.pair set state = 'gone' from asked
    where patient_id = asked.a and other_patient_id = asked.b returning asked.a, asked.b, asked.state`.execute(
    ctx.db,
  )
  return rows
}

const restorePairs = (ctx: Context, pairs: readonly PairOf[]) =>
  Promise.all(
    pairs.map(({ a, b, state }) =>
      ctx.db
        .updateTable('identity.pair')
        .set({ state })
        .where('patient_id', '=', a)
        .where('other_patient_id', '=', b)
        .where('state', '=', 'gone')
        .execute(),
    ),
  )

/**
 * Somebody has died, by a paper that a station has seen: her book is closed. Nothing opens it any more, nobody acts for
 * her or through her, it is open to no facility, is not counted and waits for nothing; whoever acted for her is told,
 * she is not. What was kept must be kept until the day given (VN-23). In the caller's transaction, the person held.
 * @throws {Problem} book.closed: it is already
 */
export async function recordDeath(ctx: Context, book: Book, dying: Dying): Promise<void> {
  if (book.status !== 'active') throw new Problem('book.closed')
  const { diedOn, paper, retainUntil, ...evidence } = dying
  const homes = homesOf(book)
  await setStatus(ctx, book, 'deceased')
  const proxies = await closeAccess(ctx, homes)
  const held = proxies.filter(({ holder }) => homes.includes(holder)).map(({ home }) => home)
  await endKeys(ctx, homes, held)
  const pairs = await endPairs(ctx, book)
  await settleReports(ctx, book, 'recorded')
  await writeLife(ctx, book, {
    kind: 'death',
    paper,
    diedOn,
    retainUntil,
    told: { ...evidence, pairs, held },
  })
  for (const { home, holder } of proxies)
    if (homes.includes(home)) await notifyPerson(ctx, holder, 'held-proxy-ended')
    else await notifyPerson(ctx, home, 'proxy-ended')
}

/** The death that stands for this person. */
export async function deathOf(ctx: Context, home: number): Promise<Life | undefined> {
  const lives = await livesOf(ctx, home)
  return lives.find(({ kind, undone_at }) => kind === 'death' && undone_at === null)
}

const DAY = 24 * 3_600_000

/** Later than a day after, a reason is written down. */
const needsReason = (ctx: Context, { at }: Life): boolean => ctx.now().getTime() - at.getTime() > DAY

const numbersIn = (value: unknown): number[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'number') : []

const pairsIn = (value: unknown): PairOf[] =>
  Array.isArray(value) ? value.filter((one): one is PairOf => typeof one?.a === 'number') : []

/**
 * She lives: the death was recorded by mistake. All that ended with it stands again, but for sessions. In the caller's
 * transaction, the person held.
 * @throws {Problem} station.nothing-to-undo · station.reason-needed, after a day
 */
export async function undoDeath(
  ctx: Context,
  { id }: Staff,
  book: Book,
  why: string | undefined,
): Promise<void> {
  const death = book.status === 'deceased' ? await deathOf(ctx, book.home) : undefined
  if (!death) throw new Problem('station.nothing-to-undo')
  if (needsReason(ctx, death) && why === undefined) throw new Problem('station.reason-needed')
  const homes = homesOf(book)
  await setStatus(ctx, book, 'active')
  await reopenAccess(ctx, homes, death.at)
  await restoreKeys(ctx, homes, numbersIn(death.told['held']), death.at)
  await restorePairs(ctx, pairsIn(death.told['pairs']))
  await undoLife(ctx, death, id, why)
  await settleReports(ctx, book, 'alive')
  await note(ctx, {
    action: 'life.death-undone',
    patientId: book.patientId,
    purpose: 'life',
    what: why === undefined ? 'within a day' : 'with a reason',
  })
  await notifyPerson(ctx, book.home, 'book-reopened')
}
