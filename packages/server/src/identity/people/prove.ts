import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { openDemographics } from './demographics.ts'

export interface PeopleProof {
  readonly patients: number
  /** Without a key: erased. */
  readonly unkeyed: number
  /** Who somebody is does not open. */
  readonly broken: number
}

interface Sealed {
  home: number
  patient_id: number
  demographics: Buffer
}

const PAGE = 1000

function opens(dataKey: KeyObject, { patient_id, demographics }: Sealed): boolean {
  try {
    openDemographics(dataKey, patient_id, demographics)
    return true
  } catch {
    return false
  }
}

/** Unseals what every source says of who somebody is. @throws {Problem} record.damaged: prove the keys first */
export async function provePeople(ctx: Context): Promise<PeopleProof> {
  let [patients, unkeyed, broken] = [0, 0, 0]
  for (let [home, patientId] = [-1, -1]; ; ) {
    const { rows } = await sql<Sealed>`
      select home, patient_id, demographics from identity.patient where (home, patient_id) > (${home}, ${patientId})
      order by home, patient_id limit ${PAGE}`.execute(ctx.db)
    const last = rows.at(-1)
    if (!last) return { patients, unkeyed, broken }
    ;({ home, patient_id: patientId } = last)
    const keys = await dataKeysOf(
      ctx,
      rows.map((row) => row.patient_id),
    )
    patients += rows.length
    for (const row of rows) {
      const dataKey = keys.get(row.patient_id)
      if (!dataKey) unkeyed += 1
      else if (!opens(dataKey, row)) broken += 1
    }
  }
}
