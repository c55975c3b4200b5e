import { dayInVietnam } from '@sokhoe/model/dates'
import { type DigitHint, digitHint } from '@sokhoe/model/digits'
import { doubtsIn, faultsIn, type Measured, meanPressure, type Pressure } from '@sokhoe/model/measuring'
import { sql } from 'kysely'
import { z } from 'zod'
import { type Book, lockPerson, sourcePatient } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { fingerprint } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { put, type Stated } from '../../record/index.ts'
import { enter, type Worker } from '../enter.ts'
import { isChild } from '../person.ts'
import { observationsOf } from './observations.ts'
import './tables.ts'

const Written = z.string().max(12)
const MOST_READINGS = 4

export const Measuring = z.object({
  /** Chosen by the client: the same numbers under it again are the same measuring. */
  uuid: z.uuid().toLowerCase(),
  pressures: z
    .array(z.object({ systolic: Written, diastolic: Written }))
    .max(MOST_READINGS)
    .default([]),
  pulse: Written.optional(),
  weight: Written.optional(),
  height: Written.optional(),
  waist: Written.optional(),
  glucose: z
    .object({ value: Written, unit: z.enum(['mg/dL', 'mmol/L']), when: z.enum(['fasting', 'random']) })
    .optional(),
  /** Doubts that were looked at again, as they were told: 'weight unlikely'. */
  sure: z.array(z.string().max(60)).max(40).default([]),
  present: z.string().max(100).optional(),
})
export type Measuring = z.infer<typeof Measuring>

const words = (found: readonly { at: string; why: string }[]): string[] =>
  found.map(({ at, why }) => `${at} ${why}`)

/** @throws {Problem} request.invalid with each number that cannot be · station.doubtful with what nobody looked at again */
function check(ctx: Context, { demographics }: Book, measured: Measured, sure: readonly string[]): void {
  const faults = words(faultsIn(measured))
  if (faults.length > 0) throw new Problem('request.invalid', { at: faults })
  const grownUp = !isChild(demographics.birthDate, dayInVietnam(ctx.now()))
  const doubts = words(doubtsIn(measured, grownUp)).filter((doubt) => !sure.includes(doubt))
  if (doubts.length > 0) throw new Problem('station.doubtful', { at: doubts })
}

const RECENT_DAYS = 90

/** How the last digits of this worker's blood pressures fall, over the last three months. */
export async function digitsOf(ctx: Context, { id }: Worker): Promise<DigitHint | null> {
  const since = dayInVietnam(new Date(ctx.now().getTime() - RECENT_DAYS * 86_400_000))
  const { rows } = await sql<{ digit: number; n: number }>`
    select digit, sum(n)::int as n from station.digit where staff_id = ${id} and day >= ${since}::date
    group by digit`.execute(ctx.db)
  const counts = Array.from({ length: 10 }, (_, digit) => rows.find((row) => row.digit === digit)?.n ?? 0)
  return digitHint(counts) ?? null
}

/** The person is not in it: only how often this worker wrote each last digit on this day. */
async function countDigits(ctx: Context, { id }: Worker, readings: readonly Pressure[]): Promise<void> {
  const day = dayInVietnam(ctx.now())
  const digits = readings
    .flatMap(({ systolic, diastolic }) => [systolic, diastolic])
    .map((text) => Number(text.trim().at(-1)))
  for (const [digit, each] of Map.groupBy(digits.toSorted(), (one) => one))
    await sql`insert into station.digit as kept (staff_id, day, digit, n)
      values (${id}, ${day}::date, ${digit}, ${each.length})
      on conflict (staff_id, day, digit) do update set n = kept.n + excluded.n`.execute(ctx.db)
}

/** What the station itself says of who she is: the first thing on its own shelf in her home. */
const patientAt = ({ facility }: Worker, { demographics }: Book): Stated => ({
  resource: {
    resourceType: 'Patient',
    meta: { source: `urn:sokhoe:source:${facility}` },
    name: [{ use: 'official', text: demographics.name }],
    gender: demographics.sex,
    birthDate: demographics.birthDate,
  },
  no: 0,
})

interface Kept {
  readonly outcome: 'kept' | 'known'
  readonly resources: number
  readonly mean: Pressure | null
}

const bareOf = ({ uuid: _, sure: __, present: ___, ...measured }: Measuring): Measured => measured

async function knownAs(
  ctx: Context,
  home: number,
  uuid: string,
  digest: Buffer,
): Promise<number | undefined> {
  const row = await ctx.db
    .selectFrom('station.measured')
    .select(['digest', 'home', 'resources'])
    .where('uuid', '=', uuid)
    .executeTakeFirst()
  if (row && (row.home !== home || !row.digest.equals(digest))) throw new Problem('station.changed')
  return row?.resources
}

async function keep(ctx: Context, worker: Worker, home: number, measuring: Measuring): Promise<Kept> {
  const book = await lockPerson(ctx, home)
  if (!book) throw new Problem('access.refused')
  const { uuid, sure } = measuring
  const measured = bareOf(measuring)
  const mean = meanPressure(measured.pressures) ?? null
  const digest = fingerprint(ctx.keys, 'measurement', JSON.stringify(measured))
  const known = await knownAs(ctx, home, uuid, digest)
  if (known !== undefined) return { outcome: 'known', resources: known, mean }
  check(ctx, book, measured, sure)
  const statements = observationsOf({ staff: worker, at: ctx.now(), uuid }, measured)
  if (statements.length === 0) throw new Problem('request.invalid', { at: ['/pressures'] })
  const { patientId, newDataKey } = await sourcePatient(ctx, book, worker.facility)
  await put(ctx, {
    patientId,
    source: worker.facility,
    kind: 'measurement',
    resources: newDataKey ? [patientAt(worker, book), ...statements] : statements,
    ...(newDataKey && { newDataKey }),
  })
  await countDigits(ctx, worker, measured.pressures)
  const row = {
    uuid,
    digest,
    home,
    patient_id: patientId,
    resources: statements.length,
    staff_id: worker.id,
    at: ctx.now(),
  }
  await ctx.db.insertInto('station.measured').values(row).execute()
  return { outcome: 'kept', resources: statements.length, mean }
}

/**
 * Keeps what a station measured, all of it or nothing, under the station's own name in the person's record.
 * @throws {Problem} request.invalid with each number that cannot be · station.doubtful · station.changed · access.refused
 */
export async function measure(ctx: Context, worker: Worker, person: string, measuring: Measuring) {
  const { present } = measuring
  const errand = { action: 'station.measure', what: 'measurement', purpose: 'measurement', present } as const
  const { home } = await enter(ctx, worker, { person, ...errand })
  const kept = await inTransaction(ctx, (ctx) => keep(ctx, worker, home, measuring))
  return { ...kept, digits: await digitsOf(ctx, worker) }
}
