import type { Access, Accesses } from '@sokhoe/model/reading'
import { holdersOf, type ProxyHolder, placeOfProxy } from '../access/index.ts'
import { type EventRow, eventsOf } from '../audit/index.ts'
import { booksAt, homesOf } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { type Holders, sayAccess } from './accesses.ts'

interface OfBook {
  readonly home: number
  readonly patientIds: readonly number[]
}

export type LookedBy = 'others' | 'own'

const PAGE = 40

/** By whom a proxy is held that is written down under a number: of the home that keeps it, or of the Patient's own. */
function heldUnder(held: readonly ProxyHolder[], { actor, patient_id }: EventRow): ProxyHolder | undefined {
  const id = Number(actor.slice('proxy:'.length))
  const place = placeOfProxy({ home: homeOf(patient_id), id })
  const numbered = held.filter((one) => one.id === place.proxy_id)
  const own = numbered.find(({ home }) => home === place.home)
  // a facility's Patient may lie in a home that keeps no proxies
  return own ?? (numbered.length === 1 ? numbered[0] : undefined)
}

/** Names are asked for only where a proxy acted. @returns for each event who acted in it, by the number it tells */
async function holdersIn(
  ctx: Context,
  book: OfBook,
  events: readonly EventRow[],
): Promise<(event: EventRow) => Holders> {
  const byProxy = ({ actor }: EventRow) => actor.startsWith('proxy:')
  if (!events.some(byProxy)) return () => new Map()
  const held = await holdersOf(ctx, homesOf(book))
  const books = await booksAt(ctx, [...new Set(held.map(({ holder }) => holder))])
  const names = new Map(books.map(({ home, demographics }) => [home, demographics.name]))
  return (event) => {
    const one = byProxy(event) ? heldUnder(held, event) : undefined
    const name = one && names.get(one.holder)
    return one && name !== undefined
      ? new Map([[Number(event.actor.slice('proxy:'.length)), { name, relation: one.relation }]])
      : new Map()
  }
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
  book: OfBook,
  { before, by }: { readonly before?: string | undefined; readonly by: LookedBy },
): Promise<Accesses> {
  const events = await eventsOf(ctx.pool, book.patientIds, {
    limit: PAGE + 1,
    by,
    ...(before !== undefined && { before: readCursor(before) }),
  })
  const page = events.slice(0, PAGE)
  const last = page.at(-1)
  const holders = await holdersIn(ctx, book, page)
  return {
    accesses: deedsIn(page).map((event) => sayAccess(event, holders(event))),
    next: events.length > PAGE && last ? cursorOf(last) : null,
  }
}

const LATEST = 16

/** The last others who looked, for the first page. */
export async function lastVisitors(ctx: Context, book: OfBook, most = 3): Promise<Access[]> {
  const events = await eventsOf(ctx.pool, book.patientIds, { limit: LATEST, by: 'others' })
  const deeds = deedsIn(events).slice(0, most)
  const holders = await holdersIn(ctx, book, deeds)
  return deeds.map((event) => sayAccess(event, holders(event)))
}
