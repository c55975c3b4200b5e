import { decide } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { notifyPerson } from '../messages/notices.ts'
import { modelNow } from '../night/model.ts'
import { personOf } from '../people/books.ts'
import { type Candidate, openCandidates } from './candidates.ts'
import { contradicts } from './contradiction.ts'
import { holdPersons, part, patientsOf } from './links.ts'
import { inPairsWith, type NewPair } from './pairs.ts'
import { wardAsked } from './policy.ts'
import { SAID_ANEW } from './tables.ts'

/** @param isSaidAnew whether it is asked since a source said something else of its Patient */
function question(ctx: Context, self: Candidate, other: Candidate, isSaidAnew: boolean): NewPair {
  const decision = decide(self.prepared, other.prepared, modelNow(ctx))
  return {
    patientIds: [self.patientId, other.patientId],
    decision: isSaidAnew ? { ...decision, rule: SAID_ANEW } : decision,
    state: 'open',
    ward: wardAsked(self, other),
  }
}

/** Of whom people have said that she and this Patient are one. */
async function ruledSame({ db }: Context, patientId: number): Promise<number[]> {
  const { rows } = await sql<{ patient_id: number }>`
    select other_patient_id as patient_id from identity.ruling
      where patient_id = ${patientId} and same and ended_at is null
    union select patient_id from identity.ruling
      where other_patient_id = ${patientId} and same and ended_at is null`.execute(db)
  return rows.map((row) => row.patient_id)
}

/** Her book's own word tells who she is; without a book all others together do. */
async function whoSheIs(ctx: Context, self: Candidate): Promise<Candidate[]> {
  const kin = (await patientsOf(ctx, [self.person])).filter((id) => id !== self.patientId)
  const others = await openCandidates(ctx, kin)
  const own = others.filter(({ source }) => source === 'self')
  return own.length > 0 ? own : others
}

/** What people ruled was of what the source said then. */
const endRulings = ({ db, now }: Context, patientId: number, others: readonly number[]) =>
  sql`update identity.ruling set ended_at = ${now()} where same and ended_at is null
    and (patient_id = ${patientId} and other_patient_id = any(${[...others]}::bigint[])
      or other_patient_id = ${patientId} and patient_id = any(${[...others]}::bigint[]))`.execute(db)

/**
 * A source says anew who its Patient is. Is that plainly somebody else than the person to whom it belongs, it leaves her
 * at once, whoever had joined it: nothing of somebody else is ever read in a book while a station has still to answer.
 * In the caller's transaction, after the statement was written.
 * @param was the Patient as its source stated it before
 * @returns what the station is asked then; undefined where nothing contradicts
 */
export async function leaveIfOther(
  ctx: Context,
  was: Candidate,
  now: Candidate,
): Promise<NewPair[] | undefined> {
  if (now.source === 'self') return undefined
  const others = await whoSheIs(ctx, now)
  const model = modelNow(ctx)
  const isOther = others.every((other) => {
    const [before, after] = [was, now].map((one) => decide(one.prepared, other.prepared, model))
    return before && after && contradicts({ was, now, other, before, after })
  })
  if (others.length === 0 || !isOther) return undefined
  await holdPersons(ctx, [now.person])
  if ((await personOf(ctx, now.patientId)) !== now.person) return undefined
  const kin = await patientsOf(ctx, [now.person])
  await part(ctx, [now.patientId], {
    who: now.source,
    why: 'said to be somebody else',
    action: 'patient.unlinked',
  })
  await endRulings(ctx, now.patientId, kin)
  await notifyPerson(ctx, now.person, 'patient-unlinked')
  return others.slice(0, 1).map((other) => question(ctx, now, other, true))
}

/**
 * An old link, of the comparison or of people, that the comparison would not make any more is asked about; nobody is
 * parted by it.
 */
export async function doubtsOf(ctx: Context, self: Candidate, isSaidAnew: boolean): Promise<NewPair[]> {
  const linked = await inPairsWith(ctx, self.patientId, 'linked')
  const ruled = isSaidAnew ? await ruledSame(ctx, self.patientId) : []
  const partners = await openCandidates(ctx, [...new Set([...linked, ...ruled])])
  return partners
    .filter(({ person }) => person === self.person)
    .map((other) => question(ctx, self, other, isSaidAnew))
    .filter(({ decision }) => decision.verdict !== 'same')
}

/** Questions that were answered once and are asked again, since what was answered was of other words. */
export async function openAgain({ db }: Context, pairs: readonly NewPair[]): Promise<void> {
  const [first, second] = [Math.min, Math.max].map((of) => pairs.map(({ patientIds }) => of(...patientIds)))
  await sql`update identity.pair set state = 'gone' from unnest(${first}::bigint[], ${second}::bigint[]) again (one, two)
    where pair.patient_id = again.one and pair.other_patient_id = again.two
      and pair.state in ('settled', 'sample')`.execute(db)
}
