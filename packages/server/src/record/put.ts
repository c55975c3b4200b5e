import { type Context, inTransaction } from '../platform/context.ts'
import { rememberDataKey } from '../platform/datakeys.ts'
import { holdShelves } from './hold.ts'
import { type PutResult, type Shelved, shelveAll } from './plan.ts'
import type { Arrival } from './shelve.ts'
import { mayShare, putTogether } from './together.ts'
import { writeAll } from './write.ts'

export type { PutResult } from './plan.ts'
export type { Arrival, PutResource } from './shelve.ts'
export { putEach } from './together.ts'

async function putInside(ctx: Context, arrivals: readonly Arrival[]): Promise<Shelved> {
  const shelved = shelveAll(ctx, arrivals, await holdShelves(ctx, arrivals))
  if (shelved.written.length > 0) await writeAll(ctx, shelved.shelves, shelved.written)
  return shelved
}

/**
 * Keeps what arrives together, on whichever shelves: all of it or nothing, with its audit rows, in the open transaction
 * or in one of its own. References by urn are resolved across all of it. Safe to repeat and safe out of order for
 * statements with a source key. A new Patient's first arrival holds the Patient resource as number 0.
 *
 * @returns in the order given
 * @throws {Problem} record.unknown-patient: no such shelf, or erased; record.version-conflict; record.damaged: its key
 *   does not open
 * @throws {RangeError} a number that is not on the shelf, an instant that is none
 */
export async function putAll(ctx: Context, arrivals: readonly Arrival[]): Promise<readonly PutResult[]> {
  if (arrivals.length === 0) return []
  return mayShare(ctx, arrivals)
    ? await putTogether(ctx, arrivals, () => putApart(ctx, arrivals))
    : await putApart(ctx, arrivals)
}

async function putApart(ctx: Context, arrivals: readonly Arrival[]): Promise<readonly PutResult[]> {
  const { results, shelves } = await inTransaction(ctx, async (inner) => await putInside(inner, arrivals))
  if (!ctx.db.isTransaction)
    for (const [patientId, { dataKey }] of shelves) rememberDataKey(ctx, patientId, dataKey)
  return results
}

/** One arrival on one shelf: the same as {@link putAll}. */
export async function put(ctx: Context, arrival: Arrival): Promise<PutResult> {
  const [result] = await putAll(ctx, [arrival])
  if (!result) throw new RangeError('an arrival without its result')
  return result
}
