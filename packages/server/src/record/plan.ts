import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import type { Shelf } from './hold.ts'
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
import type { Written } from './write.ts'

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

export interface Shelved {
  readonly results: readonly PutResult[]
  readonly written: readonly Written[]
  /** The shelves that change, as they are then. */
  readonly shelves: ReadonlyMap<number, Shelf>
}

/** Decides everything and writes nothing: whatever is refused is refused here. */
export function shelveAll(
  ctx: Context,
  arrivals: readonly Arrival[],
  shelves: ReadonlyMap<number, Shelf>,
): Shelved {
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
