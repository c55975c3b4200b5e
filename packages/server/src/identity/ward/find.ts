import { asciiKey } from '@sokhoe/model/names'
import { readPhone } from '@sokhoe/model/phone'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { blind } from '../../platform/keys.ts'
import { phoneHashOf } from '../codes/phones.ts'
import { identifierHash } from '../people/demographics.ts'

const SYSTEMS = ['cccd', 'cmnd', 'passport', 'bhxh', 'bhyt'] as const

/** Nobody looks through a longer list: the birth date and one more part of the name shorten it. */
const MOST_FOUND = 20

/** The persons to whom Patients belong, whatever the ward, or in one ward only. */
async function personsOf(ctx: Context, patientIds: readonly number[], ward?: string): Promise<number[]> {
  if (patientIds.length === 0) return []
  const asked = ctx.db
    .selectFrom('identity.patient')
    .select('person')
    .distinct()
    .where('home', '=', sql<number>`any(${[...new Set(patientIds.map(homeOf))]}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${[...patientIds]}::bigint[])`)
    .limit(MOST_FOUND)
  const rows = await (ward === undefined ? asked : asked.where('ward', '=', ward)).execute()
  return rows.map(({ person }) => person)
}

/** Who states one of these numbers, of whatever kind; each compared as a blind index. @returns homes */
export async function homesByNumber(ctx: Context, numbers: readonly string[]): Promise<number[]> {
  const hashes = numbers.flatMap((value) =>
    SYSTEMS.map((system) => identifierHash(ctx.keys, { system, value })),
  )
  if (hashes.length === 0) return []
  const rows = await ctx.db
    .selectFrom('identity.identifier')
    .select('patient_id')
    .distinct()
    .where('hash', '=', sql<Buffer>`any(${hashes}::bytea[])`)
    .where('until', 'is', null)
    .limit(MOST_FOUND)
    .execute()
  return await personsOf(
    ctx,
    rows.map((row) => row.patient_id),
  )
}

/** Whose books a telephone keeps, its owner's first. @returns homes; none for what is no telephone */
export async function homesByTelephone(ctx: Context, typed: string): Promise<number[]> {
  const reading = readPhone(typed, { synthetic: true })
  if (!reading.ok) return []
  const rows = await ctx.db
    .selectFrom('identity.keeper')
    .select(['relation', sql<number>`coalesce(person, home)`.as('home')])
    .where('phone_hash', '=', phoneHashOf(ctx.keys, reading.e164))
    .where('until', 'is', null)
    .orderBy(sql`relation <> 'self'`)
    .orderBy('since')
    .limit(MOST_FOUND)
    .execute()
  return [...new Set(rows.map(({ home }) => home))]
}

/** A book may know less of a birth date than whoever searches: 1948 is found by 02/09/1948. */
const asBooksKnow = (birthDate: string): string[] =>
  [4, 7, 10].filter((length) => length <= birthDate.length).map((length) => birthDate.slice(0, length))

/**
 * Persons of a ward by whole parts of their name, without marks, together with the birth date. @returns homes
 * @param birthDate YYYY, YYYY-MM or YYYY-MM-DD
 */
export async function homesByName(
  ctx: Context,
  { name, birthDate, ward }: { name: string; birthDate: string; ward: string },
): Promise<number[]> {
  const words = [...new Set(asciiKey(name).split(' '))].filter((word) => word !== '')
  if (words.length === 0) return []
  const asked = asBooksKnow(birthDate).map((date) => {
    const hashes = words.map((word) => blind(ctx.keys, 'name', `${word}|${date}`))
    return sql<{ patient_id: number }>`
      select patient_id from identity.name_key where hash = any(${hashes}::bytea[])
      group by patient_id having count(*) = ${hashes.length}`.execute(ctx.db)
  })
  const found = await Promise.all(asked)
  return await personsOf(
    ctx,
    found.flatMap(({ rows }) => rows.map((row) => row.patient_id)),
    ward,
  )
}
