import { sql } from 'kysely'
import { levelShows, wordOf } from '../../access/index.ts'
import type { Context, Resident } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf } from '../../platform/ids.ts'
import { type Demographics, openDemographics } from './demographics.ts'
import { claimOf, homesWithBook } from './kin.ts'
import { firstPatientOf } from './rows.ts'
import type { Level } from './tables.ts'

export interface Book {
  /** The person, by the home in which she was first met. */
  readonly home: number
  /** Her own Patient: what she herself states. */
  readonly patientId: number
  /**
   * The Patient on whose shelf whoever opened this book writes: the book's own, or that of the book which this telephone
   * kept before it joined this one. So each finds again what she wrote when the two part.
   */
  readonly shelf: number
  /** Every Patient linked to her, her own first. */
  readonly patientIds: readonly number[]
  /** 'active', 'deceased' or 'closed'. */
  readonly status: string
  readonly level: Level
  /** As what she opens it who holds it: the level, or 'named' ({@link claimOf}). */
  readonly claim: string
  readonly ward: string | null
  readonly demographics: Demographics
  readonly since: Date
}

/** A book as one telephone keeps it: 'self', or whose it is to the telephone's owner. */
export interface KeptBook extends Book {
  readonly relation: string
}

interface Row {
  home: number
  relation: string
  status: string
  level: Level
  since: Date
  patient_id: number
  source: string
  ward: string | null
  demographics: Buffer
  /** Under which home this telephone keeps the book. */
  kept?: number
}

/** @param patientIds those that are open to her */
function shelfOf(home: number, patientIds: readonly number[], rows: readonly Row[]): number {
  const kept = new Set(rows.map((row) => row.kept ?? home))
  const [joined] = kept.has(home) ? [] : [...kept].map(firstPatientOf)
  return joined !== undefined && patientIds.includes(joined)
    ? joined
    : (patientIds[0] ?? firstPatientOf(home))
}

/** Without what a book as sure as this does not show its holder. */
function openAt(rows: readonly Row[]): Row[] {
  const beside = homesWithBook(rows)
  return rows.filter(({ level, status, source, patient_id }) =>
    levelShows(claimOf(status, level), wordOf(source, beside.has(homeOf(patient_id)))),
  )
}

/** @param rows of whole persons, the books in the order wanted */
async function openBooks(ctx: Context, rows: readonly Row[]): Promise<KeptBook[]> {
  const keys = await dataKeysOf(
    ctx,
    rows.map((row) => row.patient_id),
  )
  return [...Map.groupBy(rows, (row) => row.home).values()].flatMap((patients) => {
    const own = patients.find((row) => row.patient_id === firstPatientOf(row.home)) ?? patients[0]
    const key = own && keys.get(own.patient_id)
    if (!own || !key) return []
    const { home, patient_id: patientId, relation, status, level, ward, since } = own
    const demographics = openDemographics(key, patientId, own.demographics)
    const patientIds = [...new Set([patientId, ...patients.map((row) => row.patient_id)])]
    const claim = claimOf(status, level)
    const shelf = shelfOf(home, patientIds, patients)
    return [{ home, patientId, patientIds, shelf, relation, status, level, claim, ward, demographics, since }]
  })
}

/** The books that a session may open: her own, then others', each in the order in which this telephone came to keep them. */
export async function booksOf(ctx: Context, resident: Resident): Promise<KeptBook[]> {
  const { books, arriving, proxies } = resident
  if (resident.scopes) return await booksByToken(ctx, books)
  const homes = [...books, ...arriving, ...proxies.map(({ home }) => home)]
  if (homes.length === 0) return []
  const { rows } = await sql<Row>`
    select person.home, keeper.home as kept, keeper.relation, person.status, person.level, person.created_at as since,
      patient.patient_id, patient.source, patient.ward, patient.demographics
    from identity.keeper keeper
    join identity.person person on person.home = coalesce(keeper.person, keeper.home)
    join identity.patient patient on patient.person = person.home
    where keeper.phone_hash = ${resident.phoneHash} and (keeper.until is null or keeper.until > ${ctx.now()})
      and person.home = any(${homes}::bigint[])
    order by (keeper.relation <> 'self'), keeper.since, keeper.home, patient.patient_id`.execute(ctx.db)
  const opened = await openBooks(ctx, openAt(rows))
  // on its way to this number it shows her own word and nobody else's
  return opened.map((book) =>
    arriving.includes(book.home) ? { ...book, patientIds: [book.patientId], shelf: book.patientId } : book,
  )
}

/** A token is one person's own and knows no telephone: whom facilities alone know has her book by it. */
async function booksByToken(ctx: Context, homes: readonly number[]): Promise<KeptBook[]> {
  const books = await openBooks(ctx, openAt(await rowsWhere(ctx, homes, ['joined', 'deceased'])))
  return books.map((book) => ({
    ...book,
    relation: 'self',
    status: book.status === 'stated' ? 'active' : book.status,
  }))
}

/**
 * The books of these persons, whoever keeps them, by what they are now: one who joined another has that one's; none of
 * one who is known through facilities alone. Whoever asks has made sure that the actor may, or finds out from what this
 * returns and shows nothing of it before.
 */
export const booksAt = async (ctx: Context, homes: readonly number[]): Promise<Book[]> =>
  await openBooks(ctx, await rowsWhere(ctx, homes, ['stated', 'joined']))

async function rowsWhere(
  ctx: Context,
  homes: readonly number[],
  without: readonly string[],
): Promise<readonly Row[]> {
  if (homes.length === 0) return []
  const { rows } = await sql<Row>`
    select person.home, 'none' as relation, person.status, person.level, person.created_at as since,
      patient.patient_id, patient.source, patient.ward, patient.demographics
    from identity.person person join identity.patient patient on patient.person = person.home
    where (person.home = any(${[...homes]}::bigint[]) or person.home in (select person from identity.patient
        where home = any(${[...homes]}::bigint[]) and patient_id = any(${homes.map(firstPatientOf)}::bigint[])))
      and person.status <> all(${[...without]}::text[])
    order by person.home, patient.patient_id`.execute(ctx.db)
  return rows
}

/** The person to whom a Patient belongs, by her home. */
export async function personOf(ctx: Context, patientId: number): Promise<number | undefined> {
  const { rows } = await sql<{ person: number }>`
    select person from identity.patient
    where home = ${homeOf(patientId)} and patient_id = ${patientId}`.execute(ctx.db)
  return rows[0]?.person
}

/** The same where she lives: nobody comes with a token of somebody who has died. */
export async function livingPersonOf(ctx: Context, patientId: number): Promise<number | undefined> {
  const { rows } = await sql<{ person: number }>`
    select patient.person from identity.patient patient join identity.person person on person.home = patient.person
    where patient.home = ${homeOf(patientId)} and patient.patient_id = ${patientId}
      and person.status <> 'deceased'`.execute(ctx.db)
  return rows[0]?.person
}

/** A person's book as its holder writes in it: by what she said of herself on her own shelf. */
export async function bookOfShelf(ctx: Context, book: Book): Promise<Book> {
  const { shelf } = book
  if (shelf === book.patientId) return book
  const home = homeOf(shelf)
  const [row, keys] = await Promise.all([
    ctx.db
      .selectFrom('identity.patient')
      .select(['ward', 'demographics'])
      .where('home', '=', home)
      .where('patient_id', '=', shelf)
      .executeTakeFirst(),
    dataKeysOf(ctx, [shelf]),
  ])
  const key = keys.get(shelf)
  if (!row || !key) return book
  const demographics = openDemographics(key, shelf, row.demographics)
  return { ...book, home, patientId: shelf, ward: row.ward, demographics }
}
