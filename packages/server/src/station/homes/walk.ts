import { compareDoors, type Door, readDoor } from '@sokhoe/model/address'
import { dayInVietnam } from '@sokhoe/model/dates'
import { isConfirmed } from '@sokhoe/model/levels'
import { note } from '../../audit/index.ts'
import {
  type Book,
  booksAt,
  enterAllAtStation,
  livingAt,
  livingIn,
  sizesOf,
  streetsIn,
  tellSize,
} from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'
import { isChild, tellPerson } from '../person.ts'

const UNREAD: Door = { street: '', alley: null, house: null }

const doorOf = (book: Book | undefined): Door => readDoor(book?.demographics.address ?? '') ?? UNREAD

const byName = new Intl.Collator('vi', { numeric: true })

/** Streets and alleys of the ward, with how many have a book there and how many are confirmed; nobody's name. */
export async function streets(ctx: Context, worker: Worker) {
  const found = await streetsIn(ctx, worker.ward)
  const books = new Map(
    (
      await booksAt(
        ctx,
        found.map(({ sample }) => sample),
      )
    ).map((book) => [book.home, book]),
  )
  const told = found.map(({ sample, ...street }) => {
    const { street: name, alley } = doorOf(books.get(sample))
    return { ...street, name, alley }
  })
  return {
    streets: told.toSorted(
      (a, b) => byName.compare(a.name, b.name) || byName.compare(a.alley ?? '', b.alley ?? ''),
    ),
  }
}

export interface House {
  /** Names the door in addresses of this house. */
  readonly id: string
  readonly street: string
  readonly house: string | null
  /** Whose books say that they live here. */
  readonly books: readonly Book[]
  /** How many people live here, as told at the door; null while nobody told it. */
  readonly told: number | null
}

/** @returns doors of these streets in the order of a walk */
async function housesIn(ctx: Context, worker: Worker, ids: readonly string[]): Promise<House[]> {
  const living = await livingIn(ctx, worker.ward, ids)
  const found = await booksAt(
    ctx,
    living.map(({ home }) => home),
  )
  const books = new Map(found.map((book) => [book.home, book]))
  const doors = Map.groupBy(living, ({ door }) => door)
  const sizes = await sizesOf(ctx, [...doors.keys()])
  return [...doors]
    .map(([id, those]) => {
      const inside = those.map(({ home }) => books.get(home)).filter((book) => book !== undefined)
      const { house } = doorOf(inside[0])
      return { id, street: those[0]?.street ?? '', house, books: inside, told: sizes.get(id) ?? null }
    })
    .toSorted(compareDoors)
}

/** Of a door without a number it is not known how many homes it stands for. */
const missingAt = ({ told, house, books }: House): number | null =>
  told === null || house === null ? null : Math.max(0, told - books.length)

/** Doors of one street: how many have a book, are confirmed, are missing as far as somebody told; nobody's name. */
export async function doors(ctx: Context, worker: Worker, street: string) {
  const found = await housesIn(ctx, worker, [street])
  return {
    doors: found.map((one) => ({
      id: one.id,
      house: one.house,
      people: one.books.length,
      verified: one.books.filter(({ level }) => isConfirmed(level)).length,
      told: one.told,
      missing: missingAt(one),
    })),
  }
}

const ERRAND = { action: 'station.household', what: 'identity', purpose: 'household' } as const

/** Who lives behind one door, as far as books say; each finds it in her book. */
export async function household(ctx: Context, worker: Worker, door: string) {
  const books = await enterAllAtStation(ctx, await livingAt(ctx, worker.ward, door), ERRAND)
  const told = (await sizesOf(ctx, [door])).get(door) ?? null
  return { members: books.map((book) => tellPerson(ctx, book)), told }
}

/** @throws {Problem} request.not-found for a door that is none of this ward's */
export async function tell(ctx: Context, worker: Worker, door: string, people: number | null) {
  const done = await tellSize(ctx, worker, { ward: worker.ward, door, people })
  if (!done) throw new Problem('request.not-found')
  await note(ctx, { action: 'household.size', what: worker.ward })
  return { told: people }
}

/** Whom to visit: every door, those where somebody is not confirmed, those where somebody has no book yet. */
export type Which = 'all' | 'unconfirmed' | 'missing'

const isWanted = (one: House, which: Which): boolean =>
  which === 'all' ||
  (which === 'unconfirmed' && one.books.some(({ level }) => !isConfirmed(level))) ||
  (which === 'missing' && missingAt(one) !== 0)

/** So many names on paper at once; more is a walk of several days. */
const MOST_NAMES = 400

export interface Stop {
  readonly house: string | null
  readonly told: number | null
  readonly missing: number | null
  readonly people: readonly { name: string; born: string; confirmed: boolean; child: boolean }[]
}

export interface WalkedStreet {
  readonly name: string
  readonly alley: string | null
  readonly stops: readonly Stop[]
}

/**
 * A walk through chosen streets, door by door; each who is named on it finds it in her book.
 * @throws {Problem} station.walk-too-long
 */
export async function walk(
  ctx: Context,
  worker: Worker,
  ids: readonly string[],
  which: Which,
): Promise<WalkedStreet[]> {
  const wanted = (await housesIn(ctx, worker, ids)).filter((one) => isWanted(one, which))
  const homes = wanted.flatMap(({ books }) => books.map(({ home }) => home))
  if (homes.length > MOST_NAMES) throw new Problem('station.walk-too-long', { at: [String(MOST_NAMES)] })
  await enterAllAtStation(ctx, homes, ERRAND)
  const today = dayInVietnam(ctx.now())
  return [...Map.groupBy(wanted, ({ street }) => street).values()]
    .map((houses) => {
      const { street: name, alley } = doorOf(houses[0]?.books[0])
      return { name, alley, stops: houses.map((one) => stopOf(one, today)) }
    })
    .toSorted((a, b) => byName.compare(a.name, b.name) || byName.compare(a.alley ?? '', b.alley ?? ''))
}

const stopOf = (one: House, today: string): Stop => ({
  house: one.house,
  told: one.told,
  missing: missingAt(one),
  people: one.books.map(({ demographics: { name, birthDate }, level }) => ({
    name,
    born: birthDate.slice(0, 4),
    confirmed: isConfirmed(level),
    child: isChild(birthDate, today),
  })),
})
