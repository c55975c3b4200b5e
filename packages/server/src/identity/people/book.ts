import type { KeyObject } from 'node:crypto'
import { formerWard } from '@sokhoe/codes'
import { asciiKey } from '@sokhoe/model/names'
import { sql } from 'kysely'
import type { Context, Resident } from '../../platform/context.ts'
import { dataKeysOf, keepDataKey, makeDataKey } from '../../platform/datakeys.ts'
import { Problem } from '../../platform/problem.ts'
import { lookAgain, lookAround } from '../linking/around.ts'
import { readyOf } from '../linking/keys.ts'
import { besideOf } from '../linking/said.ts'
import type { Book } from './books.ts'
import {
  type Demographics,
  identifierHash,
  openDemographics,
  PARTS,
  type Part,
  type StatedIdentifier,
  sealDemographics,
} from './demographics.ts'
import { recount } from './enrolment.ts'
import { newHome } from './homes.ts'
import { moveHousehold } from './households.ts'
import { bookRows, firstPatientOf, identifierRows, type NewBook, nameRows, openCardToken } from './rows.ts'

export type Opening = Pick<
  NewBook,
  | 'phoneHash'
  | 'relation'
  | 'epoch'
  | 'level'
  | 'source'
  | 'ward'
  | 'demographics'
  | 'synthetic'
  | 'campaign'
  | 'channel'
>

export interface NewlyOpened {
  readonly home: number
  readonly patientId: number
  /** For the record's first arrival in the same transaction. */
  readonly newDataKey: KeyObject
}

/**
 * Makes a new person of one Patient, with her card; in the caller's transaction. A number that somebody already has
 * does not stop it and is not told: whoever may be the same is kept beside her, for the station.
 *
 * @param also what else goes into the new book, in the same transaction; its statements travel with these
 */
export async function openBookWith<T>(
  ctx: Context,
  opening: Opening,
  also: (opened: NewlyOpened) => Promise<T>,
): Promise<T> {
  const home = await newHome(ctx)
  const patientId = firstPatientOf(home)
  const { dataKey, row: dataKeyRow } = makeDataKey(ctx.keys, patientId)
  const rows = bookRows(ctx.keys, { ...opening, home, dataKey, at: ctx.now() })
  const { db } = ctx
  const [done] = await Promise.all([
    also({ home, patientId, newDataKey: dataKey }),
    keepDataKey(ctx, dataKeyRow),
    db.insertInto('identity.person').values(rows.person).execute(),
    db.insertInto('identity.patient').values(rows.patient).execute(),
    db.insertInto('identity.link').values(rows.link).execute(),
    db.insertInto('identity.enrolment').values(rows.enrolment).execute(),
    db.insertInto('identity.card').values(rows.card).execute(),
    db.insertInto('identity.name_key').values(rows.names).execute(),
    ...(rows.keeper ? [keep(ctx, rows.keeper, opening.epoch)] : []),
    ...(rows.households.length > 0
      ? [db.insertInto('identity.household').values(rows.households).execute()]
      : []),
    rows.linkKeys.length > 0 && db.insertInto('identity.link_key').values(rows.linkKeys).execute(),
    claimIdentifiers(ctx, rows.identifiers),
    lookAround(ctx, { ...keptOf(ctx, opening, home), patientId }),
  ])
  return done
}

/** A book belongs to the number's owner of that session; without a session, to its owner of today. */
const keep = (ctx: Context, keeper: NonNullable<ReturnType<typeof bookRows>['keeper']>, epoch?: number) =>
  ctx.db
    .insertInto('identity.keeper')
    .values({
      ...keeper,
      epoch:
        epoch ??
        sql<number>`coalesce((select epoch from identity.account where phone_hash = ${keeper.phone_hash}), 0)`,
    })
    .execute()

/** The same with nothing else in it yet. */
export const openBook = (ctx: Context, opening: Opening): Promise<NewlyOpened> =>
  openBookWith(ctx, opening, async (opened) => opened)

/** A book that begins, as it is compared with others. */
function keptOf({ keys }: Context, { demographics, ward, level, phoneHash }: Opening, home: number) {
  const side = { person: home, status: 'active', level, ward }
  const numbers = new Set(demographics.identifiers.map((one) => identifierHash(keys, one).toString('hex')))
  return { ...side, demographics, numbers, ...readyOf(keys, demographics, besideOf(ward, phoneHash)) }
}

async function claimIdentifiers({ db }: Context, rows: ReturnType<typeof identifierRows>): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('identity.identifier')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['hash', 'patient_id']).doUpdateSet({ until: null, ended: false }),
    )
    .execute()
}

/** Whose word it is: hers, or a document's that somebody has seen. */
type By = 'word' | 'document'

/** What the authority has ended stays ended: no word brings a number back, nor drops it. */
function withEnded(book: Book, said: Demographics): Demographics {
  const ended = said.ended ?? book.demographics.ended ?? []
  if (ended.length === 0) return said
  const over = (one: StatedIdentifier) =>
    ended.some(({ system, value }) => system === one.system && value === one.value)
  return { ...said, identifiers: said.identifiers.filter((one) => !over(one)), ended }
}

/** A number that a card or the station has shown is not dropped or replaced by a mere word. */
function withProven(book: Book, said: Demographics, by: By): Demographics {
  if (book.level === 'phone' || by === 'document') return said
  const proven = book.demographics.identifiers
  const added = said.identifiers.filter(
    (one) => !proven.some(({ system, value }) => system === one.system && value === one.value),
  )
  return { ...said, identifiers: [...proven, ...added] }
}

/** A name, sex or birth date that the station has confirmed or put right stays; her word adds what nobody knew. */
function withConfirmed({ level, demographics: before }: Book, said: Demographics, by: By): Demographics {
  if (by === 'document') return said
  const confirmed = before.confirmed ?? []
  const stands: readonly Part[] = level === 'verified' ? PARTS : confirmed
  const stays = (part: Part) => stands.includes(part) && before[part] !== '' && before[part] !== 'unknown'
  return {
    ...said,
    name: stays('name') ? before.name : said.name,
    birthDate: stays('birthDate') ? before.birthDate : said.birthDate,
    sex: stays('sex') ? before.sex : said.sex,
    ...(confirmed.length > 0 && { confirmed }),
  }
}

/** Whether she counts elsewhere now: by ward of either map, sex, or year of birth. */
const isCountedAnew = (book: Book, ward: string | null, { sex, birthDate, address }: Demographics): boolean =>
  ward !== book.ward ||
  address !== book.demographics.address ||
  sex !== book.demographics.sex ||
  birthDate.slice(0, 4) !== book.demographics.birthDate.slice(0, 4)

/**
 * A source says anew who its Patient is: the statement is replaced, its numbers and name keys with it. What is added is
 * the person's word, however sure the book is. Without a ward she lives where she lived.
 * @returns what the book says now: of what was confirmed, not what she said
 */
export async function restate(
  ctx: Context,
  book: Book,
  said: Demographics,
  ward: string | undefined,
  by: By = 'word',
): Promise<Demographics> {
  const { home, patientId } = book
  const key = (await dataKeysOf(ctx, [patientId])).get(patientId)
  if (!key) return book.demographics
  const demographics = withConfirmed(book, withEnded(book, withProven(book, said, by)), by)
  const hashes = (of: Demographics) =>
    new Map(of.identifiers.map((one) => [identifierHash(ctx.keys, one).toString('hex'), one]))
  const [known, stated] = [hashes(book.demographics), hashes(demographics)]
  const added = identifierRows(ctx.keys, patientId, demographics, 'phone', ctx.now()).filter(
    (row) => !known.has(row.hash.toString('hex')),
  )
  const dropped = [...known.keys()]
    .filter((hash) => !stated.has(hash))
    .map((hash) => Buffer.from(hash, 'hex'))
  const patient = {
    demographics: sealDemographics(key, patientId, demographics),
    birth_year: Number(demographics.birthDate.slice(0, 4)) || null,
    sex: demographics.sex,
    ward: ward ?? book.ward,
    former: formerWard(ward ?? book.ward, demographics.address),
  }
  const write = () =>
    ctx.db
      .updateTable('identity.patient')
      .set(patient)
      .where('home', '=', home)
      .where('patient_id', '=', patientId)
      .execute()
  const counts = isCountedAnew(book, patient.ward, demographics)
  await Promise.all([
    counts ? recount(ctx, home, write) : write(),
    ctx.db
      .insertInto('identity.name_key')
      .values(nameRows(ctx.keys, patientId, demographics))
      .onConflict((conflict) => conflict.doNothing())
      .execute(),
    ...(dropped.length > 0
      ? [
          ctx.db
            .updateTable('identity.identifier')
            .set({ until: ctx.now() })
            .where('hash', 'in', dropped)
            .where('patient_id', '=', patientId)
            .execute(),
        ]
      : []),
    claimIdentifiers(ctx, added),
  ])
  await followAddress(ctx, book, patient.ward, demographics)
  await lookAgain(ctx, patientId, demographics)
  return demographics
}

/** Where she lives now. */
async function followAddress(
  ctx: Context,
  { home, ward: before, demographics }: Book,
  ward: string | null,
  now: Demographics,
): Promise<void> {
  const { address } = now
  if (ward !== before || address !== demographics.address) await moveHousehold(ctx, { home, ward, address })
}

/** The token in the QR of the card; it opens nothing by itself. */
export async function cardToken(ctx: Context, home: number): Promise<string | undefined> {
  const row = await ctx.db
    .selectFrom('identity.card')
    .select('token')
    .where('home', '=', home)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return row && openCardToken(ctx.keys, row.token)
}

export interface Proof {
  /** Any one of them; a card names several of one person. */
  readonly numbers: readonly string[]
  readonly birthDate: string
  /** Whole name: proves only a book of phone level that knows no number, since names are no secret. */
  readonly name?: string
}

const fitsName = ({ name, birthDate, identifiers }: Demographics, level: string, proof: Proof): boolean =>
  level === 'phone' &&
  identifiers.length === 0 &&
  proof.birthDate === birthDate &&
  proof.name !== undefined &&
  asciiKey(proof.name) === asciiKey(name)

/** Whether what a book says fits a proof: one of its numbers, and the birth date as far as the book knows it. */
export const fitsProof = ({ identifiers, birthDate }: Demographics, proof: Proof): boolean =>
  proof.birthDate.startsWith(birthDate) && identifiers.some(({ value }) => proof.numbers.includes(value))

/** Which of these locked books a proof fits; compared in memory, whatever the answer. */
export async function provenBooks(ctx: Context, homes: readonly number[], proof: Proof): Promise<number[]> {
  const patientIds = homes.map(firstPatientOf)
  const { rows } = await sql<{ home: number; patient_id: number; demographics: Buffer; level: string }>`
    select patient.home, patient.patient_id, patient.demographics, person.level from identity.patient patient
    join identity.person person on person.home = patient.home
    where patient.home = any(${[...homes]}::bigint[])
      and patient.patient_id = any(${patientIds}::bigint[])`.execute(ctx.db)
  const keys = await dataKeysOf(ctx, patientIds)
  return rows
    .filter((row) => {
      const key = keys.get(row.patient_id)
      if (!key) return false
      const demographics = openDemographics(key, row.patient_id, row.demographics)
      return fitsProof(demographics, proof) || fitsName(demographics, row.level, proof)
    })
    .map((row) => row.home)
}

/**
 * One telephone's writes about its own books go one after the other: two tabs never make two books.
 * @returns the resident with the books that stand now, the lock being held
 * @throws {Problem} access.refused where her book has just joined one that this telephone does not open
 */
export async function lockTelephone(ctx: Context, resident: Resident): Promise<Resident> {
  const { phoneHash, locked, arriving, books, epoch } = resident
  const now = ctx.now()
  const [, keepers] = await Promise.all([
    ctx.db
      .selectFrom('identity.account')
      .select('account_id')
      .where('phone_hash', '=', phoneHash)
      .forUpdate()
      .execute(),
    ctx.db
      .selectFrom('identity.keeper')
      .select(['epoch', 'unproven', 'home as at', sql<number>`coalesce(person, home)`.as('home')])
      .where('phone_hash', '=', phoneHash)
      .where('relation', '=', 'self')
      .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
      .orderBy('since')
      .orderBy('home')
      .execute(),
  ])
  // the book that was open here a moment ago has joined a surer one: that one asks for a proof first
  if (keepers.some(({ at, unproven }) => unproven && books.includes(at))) throw new Problem('access.refused')
  const hers = keepers.filter(
    (keeper) => books.includes(keeper.home) || (keeper.epoch === epoch && !keeper.unproven),
  )
  const elsewhere = [...locked, ...arriving]
  const homes = [...new Set(hers.map(({ home }) => home))]
  return { ...resident, books: homes.filter((home) => !elsewhere.includes(home)) }
}
