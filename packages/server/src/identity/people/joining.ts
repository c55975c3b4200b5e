import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf, publicId } from '../../platform/ids.ts'
import { hasBook, holdPersons, patientsOf, relink, setStatus } from '../linking/links.ts'
import { speaksAgainst } from './agreement.ts'
import type { Book } from './books.ts'
import { type Demographics, sealDemographics } from './demographics.ts'
import { holdNumbers, type Known, knownBy, numbersOf, type OwnNumber } from './numbers.ts'
import type { Reach } from './reach.ts'
import { nameRows } from './rows.ts'
import { noteDoubts, numberRow } from './stated.ts'

const NUMBER_SEEN = 'number seen by the station'
const SIGHT_UNDONE = 'confirmation taken back'

/**
 * A station has seen these numbers on a document of the person who holds this book: whoever was known by one of them
 * through facilities alone is she, and all her Patients are read as one from now on. Not where birth date and name both
 * speak against it, nor where somebody else has a book: then the station is asked. In the caller's transaction, the
 * person held.
 */
export async function joinByNumbers(
  ctx: Context,
  book: Book,
  hashes: readonly Buffer[],
  who: string,
): Promise<void> {
  await holdNumbers(ctx, hashes)
  const others = (await knownBy(ctx, hashes)).filter(({ person }) => person !== book.home)
  if (others.length === 0) return
  const isDoubtful = (one: Known) => hasBook(one) || speaksAgainst(one.demographics, book.demographics)
  const doubtful = others.filter(isDoubtful)
  const held = new Set(doubtful.map(({ person }) => person))
  const persons = [...new Set(others.map(({ person }) => person))].filter((person) => !held.has(person))
  await noteDoubts(
    ctx,
    book.patientId,
    doubtful.map((one) => ({ ...one, ward: book.ward })),
  )
  if (persons.length === 0) return
  await holdPersons(ctx, persons)
  const patientIds = await patientsOf(ctx, persons)
  await relink(ctx, patientIds, { person: book.home, who, why: NUMBER_SEEN })
  await setStatus(ctx, persons, 'joined')
}

interface Linked {
  patient_id: number
  person: number
  why: string
}

/**
 * The confirmation was wrong: whoever joined this person by it since then belongs again to whom she belonged before. In
 * the caller's transaction, the person held.
 */
export async function partAgain(ctx: Context, home: number, since: Date, who: string): Promise<void> {
  const { rows } = await sql<Linked>`
    select patient.patient_id, before.person, last.why from identity.patient patient
    join lateral (select person, why, at from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id order by at desc limit 1) last on true
    join lateral (select person from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id and at < last.at
      order by at desc limit 1) before on true
    where patient.person = ${home} and last.why = ${NUMBER_SEEN} and last.at >= ${since}`.execute(ctx.db)
  for (const [person, patients] of Map.groupBy(rows, (row) => row.person)) {
    const patientIds = patients.map((row) => row.patient_id)
    await relink(ctx, patientIds, { person, who, why: SIGHT_UNDONE })
    await setStatus(ctx, [person], 'stated')
  }
}

export interface RestatedPatient {
  readonly patientId: number
  readonly source: string
  readonly demographics: Demographics
  readonly ownNumbers?: readonly OwnNumber[]
  readonly ward?: string
}

/**
 * A source says anew who its Patient is: numbers and name keys are replaced. To whom the Patient belongs stays as it is;
 * where a new number names somebody else, the station is asked. In the caller's transaction.
 */
export async function restatePatient(ctx: Context, said: RestatedPatient): Promise<void> {
  const { patientId, source, demographics, ownNumbers = [], ward } = said
  const key = (await dataKeysOf(ctx, [patientId])).get(patientId)
  if (!key) return
  const numbers = numbersOf(ctx.keys, source, demographics, ownNumbers)
  const hashes = numbers.map(({ hash }) => hash)
  const names = nameRows(ctx.keys, patientId, demographics)
  await holdNumbers(ctx, hashes)
  const { db } = ctx
  await Promise.all([
    db
      .updateTable('identity.patient')
      .set({
        demographics: sealDemographics(key, patientId, demographics),
        birth_year: Number(demographics.birthDate.slice(0, 4)) || null,
        sex: demographics.sex,
        ...(ward !== undefined && { ward }),
      })
      .where('home', '=', homeOf(patientId))
      .where('patient_id', '=', patientId)
      .execute(),
    sql`update identity.identifier set until = ${ctx.now()}
      where patient_id = ${patientId} and until is null and not hash = any(${hashes}::bytea[])`.execute(db),
    numbers.length > 0 &&
      db
        .insertInto('identity.identifier')
        .values(numbers.map((one) => numberRow(ctx, patientId, one)))
        .onConflict((conflict) => conflict.columns(['hash', 'patient_id']).doUpdateSet({ until: null }))
        .execute(),
    db.deleteFrom('identity.name_key').where('patient_id', '=', patientId).execute(),
    names.length > 0 &&
      db
        .insertInto('identity.name_key')
        .values(names)
        .onConflict((conflict) => conflict.doNothing())
        .execute(),
  ])
  const person = await personNow(ctx, patientId)
  await noteDoubts(
    ctx,
    patientId,
    (await knownBy(ctx, hashes)).filter((one) => one.person !== person),
  )
}

async function personNow({ db }: Context, patientId: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('identity.patient')
    .select('person')
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .executeTakeFirst()
  return row?.person
}

/** The other Patients of the person, as references, where the actor may know of them; the asked one comes first in `reach`. */
export const linkedPatients = ({ keys }: Context, { all, patientIds }: Reach): string[] =>
  all ? patientIds.slice(1).map((patientId) => `Patient/${publicId(keys.id, { patientId, no: 0 })}`) : []
