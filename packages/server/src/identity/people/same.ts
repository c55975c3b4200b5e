import { asciiKey } from '@sokhoe/model/names'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { blind } from '../../platform/keys.ts'
import type { Demographics } from './demographics.ts'

const FULL_DATE = 'YYYY-MM-DD'.length

/**
 * Notes whoever of the same ward has the same whole name, without marks, and the same full birth date, for the station;
 * whoever declares learns nothing. In the caller's transaction.
 */
export async function noteSameName(
  ctx: Context,
  patient_id: number,
  ward: string | null,
  { name, birthDate }: Demographics,
): Promise<void> {
  if (ward === null || birthDate.length < FULL_DATE) return
  const hash = blind(ctx.keys, 'name', `${asciiKey(name)}|${birthDate}`)
  const named = await ctx.db
    .selectFrom('identity.name_key')
    .select('patient_id')
    .where('hash', '=', hash)
    .where('patient_id', '<>', patient_id)
    .limit(50)
    .execute()
  if (named.length === 0) return
  const others = named.map((row) => row.patient_id)
  const neighbours = await ctx.db
    .selectFrom('identity.patient')
    .select('patient_id')
    .where('home', '=', sql<number>`any(${others.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${others}::bigint[])`)
    .where('ward', '=', ward)
    .where('source', '=', 'self')
    .where('home', '<>', homeOf(patient_id))
    .execute()
  if (neighbours.length === 0) return
  const of = { hash, patient_id, reason: 'same name, birth date', at: ctx.now(), ward, settled_at: null }
  await ctx.db
    .insertInto('identity.possible_same')
    .values(neighbours.map((row) => ({ ...of, other_patient_id: row.patient_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
