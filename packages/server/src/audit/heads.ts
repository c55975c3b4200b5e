import { sql } from 'kysely'
import type { Db } from '../platform/database.ts'
import { merkleRoot } from './chain.ts'

const PAGE = 10_000

/** The root of all heads as they stand, without keeping it. Ask inside one snapshot: the heads are read in pages. */
export async function rootOfHeads(db: Db): Promise<{ root: Buffer; heads: number }> {
  const heads: Buffer[] = []
  for (let [home, patientId] = [-1, -1]; ; ) {
    const { rows } = await sql<{ home: number; patient_id: number; hash: Buffer }>`
      select home, patient_id, hash from audit.head where (home, patient_id) > (${home}, ${patientId})
      order by home, patient_id limit ${PAGE}`.execute(db)
    for (const row of rows) heads.push(row.hash)
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return { root: merkleRoot(heads), heads: heads.length }
    ;({ home, patient_id: patientId } = last)
  }
}

/** The roots that were made day by day, oldest first. */
export const rootsOfDays = (db: Db): Promise<{ day: string; root: Buffer; heads: number }[]> =>
  db.selectFrom('audit.root').select(['day', 'root', 'heads']).orderBy('day').execute()
