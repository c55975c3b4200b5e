import { mayBeSeen, type Reach, reachOfPatients } from '../../../identity/index.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { type Entry, read } from '../../../record/index.ts'
import { mayRead } from '../work/who.ts'
import type { AskedExport } from './asked.ts'

/** What of these shelves an export may tell. */
export interface Told {
  readonly stands: readonly Entry[]
  /** What was stated no longer between the two instants of the export. */
  readonly ended: readonly Entry[]
}

/** @returns whether an export tells of this type to this client at all */
export const isTold = (client: Client, { types }: AskedExport, type: string): boolean =>
  (types === undefined || types.includes(type)) && mayRead(client, type)

async function readAsOf(
  ctx: Context,
  reaches: ReadonlyMap<number, Reach>,
  restricted: boolean,
  asOf: Date,
): Promise<readonly Entry[]> {
  const chosen = [...reaches].filter(([, reach]) => reach.restricted === restricted).map(([id]) => id)
  return await read(ctx, chosen, { restricted, later: true, asOf, ended: true })
}

/**
 * What may leave of these shelves now, as it stood at the horizon. Rights and grants are those of this moment: asked
 * when the files are drawn up and again when they are fetched.
 * @param ctx whose actor is the client as it stands now
 */
export async function toldOf(
  ctx: Context,
  client: Client,
  patientIds: readonly number[],
  asked: AskedExport,
  horizon: Date,
): Promise<Told> {
  const reaches = await reachOfPatients(ctx, patientIds)
  const since = asked.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(asked.since)
  const [open, plain] = await Promise.all([
    readAsOf(ctx, reaches, true, horizon),
    readAsOf(ctx, reaches, false, horizon),
  ])
  const told = [...open, ...plain].filter((entry) => {
    const reach = reaches.get(entry.patientId)
    return reach && entry.at >= since && isTold(client, asked, entry.type) && mayBeSeen(ctx, reach, entry)
  })
  return {
    stands: told.filter((entry) => !entry.deleted),
    // without an instant there is nothing that whoever asks could still hold
    ended: asked.since === undefined ? [] : told.filter((entry) => entry.deleted),
  }
}
