import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { openDemographics } from './demographics.ts'
import { firstPatientOf } from './rows.ts'

interface Row {
  readonly home: number
  readonly patient_id: number
  readonly demographics: Buffer
}

/** Birth dates of these persons by home, as they themselves or their representatives state them. */
export async function birthsOf(ctx: Context, homes: readonly number[]): Promise<Map<number, string | null>> {
  if (homes.length === 0) return new Map()
  const patientIds = homes.map(firstPatientOf)
  const [{ rows }, keys] = await Promise.all([
    sql<Row>`select home, patient_id, demographics from identity.patient
      where home = any(${[...homes]}::bigint[]) and patient_id = any(${patientIds}::bigint[])`.execute(
      ctx.db,
    ),
    dataKeysOf(ctx, patientIds),
  ])
  return new Map(
    rows.flatMap(({ home, patient_id, demographics }) => {
      const key = keys.get(patient_id)
      return key ? [[home, openDemographics(key, patient_id, demographics).birthDate] as const] : []
    }),
  )
}
