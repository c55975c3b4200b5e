import { writeJson } from '@sokhoe/fhir'
import { homesOf } from '../../identity/index.ts'
import { fingerprint } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import type { Writing } from './write.ts'

declare module '../../platform/database.ts' {
  interface Tables {
    'book.sent': { home: number; uuid: string; digest: Buffer; patient_id: number; no: number; at: Date }
  }
}

export interface Sent {
  /** Chosen by the telephone, so that sending again what may have arrived is harmless. */
  readonly uuid: string
  readonly content: unknown
}

/**
 * Does once what a telephone may send several times. Writers of one book take turns, so that the second finds what the
 * first left.
 *
 * @param work what is sent for the first time; gives the number of the resource that it made or changed
 * @returns that number, then or now
 * @throws {Problem} book.sent-changed: other content under the same uuid
 */
export async function once(
  { ctx, book, home, patientId }: Writing,
  { uuid, content }: Sent,
  work: () => Promise<number>,
): Promise<{ readonly outcome: 'kept' | 'known'; readonly no: number }> {
  const digest = fingerprint(ctx.keys, 'sent', writeJson(content))
  const known = await ctx.db
    .selectFrom('book.sent')
    .select(['digest', 'no', 'patient_id'])
    .where('home', 'in', homesOf(book))
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (known && !known.digest.equals(digest)) throw new Problem('book.sent-changed')
  if (known) return { outcome: 'known', no: known.no }
  const no = await work()
  const row = { home, uuid, digest, patient_id: patientId, no, at: ctx.now() }
  await ctx.db.insertInto('book.sent').values(row).execute()
  return { outcome: 'kept', no }
}
