import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { type Book, type Demographics, mayBeSame, restate } from '../identity/index.ts'
import type { Context, Staff } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { bytesOf, put, read } from '../record/index.ts'
import type { Field } from './compare.ts'

const ID_SYSTEM = { cccd: 'cccd', cmnd: 'cmnd', passport: 'passport', bhxh: 'insurance', bhyt: 'insurance' }

const systemOf = (system: keyof typeof ID_SYSTEM): string => `urn:sokhoe:id:${ID_SYSTEM[system]}`

/** The Patient as it is after the correction: what the document did not speak of stays as it was told. */
function nextPatient(
  before: FhirResource,
  now: Demographics,
  fields: readonly Field[],
  source: string,
): FhirResource {
  const { identifier } = before
  const [number] = now.identifiers
  const others = (Array.isArray(identifier) ? identifier : []).filter(
    ({ system }) => number === undefined || system !== systemOf(number.system),
  )
  return {
    ...before,
    meta: { source: `urn:sokhoe:source:${source}` },
    ...(fields.includes('name') && { name: [{ use: 'official', text: now.name }] }),
    ...(fields.includes('birthDate') && { birthDate: now.birthDate }),
    ...(fields.includes('sex') && { gender: now.sex }),
    ...(fields.includes('number') &&
      number && { identifier: [{ system: systemOf(number.system), value: number.value }, ...others] }),
  }
}

/**
 * Puts right what a book says of who its holder is, by a document that somebody looked at. The statement before stays
 * in the record's history, with its source. In the caller's transaction, the person held.
 * @throws {Problem} station.other-person: so much differs that it is another person's document
 */
export async function correct(
  ctx: Context,
  staff: Staff,
  book: Book,
  now: Demographics,
  fields: readonly Field[],
): Promise<void> {
  if (!mayBeSame(ctx.keys, book.demographics, now)) throw new Problem('station.other-person')
  await restate(ctx, book, now, undefined)
  const [patient] = (await read(ctx, [book.patientId], { restricted: true })).filter(({ no }) => no === 0)
  if (!patient) throw new Problem('record.damaged', { at: ['Patient'] })
  const before = parseJson(bytesOf(patient).toString()) as FhirResource
  const resource = nextPatient(before, now, fields, staff.facility)
  await put(ctx, {
    patientId: book.patientId,
    source: staff.facility,
    kind: 'correction',
    resources: [{ resource, no: 0 }],
  })
}
