import { facilityOf } from '@sokhoe/codes'
import { isDate } from '@sokhoe/model'
import { dayInVietnam } from '@sokhoe/model/dates'
import { z } from 'zod'
import { note } from '../../audit/index.ts'
import {
  type Book,
  booksAt,
  deathsReported,
  lockPerson,
  recordDeath,
  settleReports,
  undoDeath,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { retainUntil } from '../../record/index.ts'
import { restatePatientResource } from '../correct.ts'
import { enter, type Worker } from '../enter.ts'
import { tellPerson } from '../person.ts'

/** What a station must have seen before it closes a book; nobody's word is enough. */
export const DyingBody = z.object({
  diedOn: z.string().refine(isDate),
  paper: z.enum(['death-notice', 'death-extract', 'court']),
  reference: z.string().trim().max(60).optional(),
  /** Who brought it: a relative, the hospital, the ward's office. */
  reportedBy: z.string().trim().max(100).optional(),
})

export const RevivingBody = z.object({ why: z.string().trim().min(5).max(300).optional() })

const LIFE = { what: 'identity', purpose: 'life' } as const

/** A day that has come, and not before she was born. @throws {Problem} request.invalid */
function checkDay(ctx: Context, { demographics: { birthDate } }: Book, diedOn: string): void {
  const today = dayInVietnam(ctx.now())
  const known = Math.min(diedOn.length, birthDate.length)
  const comes = diedOn > today.slice(0, diedOn.length)
  if (comes || diedOn.slice(0, known) < birthDate.slice(0, known))
    throw new Problem('request.invalid', { at: ['/diedOn'] })
}

async function held<T>(
  ctx: Context,
  home: number,
  work: (ctx: Context, book: Book) => Promise<T>,
): Promise<T> {
  return await inTransaction(ctx, async (ctx) => {
    const book = await lockPerson(ctx, home)
    if (!book) throw new Problem('access.refused')
    return await work(ctx, book)
  })
}

/**
 * Closes the book of somebody who has died, by a paper.
 * @throws {Problem} request.invalid · book.closed · access.refused
 */
export async function died(ctx: Context, worker: Worker, person: string, dying: z.infer<typeof DyingBody>) {
  const { home } = await enter(ctx, worker, { ...LIFE, person, action: 'station.death' })
  return await held(ctx, home, async (ctx, book) => {
    checkDay(ctx, book, dying.diedOn)
    const until = retainUntil('health-book', dying.diedOn)
    await recordDeath(ctx, book, { ...dying, retainUntil: until })
    await restatePatientResource(ctx, worker, book, book.demographics, { diedOn: dying.diedOn })
    return { ...tellPerson(ctx, { ...book, status: 'deceased' }), diedOn: dying.diedOn, retainUntil: until }
  })
}

/**
 * The death was recorded by mistake: the book is open again. The station's lead alone, after a day with a reason.
 * @throws {Problem} station.nothing-to-undo · station.reason-needed · access.refused
 */
export async function revive(
  ctx: Context,
  worker: Worker,
  person: string,
  { why }: z.infer<typeof RevivingBody>,
) {
  const { home } = await enter(ctx, worker, { ...LIFE, person, action: 'station.revive' })
  return await held(ctx, home, async (ctx, book) => {
    await undoDeath(ctx, worker, book, why)
    await restatePatientResource(ctx, worker, book, book.demographics, { diedOn: null })
    return tellPerson(ctx, { ...book, status: 'active' })
  })
}

/** A facility was wrong: somebody has seen her alive. @throws {Problem} station.nothing-to-undo · access.refused */
export async function alive(ctx: Context, worker: Worker, person: string) {
  const { home } = await enter(ctx, worker, { ...LIFE, person, action: 'station.death' })
  return await held(ctx, home, async (ctx, book) => {
    if (book.status !== 'active' || (await settleReports(ctx, book, 'alive')) === 0)
      throw new Problem('station.nothing-to-undo')
    await note(ctx, { action: 'life.alive', patientId: book.patientId, purpose: 'life', what: 'identity' })
    return tellPerson(ctx, book)
  })
}

/** Of whom facilities say that she has died: the station looks at a paper, or sees her. */
export async function deaths(ctx: Context, worker: Worker) {
  const reported = await deathsReported(ctx, worker.ward)
  const homes = [...new Set(reported.map(({ home }) => home))]
  const books = new Map((await booksAt(ctx, homes)).map((book) => [book.home, book]))
  await note(ctx, { action: 'station.deaths', what: `${worker.ward} ${homes.length}` })
  return {
    people: homes.flatMap((home) => {
      const book = books.get(home)
      if (!book) return []
      const { person, name, birthDate, sex, level } = tellPerson(ctx, book)
      const by = reported.filter((one) => one.home === home)
      return [
        {
          ...{ person, name, birthDate, sex, level },
          by: by.map(({ source, diedOn, at }) => ({
            facility: facilityOf(source)?.name ?? source,
            diedOn,
            at: at.toISOString(),
          })),
        },
      ]
    }),
  }
}
