import { asciiKey } from '@sokhoe/model/names'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { blind } from '../../platform/keys.ts'
import { type Book, booksAt } from './books.ts'
import { type Demographics, identifierHash } from './demographics.ts'

/** Names these locks apart from any others in the database. */
const COMINGS = 7902

async function patientsUnder(
  ctx: Context,
  table: 'identity.identifier' | 'identity.name_key',
  hashes: readonly Buffer[],
): Promise<number[]> {
  if (hashes.length === 0) return []
  const rows = await ctx.db
    .selectFrom(table)
    .select('patient_id')
    .where('hash', '=', sql<Buffer>`any(${[...hashes]}::bytea[])`)
    .execute()
  return rows.map((row) => row.patient_id)
}

/** The very number, or whole name without marks, birth date and sex together. */
function isAlike(ctx: Context, a: Demographics, b: Demographics): boolean {
  const numbers = new Set(a.identifiers.map((one) => identifierHash(ctx.keys, one).toString('hex')))
  if (b.identifiers.some((one) => numbers.has(identifierHash(ctx.keys, one).toString('hex')))) return true
  return asciiKey(a.name) === asciiKey(b.name) && a.birthDate === b.birthDate && a.sex === b.sex
}

/**
 * Persons of one ward who may be the one that is about to get a book there. Two who bring the same person at the same
 * moment take turns, so that the second sees the first; inside the caller's transaction.
 */
export async function peopleAlike(ctx: Context, said: Demographics, ward: string): Promise<Book[]> {
  const name = blind(ctx.keys, 'name', `${asciiKey(said.name)}|${said.birthDate}`)
  const numbers = said.identifiers.map((one) => identifierHash(ctx.keys, one))
  const turns = [name, ...numbers].map((hash) => hash.readInt32BE(0)).toSorted((a, b) => a - b)
  const [, byNumber, byName] = await Promise.all([
    sql`select pg_advisory_xact_lock(${COMINGS}, turn) from unnest(${turns}::int[]) turn`.execute(ctx.db),
    patientsUnder(ctx, 'identity.identifier', numbers),
    patientsUnder(ctx, 'identity.name_key', [name]),
  ])
  const patients = [...new Set([...byNumber, ...byName])]
  if (patients.length === 0) return []
  const rows = await ctx.db
    .selectFrom('identity.patient')
    .select('person')
    .distinct()
    .where('home', '=', sql<number>`any(${patients.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${patients}::bigint[])`)
    .where('ward', '=', ward)
    .execute()
  const books = await booksAt(
    ctx,
    rows.map(({ person }) => person),
  )
  return books.filter((book) => book.ward === ward && isAlike(ctx, book.demographics, said))
}

/**
 * Who writes into a person's book while others may, goes one after the other: held until the transaction ends.
 * @returns the book as it is now: another one's, where she has joined another meanwhile
 */
export async function lockPerson(ctx: Context, home: number): Promise<Book | undefined> {
  await ctx.db.selectFrom('identity.person').select('home').where('home', '=', home).forUpdate().execute()
  const [book] = await booksAt(ctx, [home])
  return book && book.home !== home ? await lockPerson(ctx, book.home) : book
}
