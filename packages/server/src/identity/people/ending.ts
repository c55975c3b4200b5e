import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Book } from './books.ts'
import { recount } from './enrolment.ts'
import { homesOf } from './kin.ts'

/** Closes a book: nobody writes in it and it is not counted any more. In the caller's transaction. */
export async function closePerson(ctx: Context, home: number): Promise<void> {
  await recount(ctx, home, () =>
    ctx.db.updateTable('identity.person').set({ status: 'closed' }).where('home', '=', home).execute(),
  )
}

/**
 * Deletes what finds a person: numbers, names, telephones, cards, household. In the transaction that erases her record:
 * what she stated of herself is closed with her key. Her place stays empty, so that no number is given twice.
 */
export async function forgetPerson(ctx: Context, book: Book): Promise<void> {
  const { home, patientIds } = book
  const homes = homesOf(book)
  const hers = sql<number>`any(${[...patientIds]}::bigint[])`
  const { db } = ctx
  await closePerson(ctx, home)
  await Promise.all([
    db.deleteFrom('identity.identifier').where('patient_id', '=', hers).execute(),
    db.deleteFrom('identity.name_key').where('patient_id', '=', hers).execute(),
    db.deleteFrom('identity.link_key').where('patient_id', '=', hers).execute(),
    ...(['identity.pair', 'identity.ruling'] as const).flatMap((table) => [
      db.deleteFrom(table).where('patient_id', '=', hers).execute(),
      db.deleteFrom(table).where('other_patient_id', '=', hers).execute(),
    ]),
    db.deleteFrom('identity.keeper').where('home', 'in', homes).execute(),
    db.deleteFrom('identity.card').where('home', 'in', homes).execute(),
    db.deleteFrom('identity.household').where('home', 'in', homes).execute(),
    db.deleteFrom('identity.life').where('home', 'in', homes).execute(),
  ])
}
