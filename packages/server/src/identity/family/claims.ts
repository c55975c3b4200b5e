import { asciiKey } from '@sokhoe/model/names'
import { sql } from 'kysely'
import { openProxies } from '../../access/index.ts'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { blind } from '../../platform/keys.ts'
import { notifyPerson } from '../messages/notices.ts'
import { type Demographics, identifierHash } from '../people/demographics.ts'

interface Same {
  readonly patient_id: number
  readonly person: number
}

const wardOf = (patientId: number) =>
  sql<string | null>`(select ward from identity.patient
    where home = ${homeOf(patientId)} and patient_id = ${patientId})`

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
 * Whoever is stated already as the child just added is noted beside it, for the station alone; who keeps that other book
 * is told to come with papers. The one who typed learns nothing, and gets no access to anything but what she typed.
 */
export async function noteClaims(
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
  if (byName.length > 0)
    await ctx.db
      .insertInto('identity.possible_same')
      .values(
        byName.map(({ patient_id }) => ({
          hash: named,
          patient_id: patientId,
          other_patient_id: patient_id,
          reason: 'same name, birth date and sex',
          at: ctx.now(),
          settled_at: null,
          // the station of the ward in which the child just added lives is asked
          ward: wardOf(patientId),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  const persons = [...new Set([...byNumber, ...byName].map(({ person }) => person))]
  const holders = (await openProxies(ctx, persons)).filter(({ basis }) => basis !== 'invitation')
  for (const home of new Set(holders.map((row) => row.holder)))
    if (home !== holder) await notifyPerson(ctx, home, 'child-claimed')
}
