import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../platform/context.ts'
import { type Db, isPassing } from '../platform/database.ts'
import { rememberDataKey } from '../platform/datakeys.ts'
import { Problem } from '../platform/problem.ts'
import { transact } from '../platform/transact.ts'
import { holdShelves, isPatient, type Shelf } from './hold.ts'
import { type PutResult, type Shelved, shelveAll } from './plan.ts'
import type { Arrival } from './shelve.ts'
import { writeAll } from './write.ts'

/** What one caller wants kept: all of it or nothing. */
interface Job {
  readonly ctx: Context
  readonly arrivals: readonly Arrival[]
  readonly tell: (outcome: Outcome) => void
}

type Outcome =
  | { readonly is: 'kept'; readonly results: readonly PutResult[] }
  | { readonly is: 'refused'; readonly error: unknown }
  /** Not decided here: it is tried by itself. */
  | { readonly is: 'apart' }

type Held = ReadonlyMap<number, Shelf>

const APART: Outcome = { is: 'apart' }

/** Decided on the shelves as the jobs before it leave them; a refusal leaves them as they were. */
function decide(
  { ctx, arrivals }: Job,
  shelves: ReadonlyMap<number, Shelf>,
): { shelved?: Shelved; outcome: Outcome } {
  // somebody else holds it, or there is none: who tries it by itself waits and finds out
  if (arrivals.some(({ patientId }) => !shelves.has(patientId))) return { outcome: APART }
  try {
    const shelved = shelveAll(ctx, arrivals, shelves)
    return { shelved, outcome: { is: 'kept', results: shelved.results } }
  } catch (error) {
    return { outcome: { is: 'refused', error } }
  }
}

/** One transaction for all of them. @returns what becomes of each once it is committed */
async function keepAll(ctx: Context, jobs: readonly Job[]): Promise<{ outcomes: Outcome[]; held: Held }> {
  const arrivals = jobs.flatMap((job) => job.arrivals)
  const held = await holdShelves(ctx, arrivals, 'those free')
  const shelves = new Map(held)
  const changed = new Map<number, Shelf>()
  const decided = jobs.map((job) => {
    const { shelved, outcome } = decide(job, shelves)
    for (const [patientId, shelf] of shelved?.shelves ?? []) {
      shelves.set(patientId, shelf)
      changed.set(patientId, shelf)
    }
    return { written: shelved?.written ?? [], outcome }
  })
  const written = decided.flatMap((each) => each.written)
  if (written.length > 0) await writeAll(ctx, changed, written)
  return { outcomes: decided.map(({ outcome }) => outcome), held }
}

/** A lost connection does not say whether it was committed: what was sent then is never sent again. */
const isUndone = (error: unknown): boolean =>
  error instanceof Problem || error instanceof RangeError || !isPassing(error)

async function keepBatch(pool: Db, { jobs, before }: Batch): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  if (before) await Promise.race([before.catch(() => undefined), pause(PATIENCE_MS)])
  if (open.get(pool)?.jobs === jobs) open.delete(pool)
  const [first] = jobs
  if (!first) return
  try {
    const { outcomes, held } = await transact(pool, (db) => keepAll({ ...first.ctx, db }, jobs))
    for (const [patientId, { dataKey }] of held) rememberDataKey(first.ctx, patientId, dataKey)
    jobs.forEach((job, i) => void job.tell(outcomes[i] ?? APART))
  } catch (error) {
    // one of them broke it for all: each by itself finds out whether it was the one
    const outcome: Outcome = isUndone(error) ? APART : { is: 'refused', error }
    for (const job of jobs) job.tell(outcome)
  }
}

interface Batch {
  readonly jobs: Job[]
  readonly before: Promise<void> | undefined
}
const open = new WeakMap<Db, Batch>()
const underWay = new WeakMap<Db, Promise<void>>()
/** Nobody waits longer for a commit that is not hers. */
const PATIENCE_MS = 4
const MOST_JOBS = 64
/** What is large costs more by itself than sharing saves. */
const MOST_RESOURCES = 40

const isLarge = (arrivals: readonly Arrival[]): boolean =>
  arrivals.reduce((sum, { resources }) => sum + resources.length, 0) > MOST_RESOURCES

/** Only what finds its shelves there: opening one may have to wait for whoever opens the same. */
export const mayShare = ({ db }: Context, arrivals: readonly Arrival[]): boolean =>
  !db.isTransaction && !arrivals.some(isPatient) && !isLarge(arrivals)

function joinBatch(ctx: Context, job: Job): void {
  const { pool } = ctx
  const batch = open.get(pool)
  if (batch && batch.jobs.length < MOST_JOBS && batch.jobs[0]?.ctx.keys === ctx.keys) {
    batch.jobs.push(job)
    return
  }
  const made: Batch = { jobs: [job], before: underWay.get(pool) }
  open.set(pool, made)
  underWay.set(pool, keepBatch(pool, made))
}

/**
 * What arrives while another commit is under way shares the next one: a commit and its statements cost more than a
 * resource. One that is refused does not touch its companions.
 * @param apart keeps it in a transaction of its own
 */
export async function putTogether(
  ctx: Context,
  arrivals: readonly Arrival[],
  apart: () => Promise<readonly PutResult[]>,
): Promise<readonly PutResult[]> {
  const outcome = await new Promise<Outcome>((tell) => joinBatch(ctx, { ctx, arrivals, tell }))
  if (outcome.is === 'refused') throw outcome.error
  return outcome.is === 'kept' ? outcome.results : await apart()
}
