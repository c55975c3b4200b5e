import { asciiKey } from '@sokhoe/model/names'
import { sql } from 'kysely'
import { openProxies } from '../../access/index.ts'
import type { Context } from '../../platform/context.ts'
import { blind } from '../../platform/keys.ts'
import { notifyPerson } from '../messages/notices.ts'
import { type Demographics, identifierHash } from '../people/demographics.ts'
import { homesNow } from '../people/kin.ts'

interface Same {
  readonly patient_id: number
  readonly person: number
}

/** Patients other than this one who state one of her numbers. */
const sameNumber = async (ctx: Context, hashes: readonly Buffer[], patientId: number): Promise<Same[]> => {
  if (hashes.length === 0) return []
  const { rows } = await sql<Same>`
    select patient.patient_id, patient.person from identity.identifier identifier
    join identity.patient patient on patient.patient_id = identifier.patient_id
    where identifier.hash = any(${[...hashes]}::bytea[]) and identifier.until is null
      and patient.patient_id <> ${patientId}`.execute(ctx.db)
  return rows
}

/** Patients other than this one of the same whole name, birth date and sex. */
const sameName = async (ctx: Context, hash: Buffer, sex: string, patientId: number): Promise<Same[]> => {
  const { rows } = await sql<Same>`
    select patient.patient_id, patient.person from identity.name_key key
    join identity.patient patient on patient.patient_id = key.patient_id
    where key.hash = ${hash} and patient.sex = ${sex} and patient.patient_id <> ${patientId}`.execute(ctx.db)
  return rows
}

/**
 * Who keeps the book of whoever is stated already as the child just added is told to come with papers; the station is
 * asked as about any two who may be one. The one who typed learns nothing, and gets no access to anything but what she
 * typed.
 */
export async function tellClaims(
  ctx: Context,
  holder: number,
  { patientId, demographics }: { readonly patientId: number; readonly demographics: Demographics },
): Promise<void> {
  const { keys } = ctx
  const { name, birthDate, sex, identifiers } = demographics
  const named = blind(keys, 'name', `${asciiKey(name)}|${birthDate}`)
  const numbers = identifiers.map((one) => identifierHash(keys, one))
  const [byNumber, byName] = await Promise.all([
    sameNumber(ctx, numbers, patientId),
    sameName(ctx, named, sex, patientId),
  ])
  const persons = [...new Set([...byNumber, ...byName].map(({ person }) => person))]
  const holders = (await openProxies(ctx, await homesNow(ctx, persons))).filter(
    ({ basis }) => basis !== 'invitation',
  )
  for (const home of new Set(holders.map((row) => row.holder)))
    if (home !== holder) await notifyPerson(ctx, home, 'child-claimed')
}
