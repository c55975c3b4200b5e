import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf, PATIENTS_A_HOME } from '../../platform/ids.ts'
import { firstPatientOf } from './rows.ts'

/** A person as far as her homes can be told from her. */
interface OfHomes {
  readonly home: number
  readonly patientIds: readonly number[]
}

/**
 * Every home of a person: her own, and those of the persons who joined her. A home goes with the first of its Patients,
 * so that whoever has a person's Patients knows her homes without asking.
 */
export const homesOf = ({ home, patientIds }: OfHomes): number[] => [
  ...new Set([home, ...patientIds.filter((id) => id % PATIENTS_A_HOME === 0).map(homeOf)]),
]

/** Homes in which a book's own word lies, of the Patients of one or more persons. */
export const homesWithBook = (
  patients: readonly { readonly patient_id: number; readonly source: string }[],
): ReadonlySet<number> =>
  new Set(patients.filter(({ source }) => source === 'self').map(({ patient_id }) => homeOf(patient_id)))

/** What a person claims by her book: its level; 'named' where she has none, and only her own token speaks for her. */
export const claimOf = (status: string, level: string): string => (status === 'stated' ? 'named' : level)

/** The same as {@link homesOf} for whoever has only the persons' own homes. */
export async function homesNow({ db }: Context, persons: readonly number[]): Promise<number[]> {
  if (persons.length === 0) return []
  const { rows } = await sql<{ home: number }>`select home from identity.patient
    where person = any(${[...persons]}::bigint[]) and patient_id = home * ${PATIENTS_A_HOME}::bigint
    order by home`.execute(db)
  return [...new Set([...persons, ...rows.map(({ home }) => home)])]
}

/** To whom homes belong now; a home of whom nothing is known any more is its own. */
export async function personsNow(
  { db }: Context,
  homes: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (homes.length === 0) return new Map()
  const { rows } = await sql<{ home: number; person: number }>`select home, person from identity.patient
    where home = any(${[...homes]}::bigint[]) and patient_id = any(${homes.map(firstPatientOf)}::bigint[])`.execute(
    db,
  )
  return new Map([
    ...homes.map((home) => [home, home] as const),
    ...rows.map((row) => [row.home, row.person] as const),
  ])
}

/** To whom a home belongs now. */
export const personAt = async (ctx: Context, home: number): Promise<number> =>
  (await personsNow(ctx, [home])).get(home) ?? home
