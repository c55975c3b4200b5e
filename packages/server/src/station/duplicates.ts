import { asciiKey, exactKey } from '@sokhoe/model/names'
import { note } from '../audit/index.ts'
import {
  type Book,
  booksAt,
  type Demographics,
  homeNamed,
  type Pair,
  pairsIn,
  settlePair,
} from '../identity/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { enter, type Worker } from './enter.ts'
import { tellPerson } from './person.ts'

/** Why two may be one; each holds now, whatever they said before. */
type Reason = 'same-number' | 'same-name' | 'same-address'

const bare = (value: string): string => value.toUpperCase().replaceAll(/[\s.-]/g, '')
const addressKey = (address: string): string =>
  asciiKey(address)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** The rule itself, pure. @returns none where what was noted once holds no longer */
function reasonsBetween(a: Demographics, b: Demographics): Reason[] {
  const numbers = new Set(a.identifiers.map(({ system, value }) => `${system} ${bare(value)}`))
  const number = b.identifiers.some(({ system, value }) => numbers.has(`${system} ${bare(value)}`))
  const name = asciiKey(a.name) === asciiKey(b.name) && a.birthDate === b.birthDate
  const address =
    a.address !== undefined && b.address !== undefined && addressKey(a.address) === addressKey(b.address)
  return [
    ...(number ? (['same-number'] as const) : []),
    ...(name ? (['same-name'] as const) : []),
    ...((number || name) && address ? (['same-address'] as const) : []),
  ]
}

const sideOf = (ctx: Context, worker: Worker, book: Book) => {
  const { person, name, birthDate, ward } = tellPerson(ctx, book)
  // somebody of another ward is not shown to this one
  return book.ward === worker.ward
    ? { person, name, birthDate, here: true }
    : { person, here: false, ward: ward?.name ?? null }
}

function tellPair(ctx: Context, worker: Worker, pair: Pair, books: ReadonlyMap<number, Book>) {
  const [one, two] = [books.get(pair.home), books.get(pair.other)]
  if (!one || !two) return []
  const reasons = reasonsBetween(one.demographics, two.demographics)
  if (reasons.length === 0 || one.status !== 'active' || two.status !== 'active') return []
  return [
    {
      at: pair.at.toISOString(),
      state: pair.state,
      reasons,
      sides: [sideOf(ctx, worker, one), sideOf(ctx, worker, two)],
    },
  ]
}

/** Whom the station is asked about: two who may be one, why, since when. */
export async function duplicates(ctx: Context, worker: Worker) {
  const pairs = await pairsIn(ctx, worker.ward)
  const homes = [...new Set(pairs.flatMap(({ home, other }) => [home, other]))]
  const books = new Map((await booksAt(ctx, homes)).map((book) => [book.home, book]))
  const told = pairs.flatMap((pair) => tellPair(ctx, worker, pair, books))
  await note(ctx, { action: 'station.duplicates', what: `${worker.ward} ${told.length}` })
  return { pairs: told }
}

const COMPARED = ['name', 'birthDate', 'sex', 'address'] as const

const isSame = (field: (typeof COMPARED)[number], a: string, b: string): boolean =>
  field === 'name'
    ? exactKey(a) === exactKey(b)
    : field === 'address'
      ? addressKey(a) === addressKey(b)
      : a === b

function fieldsOf(a: Demographics, b: Demographics) {
  return COMPARED.map((field) => {
    const [one, two] = [a[field] ?? null, b[field] ?? null]
    return { field, values: [one, two], same: one !== null && two !== null && isSame(field, one, two) }
  })
}

const ERRAND = { action: 'station.duplicate', what: 'identity', purpose: 'duplicate' } as const

/** Two of the ward side by side, each field marked where they differ; both find it in their books. @throws access.refused */
export async function sideBySide(ctx: Context, worker: Worker, people: readonly [string, string]) {
  const books = await Promise.all(people.map((person) => enter(ctx, worker, { ...ERRAND, person })))
  const [one, two] = books
  if (!one || !two || one.home === two.home) throw new Problem('request.invalid', { at: ['/people'] })
  return {
    people: [tellPerson(ctx, one), tellPerson(ctx, two)],
    fields: fieldsOf(one.demographics, two.demographics),
    reasons: reasonsBetween(one.demographics, two.demographics),
  }
}

/**
 * Settles a question: two people after all, or to be looked into. Joining two books is not done here.
 * @throws {Problem} access.refused · request.invalid where nothing is asked about these two
 */
export async function settle(
  ctx: Context,
  worker: Worker,
  people: readonly [string, string],
  as: 'not-same' | 'review',
) {
  const homes = await Promise.all(people.map((person) => homeNamed(ctx, person)))
  // one of the two may be of another ward: whoever settles it reaches at least one of them
  const books = await booksAt(
    ctx,
    homes.filter((home) => home !== undefined),
  )
  const [mine] = books.filter(({ ward }) => ward === worker.ward)
  const [a, b] = books
  await enter(ctx, worker, { ...ERRAND, person: people[mine && homes[1] === mine.home ? 1 : 0] })
  if (!a || !b) throw new Problem('request.invalid', { at: ['/people'] })
  const done = await inTransaction(ctx, (ctx) => settlePair(ctx, worker, [a.home, b.home], as))
  if (!done) throw new Problem('request.invalid', { at: ['/people'] })
  return { settled: as }
}
