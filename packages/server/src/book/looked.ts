import type { Access, Accesses } from '@sokhoe/model/reading'
import { holdersOf } from '../access/index.ts'
import { type EventRow, eventsOf } from '../audit/index.ts'
import { booksAt } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { type Holders, sayAccess } from './accesses.ts'

interface OfBook {
  readonly home: number
  readonly patientIds: readonly number[]
}

export type LookedBy = 'others' | 'own'

const PAGE = 40

/** Names are asked for only where a proxy acted. */
async function holdersIn(ctx: Context, home: number, events: readonly EventRow[]): Promise<Holders> {
  if (!events.some(({ actor }) => actor.startsWith('proxy:'))) return new Map()
  const held = await holdersOf(ctx, home)
  const books = await booksAt(ctx, [...new Set([...held.values()].map(({ holder }) => holder))])
  const names = new Map(books.map((book) => [book.home, book.demographics.name]))
  return new Map(
    [...held].flatMap(([id, { holder, relation }]) => {
      const name = names.get(holder)
      return name === undefined ? [] : [[id, { name, relation }]]
    }),
  )
}

const CLOSE = 2000

/** One deed is noted on every Patient of a person: of neighbours that differ in nothing else one is told. */
const isSameDeed = (a: EventRow, b: EventRow): boolean =>
  a.patient_id !== b.patient_id &&
  Math.abs(a.at.getTime() - b.at.getTime()) < CLOSE &&
  a.actor === b.actor &&
  a.actor_id === b.actor_id &&
  a.action === b.action &&
  a.what === b.what &&
  a.refused === b.refused

const deedsIn = (events: readonly EventRow[]): EventRow[] =>
  events.filter((event, i) => {
    const before = events.slice(Math.max(0, i - 8), i)
    return !before.some((other) => isSameDeed(other, event))
  })

const cursorOf = ({ at, seq, patient_id }: EventRow): string =>
  Buffer.from(`${at.getTime()} ${seq} ${patient_id}`).toString('base64url')

/** @throws {Problem} request.invalid */
function readCursor(text: string): { at: Date; seq: number; patientId: number } {
  const [at = Number.NaN, seq = Number.NaN, patientId = Number.NaN, ...more] = Buffer.from(text, 'base64url')
    .toString('latin1')
    .split(' ')
    .map(Number)
  const whole = [at, seq, patientId].every((one) => Number.isSafeInteger(one) && one >= 0)
  if (!whole || more.length > 0 || Number.isNaN(new Date(at).getTime()))
    throw new Problem('request.invalid', { at: ['/before'] })
  return { at: new Date(at), seq, patientId }
}

/** Who looked at a book, newest first, a page at a time. */
export async function lookedAt(
  ctx: Context,
  { home, patientIds }: OfBook,
  { before, by }: { readonly before?: string | undefined; readonly by: LookedBy },
): Promise<Accesses> {
  const events = await eventsOf(ctx.pool, patientIds, {
    limit: PAGE + 1,
    by,
    ...(before !== undefined && { before: readCursor(before) }),
  })
  const page = events.slice(0, PAGE)
  const last = page.at(-1)
  const holders = await holdersIn(ctx, home, page)
  return {
    accesses: deedsIn(page).map((event) => sayAccess(event, holders)),
    next: events.length > PAGE && last ? cursorOf(last) : null,
  }
}

const LATEST = 16

/** The last others who looked, for the first page. */
export async function lastVisitors(ctx: Context, { home, patientIds }: OfBook, most = 3): Promise<Access[]> {
  const events = await eventsOf(ctx.pool, patientIds, { limit: LATEST, by: 'others' })
  const deeds = deedsIn(events).slice(0, most)
  const holders = await holdersIn(ctx, home, deeds)
  return deeds.map((event) => sayAccess(event, holders))
}
