import type { KeyObject } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { keepDataKey, makeDataKey } from '../../platform/datakeys.ts'
import type { Book } from './books.ts'
import { facilityPatientRow } from './rows.ts'

export interface SourcePatient {
  readonly patientId: number
  /** Only where this source states something of her for the first time: its arrival holds a Patient resource as 0. */
  readonly newDataKey?: KeyObject
}

/**
 * What one source calls this person: its Patient, made where it has none yet, in her own home. In the caller's
 * transaction; two who come at once take turns.
 * @param source 'TYT-26911', a facility's code, …; 'self' is the book's own Patient
 */
export async function sourcePatient(ctx: Context, book: Book, source: string): Promise<SourcePatient> {
  const { db } = ctx
  const { home, ward, demographics } = book
  await db.selectFrom('identity.person').select('home').where('home', '=', home).forUpdate().execute()
  const rows = await db
    .selectFrom('identity.patient')
    .select(['patient_id', 'source', 'person'])
    .where('home', '=', home)
    .orderBy('patient_id')
    .execute()
  const known = rows.find((row) => row.source === source && row.person === home)
  if (known) return { patientId: known.patient_id }
  const patientId = Math.max(...rows.map((row) => row.patient_id)) + 1
  const { dataKey, row } = makeDataKey(ctx.keys, patientId)
  const at = ctx.now()
  const of = { home, patientId, source, ward, demographics, dataKey, at }
  const { patient, link, linkKeys } = facilityPatientRow(ctx.keys, of)
  await Promise.all([
    keepDataKey(ctx, row),
    db
      .insertInto('identity.patient')
      .values({ ...patient, synthetic: false })
      .execute(),
    db
      .insertInto('identity.link')
      .values({ ...link, why: 'stated in her presence' })
      .execute(),
    linkKeys.length > 0 && db.insertInto('identity.link_key').values(linkKeys).execute(),
  ])
  return { patientId, newDataKey: dataKey }
}
