import { readPhone } from '@sokhoe/model/phone'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { phoneHashOf } from '../codes/phones.ts'
import { homesNow } from '../people/kin.ts'

/**
 * Telephones, as typed, whose owner stands before the worker; each keeps one of these persons' books.
 * @returns their blind indexes
 * @throws {Problem} request.invalid for one that is no number, or keeps neither book
 */
export async function telephonesShown(
  ctx: Context,
  people: readonly number[],
  typed: readonly string[],
): Promise<Buffer[]> {
  if (typed.length === 0) return []
  const hashes = typed.map((one, i) => {
    const reading = readPhone(one, { synthetic: true })
    if (!reading.ok) throw new Problem('request.invalid', { at: [`/telephones/${i}`] })
    return phoneHashOf(ctx.keys, reading.e164)
  })
  const { rows } = await sql<{ phone_hash: Buffer }>`select distinct phone_hash from identity.keeper
    where home = any(${await homesNow(ctx, people)}::bigint[]) and phone_hash = any(${hashes}::bytea[])
      and (until is null or until > ${ctx.now()})`.execute(ctx.db)
  const kept = new Set(rows.map(({ phone_hash }) => phone_hash.toString('hex')))
  const stranger = hashes.findIndex((hash) => !kept.has(hash.toString('hex')))
  if (stranger >= 0) throw new Problem('request.invalid', { at: [`/telephones/${stranger}`] })
  return hashes
}
