import type { Reason } from '@sokhoe/signals/linkage'
import { statePatients } from '../src/identity/index.ts'
import { type Context, inTransaction } from '../src/platform/context.ts'
import { publicId, readPublicId } from '../src/platform/ids.ts'
import { NOON } from './house.ts'

export const DAY_MS = 86_400_000

const REASONS: readonly Reason[] = [
  { field: 'name', level: 'toneless', weight: 6.5 },
  { field: 'birthDate', level: 'day-month-swapped', weight: 4.25 },
  { field: 'sex', level: 'equal', weight: 1 },
]

interface Asking {
  readonly ward?: string | null
  readonly state?: 'open' | 'sample' | 'linked'
  readonly score?: number
  readonly rule?: string | null
  readonly reasons?: readonly Reason[]
  readonly at?: Date
}

/** The engine finds that two Patients may be one person, and the ward's station is asked. */
export async function askAbout(
  { db }: Context,
  one: number,
  two: number,
  { ward = '26911', state = 'open', score = 9, rule = null, reasons = REASONS, at = NOON }: Asking = {},
): Promise<void> {
  await db
    .insertInto('identity.pair')
    .values({
      patient_id: Math.min(one, two),
      other_patient_id: Math.max(one, two),
      verdict: 'review',
      score,
      rule,
      reasons: JSON.stringify(reasons),
      state,
      ward,
      noted_at: at,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['patient_id', 'other_patient_id'])
        .doUpdateSet({ state, ward, score, rule, reasons: JSON.stringify(reasons), noted_at: at }),
    )
    .execute()
}

/** A Patient that a hospital states, with her name and birth date alone: too little for the engine to join anybody. */
export async function stated(
  ctx: Context,
  name: string,
  { birthDate = '1961-04-30', source = '79001' } = {},
): Promise<number> {
  const [made] = await inTransaction(ctx, (ctx) =>
    statePatients(ctx, [{ source, demographics: { name, sex: 'female', birthDate, identifiers: [] } }]),
  )
  if (!made) throw new RangeError('no Patient was made')
  return made.patientId
}

/** The Patient of a public id. */
export function patientNamed({ keys }: Context, person: string): number {
  const named = readPublicId(keys.id, person)
  if (!named) throw new RangeError('this id names nobody')
  return named.patientId
}

export const idOf = ({ keys }: Context, patientId: number): string => publicId(keys.id, { patientId, no: 0 })

/** Nothing is asked about anybody: what arrivals have found is put aside. */
export const askNothing = async ({ db }: Context): Promise<void> => {
  await db
    .updateTable('identity.pair')
    .set({ state: 'gone' })
    .where('state', 'in', ['open', 'sample', 'waits'])
    .execute()
}
