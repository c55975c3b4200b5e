import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { patientsOf } from './links.ts'
import { MERGED, type MergeRow } from './tables.ts'

/** Patients that came with the one who joined. */
export async function cameWith(ctx: Context, row: MergeRow, person: number): Promise<number[]> {
  const { rows } = await sql<{ patient_id: number }>`select patient.patient_id from identity.patient patient
    where patient.person = ${person} and exists (select from identity.link link
      join lateral (select person from identity.link earlier where earlier.home = link.home
        and earlier.patient_id = link.patient_id and earlier.at < link.at order by earlier.at desc limit 1) before on true
      where link.home = patient.home and link.patient_id = patient.patient_id and link.at >= ${row.merged_at}
        and link.person = ${row.into_home} and link.why = ${MERGED} and before.person = ${row.home})
    order by 1`.execute(ctx.db)
  return rows.map(({ patient_id }) => patient_id)
}

/** Whoever was stated or linked by somebody who had her before her eyes stays with the person who stays. */
const SEEN = ['stated in her presence', 'linked by hand', MERGED]

/** Facilities' Patients that came to the one person since two were made one, by the word of machines alone. */
async function lateOnes(
  { db }: Context,
  { merged_at }: MergeRow,
  person: number,
  came: readonly number[],
): Promise<number[]> {
  const { rows } = await sql<{ patient_id: number }>`select patient.patient_id from identity.patient patient
    join lateral (select at, why from identity.link where link.home = patient.home
      and link.patient_id = patient.patient_id order by at desc limit 1) last on true
    where patient.person = ${person} and patient.source <> 'self' and last.at > ${merged_at}
      and last.why <> all(${SEEN}::text[]) and not patient.patient_id = any(${[...came]}::bigint[])
    order by 1`.execute(db)
  return rows.map(({ patient_id }) => patient_id)
}

async function numbersOf({ db }: Context, patientIds: readonly number[]): Promise<Map<number, Set<string>>> {
  const { rows } = await sql<{
    patient_id: number
    hash: Buffer
  }>`select patient_id, hash from identity.identifier
    where patient_id = any(${[...patientIds]}::bigint[]) and until is null`.execute(db)
  const numbers = new Map<number, Set<string>>()
  for (const { patient_id, hash } of rows)
    numbers.set(patient_id, (numbers.get(patient_id) ?? new Set()).add(hash.toString('hex')))
  return numbers
}

export interface Late {
  /** By a number that the one alone bears who parts. */
  readonly hers: readonly number[]
  /** Nothing says of which of the two they are: they stand by themselves until somebody or the comparison says so. */
  readonly nobodys: readonly number[]
}

/**
 * What came to one person who is two: above all nothing stays with the wrong one.
 * @param isSure whether the book that parts was confirmed: a mere claim shows nothing of what facilities have sent
 */
export async function cameSince(
  ctx: Context,
  { row, person, came, isSure }: { row: MergeRow; person: number; came: readonly number[]; isSure: boolean },
): Promise<Late> {
  const late = await lateOnes(ctx, row, person, came)
  if (late.length === 0) return { hers: [], nobodys: [] }
  const all = await patientsOf(ctx, [person])
  const numbers = await numbersOf(ctx, all)
  const bornBy = (patients: readonly number[]) =>
    new Set(patients.flatMap((patientId) => [...(numbers.get(patientId) ?? [])]))
  const parts = bornBy(came)
  const stays = bornBy(all.filter((patientId) => !came.includes(patientId) && !late.includes(patientId)))
  const placed = Map.groupBy(late, (patientId) => {
    const own = [...(numbers.get(patientId) ?? [])]
    const [isTheirs, isHers] = [own.some((hash) => stays.has(hash)), own.some((hash) => parts.has(hash))]
    if (isTheirs && !isHers) return 'stays'
    return isHers && !isTheirs && isSure ? 'hers' : 'nobodys'
  })
  return { hers: placed.get('hers') ?? [], nobodys: placed.get('nobodys') ?? [] }
}
