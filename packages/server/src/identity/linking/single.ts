import { isConfirmed } from '@sokhoe/model/levels'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { notifyPerson } from '../messages/notices.ts'
import { personOf } from '../people/books.ts'
import { firstPatientOf } from '../people/rows.ts'
import { hasBook, holdPersons, part, patientsOf, relink, setStatus } from './links.ts'
import type { Decider } from './merging.ts'
import { endDifferent, rule, settlePairs } from './rulings.ts'
import type { Evidence, UndoReason } from './tables.ts'

export interface OnePatient {
  readonly patientId: number
  readonly staff: Decider
}

/** A book's own Patient is the book: it is merged and parted with it, never by itself. */
export async function isOfBook({ db }: Context, patientId: number): Promise<boolean> {
  const home = homeOf(patientId)
  if (patientId !== firstPatientOf(home)) return false
  const rows = await db
    .selectFrom('identity.enrolment')
    .select('home')
    .where('home', '=', home)
    .limit(1)
    .execute()
  return rows.length > 0
}

/**
 * A facility's Patient belongs to this person: somebody has looked at a document that says so. With it comes whoever was
 * one with it. Only to a confirmed book, since a book that is a mere claim shows nothing of what facilities have sent.
 * In the caller's transaction.
 * @throws {Problem} station.cannot-join
 */
export async function linkPatient(
  ctx: Context,
  {
    patientId,
    staff,
    person,
    evidence,
  }: OnePatient & { readonly person: number; readonly evidence: Evidence },
): Promise<void> {
  const now = await personOf(ctx, patientId)
  if (now === undefined || now === person) throw new Problem('station.cannot-join')
  const held = await holdPersons(ctx, [person, now])
  const [hers, theirs] = [held.find(({ home }) => home === person), held.find(({ home }) => home === now)]
  const isSure = hers?.status === 'active' && isConfirmed(hers.level)
  if (!isSure || !theirs || hasBook(theirs) || (await personOf(ctx, patientId)) !== now)
    throw new Problem('station.cannot-join')
  const [own, patients] = [await patientsOf(ctx, [person]), await patientsOf(ctx, [now])]
  await relink(ctx, patients, { person, who: staff.facility, why: 'linked by hand' })
  await setStatus(ctx, [now], 'joined')
  await endDifferent(ctx, [own, patients], staff)
  await rule(ctx, [firstPatientOf(person), patientId], { same: true, staff, evidence })
  await settlePairs(ctx, [own, patients])
  await notifyPerson(ctx, person, 'patient-linked')
}

/**
 * A facility's Patient was linked to the wrong person: it is somebody known through facilities alone from now on. In
 * the caller's transaction.
 * @returns the home of the person to whom it belongs now
 * @throws {Problem} station.not-joined: it is a book's own Patient, or stands alone already
 */
export async function unlinkPatient(
  ctx: Context,
  { patientId, staff, reason }: OnePatient & { readonly reason: UndoReason },
): Promise<number> {
  const person = await personOf(ctx, patientId)
  if (person === undefined || (await isOfBook(ctx, patientId))) throw new Problem('station.not-joined')
  await holdPersons(ctx, [person])
  const patients = await patientsOf(ctx, [person])
  const others = patients.filter((one) => one !== patientId)
  if (others.length === 0 || !patients.includes(patientId)) throw new Problem('station.not-joined')
  const action = 'patient.unlinked'
  const apart = await part(ctx, [patientId], { who: staff.facility, why: 'unlinked by hand', action })
  for (const other of others) await rule(ctx, [other, patientId], { same: false, staff, evidence: reason })
  await settlePairs(ctx, [others, [patientId]])
  await notifyPerson(ctx, person, 'patient-unlinked')
  return apart
}
