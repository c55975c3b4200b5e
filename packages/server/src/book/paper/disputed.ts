import { homesOf } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { DisputeRow } from '../disputes/tables.ts'

const nameOf = ({ patient_id, no }: Pick<DisputeRow, 'patient_id' | 'no'>): string => `${patient_id} ${no}`

/** Tells of a line whether its person has disputed it and waits for an answer: paper says so too. */
export async function disputedIn(
  { db }: Context,
  book: Parameters<typeof homesOf>[0],
): Promise<(line: { readonly patientId: number; readonly no: number }) => boolean> {
  const rows = await db
    .selectFrom('book.dispute')
    .select(['patient_id', 'no'])
    .where('home', 'in', homesOf(book))
    .where('state', '<>', 'answered')
    .execute()
  const names = new Set(rows.map(nameOf))
  return ({ patientId, no }) => names.has(nameOf({ patient_id: patientId, no }))
}
