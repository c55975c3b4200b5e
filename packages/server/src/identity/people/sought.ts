import { asciiKey } from '@sokhoe/model/names'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { blind } from '../../platform/keys.ts'
import { identifierHash, NUMBER_SYSTEMS } from './demographics.ts'

const BY_NUMBER = `select distinct patient_id from identity.identifier
  where hash = any($1::bytea[]) and until is null order by patient_id`

/**
 * Patients who bear one of these numbers, whoever stated it. It decides nothing: whoever asks leaves out whom the actor
 * may not see, before anything is counted.
 */
export async function patientsByNumber({ db, keys }: Context, values: readonly string[]): Promise<number[]> {
  const hashes = values.flatMap((value) =>
    NUMBER_SYSTEMS.map((system) => identifierHash(keys, { system, value })),
  )
  const rows = await ask<{ patient_id: number }>(db, BY_NUMBER, hashes)
  return rows.map((row) => row.patient_id)
}

export interface NamePart {
  /** One or several whole parts of a name, in any spelling. */
  readonly part: string
  /** YYYY-MM-DD. */
  readonly birthDate: string
}

const BY_NAME = `select patient_id from identity.name_key where hash = any($1::bytea[])
  group by patient_id having count(*) = $2 order by patient_id`

async function patientsNamed({ db, keys }: Context, { part, birthDate }: NamePart): Promise<number[]> {
  const words = [...new Set(asciiKey(part).split(' '))].filter((word) => word !== '')
  if (words.length === 0) return []
  const hashes = words.map((word) => blind(keys, 'name', `${word}|${birthDate}`))
  const rows = await ask<{ patient_id: number }>(db, BY_NAME, hashes, hashes.length)
  return rows.map((row) => row.patient_id)
}

/** Patients whose name has all parts of one of these, born on its day; the same promise as {@link patientsByNumber}. */
export async function patientsByName(ctx: Context, parts: readonly NamePart[]): Promise<number[]> {
  const found = await Promise.all(parts.map((part) => patientsNamed(ctx, part)))
  return [...new Set(found.flat())]
}
