import type { Context } from '../platform/context.ts'
import { rememberDataKey } from '../platform/datakeys.ts'
import { Problem } from '../platform/problem.ts'
import { type Kept, type Outcome, shareCommits } from '../platform/sharing.ts'
import { holdShelves, isPatient, type Shelf } from './hold.ts'
import { type PutResult, type Shelved, shelveAll } from './plan.ts'
import type { Arrival } from './shelve.ts'
import { writeAll } from './write.ts'

/** What one caller wants kept: all of it or nothing. */
interface Job {
  readonly ctx: Context
  readonly job: readonly Arrival[]
}

type Results = readonly PutResult[]

/** Decided on the shelves as the jobs before it leave them; a refusal leaves them as they were. */
function decide(
  { ctx, job: arrivals }: Job,
  shelves: ReadonlyMap<number, Shelf>,
): { shelved?: Shelved; outcome: Outcome<Results> } {
  // somebody else holds it, or there is none: who tries it by itself waits and finds out
  if (arrivals.some(({ patientId }) => !shelves.has(patientId))) return { outcome: { is: 'apart' } }
  try {
    const shelved = shelveAll(ctx, arrivals, shelves)
    return { shelved, outcome: { is: 'kept', result: shelved.results } }
  } catch (error) {
    return { outcome: { is: 'refused', error } }
  }
}

/** One transaction for all of them. */
async function keep(ctx: Context, jobs: readonly Job[]): Promise<Kept<Results>> {
  const arrivals = jobs.flatMap(({ job }) => job)
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
  const committed = () => {
    for (const [patientId, { dataKey }] of held) rememberDataKey(ctx, patientId, dataKey)
  }
  return { outcomes: decided.map(({ outcome }) => outcome), committed }
}

/** What is large costs more by itself than sharing saves. */
const MOST_RESOURCES = 40

const isLarge = (arrivals: readonly Arrival[]): boolean =>
  arrivals.reduce((sum, { resources }) => sum + resources.length, 0) > MOST_RESOURCES

/** Only what finds its shelves there: opening one may have to wait for whoever opens the same. */
export const mayShare = ({ db }: Context, arrivals: readonly Arrival[]): boolean =>
  !db.isTransaction && !arrivals.some(isPatient) && !isLarge(arrivals)

const MOST_TOGETHER = 64
const share = shareCommits<readonly Arrival[], Results>({ most: MOST_TOGETHER, keep })

/** @param apart keeps it in a transaction of its own */
export const putTogether = (
  ctx: Context,
  arrivals: readonly Arrival[],
  apart: () => Promise<Results>,
): Promise<Results> => share(ctx, arrivals, 1, apart)

/**
 * The same for several callers inside one transaction that is open: each as it would by itself, behind those before it.
 * Where one can not be kept none is.
 * @returns for each caller in the order given
 * @throws {Problem} what refuses one of them, or record.unknown-patient: somebody else holds a shelf, or there is none
 */
export async function putEach(
  ctx: Context,
  callers: readonly { readonly ctx: Context; readonly arrivals: readonly Arrival[] }[],
): Promise<readonly Results[]> {
  const { outcomes } = await keep(
    ctx,
    callers.map(({ ctx, arrivals }) => ({ ctx, job: arrivals })),
  )
  return outcomes.map((outcome) => {
    if (outcome.is === 'kept') return outcome.result
    throw outcome.is === 'refused' ? outcome.error : new Problem('record.unknown-patient')
  })
}
