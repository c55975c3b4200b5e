import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { type Book, type Demographics, mayBeSame, restate } from '../identity/index.ts'
import type { Context, Staff } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { bytesOf, type PatientNow, patientNow, put, read } from '../record/index.ts'

/**
 * The Patient of a book as it is after what the station has put right or written down. The version before stays in the
 * record's history, with its source. In the caller's transaction, the person held.
 */
export async function restatePatientResource(
  ctx: Context,
  { facility }: Staff,
  { patientId, ward }: Book,
  now: Demographics,
  more: Partial<PatientNow> = {},
): Promise<void> {
  const [patient] = (await read(ctx, [patientId], { restricted: true })).filter(({ no }) => no === 0)
  if (!patient) throw new Problem('record.damaged', { at: ['Patient'] })
  const before = parseJson(bytesOf(patient).toString()) as FhirResource
  const resource = patientNow(before, { demographics: now, ward, ...more }, facility)
  await put(ctx, { patientId, source: facility, kind: 'correction', resources: [{ resource, no: 0 }] })
}

/**
 * Puts right what a book says of who its holder is, by a document that somebody looked at. In the caller's transaction,
 * the person held.
 * @throws {Problem} station.other-person: so much differs that it is another person's document
 */
export async function correct(ctx: Context, staff: Staff, book: Book, now: Demographics): Promise<void> {
  if (!mayBeSame(ctx.keys, book.demographics, now)) throw new Problem('station.other-person')
  await restate(ctx, book, now, undefined, 'document')
  await restatePatientResource(ctx, staff, book, now)
}
