import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf, publicId } from '../../platform/ids.ts'
import { lookAgain } from '../linking/around.ts'
import { type StatedPatient, withTelephones } from '../linking/arriving.ts'
import { openCandidates } from '../linking/candidates.ts'
import { sealDemographics } from './demographics.ts'
import { holdNumbers, numbersOf } from './numbers.ts'
import type { Reach } from './reach.ts'
import { nameRows } from './rows.ts'
import { numberRow } from './statedrows.ts'

export interface RestatedPatient extends StatedPatient {
  readonly patientId: number
}

/**
 * A source says anew who its Patient is: numbers and keys are replaced, and it is compared anew. To whom the Patient
 * belongs stays as it is; where it may be somebody else now, the station is asked, and where it plainly is, it leaves
 * her at once. In the caller's transaction.
 */
export async function restatePatient(ctx: Context, said: RestatedPatient): Promise<void> {
  const { patientId, source, ownNumbers = [], ward } = said
  const demographics = withTelephones(ctx.keys, said)
  const [keys, [was]] = await Promise.all([dataKeysOf(ctx, [patientId]), openCandidates(ctx, [patientId])])
  const key = keys.get(patientId)
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
  await lookAgain(ctx, patientId, demographics, was)
}

/** The other Patients of the person, as references, where the actor may know of them; the asked one comes first in `reach`. */
export const linkedPatients = ({ keys }: Context, { all, patientIds }: Reach): string[] =>
  all ? patientIds.slice(1).map((patientId) => `Patient/${publicId(keys.id, { patientId, no: 0 })}`) : []
