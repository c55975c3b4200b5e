import { type Context, inTransaction } from '../platform/context.ts'
import { rememberDataKey } from '../platform/datakeys.ts'
import { Problem } from '../platform/problem.ts'
import { holdShelves, type Shelf } from './hold.ts'
import { rowsOf } from './rows.ts'
import {
  type Arrival,
  type Named,
  nameAll,
  type PutResource,
  shelveNamed,
  standingWith,
  urnTargets,
} from './shelve.ts'
import { type Written, writeAll } from './write.ts'

export type { Arrival, PutResource } from './shelve.ts'

export interface PutResult {
  /** In the order given. */
  readonly resources: readonly PutResource[]
  /** Of the shelf: grows with every arrival that changed something. */
  readonly version: number
}

interface Numbered {
  readonly arrival: Arrival
  readonly firstNo: number
  readonly named: readonly Named[]
}

/** @throws {Problem} record.unknown-patient */
function shelfOf(shelves: ReadonlyMap<number, Shelf>, patientId: number): Shelf {
  const shelf = shelves.get(patientId)
  if (!shelf) throw new Problem('record.unknown-patient')
  return shelf
}

/** Numbers for everything first: what refers to one another needs all ids. */
function numberAll(
  { keys }: Context,
  arrivals: readonly Arrival[],
  shelves: ReadonlyMap<number, Shelf>,
): Numbered[] {
  const now = new Map(shelves)
  return arrivals.map((arrival) => {
    const { patientId, resources } = arrival
    const shelf = shelfOf(now, patientId)
    const { nextNo: firstNo, standing } = shelf
    const named = nameAll(arrival, { idKey: keys.id, firstNo, standing })
    now.set(patientId, {
      ...shelf,
      nextNo: firstNo + resources.length,
      standing: standingWith(standing, named, []),
    })
    return { arrival, firstNo, named }
  })
}

interface Shelved {
  readonly results: readonly PutResult[]
  readonly written: readonly Written[]
  /** The shelves that change, as they are then. */
  readonly shelves: ReadonlyMap<number, Shelf>
}

/** Decides everything and writes nothing: whatever is refused is refused here. */
function shelveAll(ctx: Context, arrivals: readonly Arrival[], shelves: ReadonlyMap<number, Shelf>): Shelved {
  const at = ctx.now()
  const numbered = numberAll(ctx, arrivals, shelves)
  const urns = numbered.flatMap(({ named }) => urnTargets(named))
  const changed = new Map<number, Shelf>()
  const written: Written[] = []
  const results = numbered.map(({ arrival, firstNo, named }): PutResult => {
    const { patientId, resources } = arrival
    const shelf = changed.get(patientId) ?? shelfOf(shelves, patientId)
    const { dataKey, standing, version } = shelf
    const shelved = shelveNamed(arrival, { idKey: ctx.keys.id, at, standing }, named, urns)
    // nothing was new: the numbers were never taken
    if (shelved.filed.length === 0) return { resources: shelved.results, version }
    written.push({ ctx, arrival, rows: rowsOf(arrival, shelved, { dataKey, at, firstNo }) })
    changed.set(patientId, {
      ...shelf,
      nextNo: firstNo + resources.length,
      version: version + 1,
      standing: standingWith(standing, named, shelved.filed),
    })
    return { resources: shelved.results, version: version + 1 }
  })
  return { results, written, shelves: changed }
}

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
