import { dayInVietnam } from '@sokhoe/model'
import { sql } from 'kysely'
import { note, noteRefusal } from '../audit/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { destroyDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { type ErasureDecision, isRetained } from './retention.ts'

export { type ErasureDecision, RETENTION, type RetentionClass, retainUntil } from './retention.ts'

async function refuse(ctx: Context, patientId: number, problem: Problem): Promise<never> {
  await noteRefusal(ctx, { action: 'record.erase', patientId })
  throw problem
}

const isWhole = ({ id, approvedBy }: ErasureDecision): boolean => id.trim() !== '' && approvedBy > 0

/**
 * Erases one Patient's record by destroying its key, here and in every backup of the record; what is counted across
 * persons goes with it. The shelf stays as an empty place, so that no number is ever given twice, and the audit chain
 * stays. Identity's rows are deleted by identity in the same transaction.
 *
 * @param decision undefined where nobody decided
 * @throws {Problem} record.undecided; record.retained, naming the retention class; record.unknown-patient
 */
export async function erase(
  ctx: Context,
  patientId: number,
  decision: ErasureDecision | undefined,
): Promise<void> {
  if (!decision || !isWhole(decision)) return await refuse(ctx, patientId, new Problem('record.undecided'))
  if (isRetained(decision, dayInVietnam(ctx.now()))) {
    const { retentionClass, retainUntil } = decision
    const more = { retentionClass, ...(retainUntil !== null && { retainUntil }) }
    return await refuse(ctx, patientId, new Problem('record.retained', { more }))
  }
  await inTransaction(ctx, (inner) => destroy(inner, patientId, decision))
}

type OfPatient = 'record.pack' | 'record.amend' | 'record.cohort' | 'record.document' | 'record.also'

async function destroy(ctx: Context, patientId: number, decision: ErasureDecision): Promise<void> {
  const home = homeOf(patientId)
  const { rows } = await sql<{ next_no: number }>`
    update record.shelf set erased_at = ${ctx.now()}, version = version + 1
    where home = ${home} and patient_id = ${patientId} and erased_at is null returning next_no`.execute(
    ctx.db,
  )
  const [shelf] = rows
  if (!shelf) throw new Problem('record.unknown-patient')
  const deleteFrom = (table: OfPatient) =>
    ctx.db.deleteFrom(table).where('home', '=', home).where('patient_id', '=', patientId).execute()
  await Promise.all([
    note(ctx, { action: 'record.erase', patientId, purpose: decision.ground, what: decision.id }),
    destroyDataKey(ctx, patientId),
    deleteFrom('record.pack'),
    deleteFrom('record.amend'),
    deleteFrom('record.cohort'),
    deleteFrom('record.document'),
    deleteFrom('record.also'),
    ctx.db.deleteFrom('record.also').where('stands_with', '=', patientId).execute(),
    ctx.db.deleteFrom('record.key').where('patient_id', '=', patientId).execute(),
    ctx.db
      .insertInto('record.outbox')
      .values({ home, patient_id: patientId, at: ctx.now(), first_no: shelf.next_no, n: 0, source: null })
      .execute(),
  ])
}
