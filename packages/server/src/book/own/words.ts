import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { sealText, unsealText } from '../../platform/seal.ts'

/** Somebody's own words about a book, closed under its Patient's key. @param about what opening must name again */
export async function sealWords(
  ctx: Context,
  patientId: number,
  words: string,
  about: string,
): Promise<Buffer | null> {
  const key = (await dataKeysOf(ctx, [patientId])).get(patientId)
  return key ? sealText(key, words, `${about} ${patientId}`) : null
}

/** @returns null where nothing was said, and where the record was erased */
export async function openWords(
  ctx: Context,
  patientId: number,
  sealed: Buffer | null,
  about: string,
): Promise<string | null> {
  const key = sealed && (await dataKeysOf(ctx, [patientId])).get(patientId)
  return sealed && key ? unsealText(key, sealed, `${about} ${patientId}`) : null
}
