import { authorize, type ExchangeAction } from '../../../access/index.ts'
import { note, noteRefusal } from '../../../audit/index.ts'
import { historyInDirectory, mayReadInDirectory } from '../../../directory/index.ts'
import { mayBeSeen, type Reach, reachOfPatients } from '../../../identity/index.ts'
import type { Actor, Context } from '../../../platform/context.ts'
import { type ResourceKey, readPublicId } from '../../../platform/ids.ts'
import { Problem } from '../../../platform/problem.ts'
import { bytesOf, history } from '../../../record/index.ts'

/** One version of a resource, wherever it lies. */
export interface Version {
  readonly version: number
  readonly deleted: boolean
  readonly at: Date
  /** Final JSON. */
  readonly bytes: () => Buffer
}

/** A resource that the actor may see, with all its versions, the one that stands first. */
export interface Found {
  readonly key: ResourceKey
  readonly type: string
  readonly id: string
  readonly versions: readonly [Version, ...Version[]]
  /** Some version of it may be shown only with a grant of its own. */
  readonly restricted: boolean
  /** The actor's own facility stated it, and so may change it. */
  readonly own: boolean
  /** Of the person whose record it is; undefined in the directory. */
  readonly reach?: Reach
}

const isOwn = (actor: Actor, source: string): boolean => actor.kind === 'client' && actor.facility === source

/** Nobody's: asked for like any other, so that a forged id takes as long as a foreign one. */
const NOBODY: ResourceKey = { patientId: 1, no: 0 }

async function onShelf(
  ctx: Context,
  type: string,
  id: string,
  key: ResourceKey,
): Promise<[Found | undefined, Reach | undefined]> {
  const { patientId, no } = key
  const [reaches, entries] = await Promise.all([
    reachOfPatients(ctx, [patientId]),
    history(ctx, patientId, no, { restricted: true, later: true }),
  ])
  const reach = reaches.get(patientId)
  const restricted = entries.some((entry) => entry.restricted)
  const seen = entries
    .filter(
      (entry) =>
        reach && entry.type === type && mayBeSeen(ctx, reach, { source: entry.source, restricted }, true),
    )
    // the latest statement stands, whenever it arrived
    .toSorted((a, b) => b.stated - a.stated || b.version - a.version)
  const [first, ...older] = seen.map(
    (entry): Version => ({
      version: entry.version,
      deleted: entry.deleted,
      at: new Date(entry.at),
      bytes: () => bytesOf(entry),
    }),
  )
  if (!first || !reach) return [undefined, reach]
  const own = seen.every(({ source }) => isOwn(ctx.actor, source))
  return [{ key, type, id, versions: [first, ...older], restricted, own, reach }, reach]
}

async function inDirectory(
  ctx: Context,
  type: string,
  id: string,
  key: ResourceKey,
): Promise<Found | undefined> {
  const [standing, ...before] = await historyInDirectory(ctx, key.no)
  if (!standing || standing.type !== type || !mayReadInDirectory(ctx.actor, standing)) return undefined
  const versionOf = ({ version, deleted, at, text: bytes }: typeof standing): Version => ({
    version,
    deleted,
    at,
    bytes,
  })
  // a version that was its sender's alone stays so, whatever a later one is
  const older = before.filter((version) => mayReadInDirectory(ctx.actor, version)).map(versionOf)
  const own = isOwn(ctx.actor, standing.source)
  return { key, type, id, versions: [versionOf(standing), ...older], restricted: false, own }
}

async function noteSeen(
  ctx: Context,
  action: ExchangeAction,
  { key, type, own, reach }: Found,
): Promise<void> {
  // seen by a grant, but not to be changed: that will be refused
  if (action === 'exchange.write' && !own)
    return await noteRefusal(ctx, { action, what: type, ...(reach && { patientId: key.patientId }) })
  if (!reach) return await note(ctx, { action, what: type })
  await authorize(ctx, {
    action,
    home: reach.home,
    own,
    granted: reach.all,
    patientIds: [key.patientId],
    purpose: own ? 'own-contribution' : 'treatment',
    what: type,
  })
}

/**
 * A resource by its id. What is not there, what is foreign and what was forged answer alike and take as long; the
 * attempt is written down before this returns, on the chain of whoever was meant.
 * @returns undefined where there is nothing that the actor may see
 */
export async function find(
  ctx: Context,
  { type, id, action }: { readonly type: string; readonly id: string; readonly action: ExchangeAction },
): Promise<Found | undefined> {
  const key = readPublicId(ctx.keys.id, id)
  const [found, reach] =
    key?.patientId === 0
      ? [await inDirectory(ctx, type, id, key), undefined]
      : await onShelf(ctx, type, id, key ?? NOBODY)
  if (found && key) {
    await noteSeen(ctx, action, found)
    return found
  }
  await noteRefusal(ctx, { action, what: type, ...(reach && key && { patientId: key.patientId }) })
  return undefined
}

/** @throws {Problem} fhir.not-found */
export async function needFound(ctx: Context, which: Parameters<typeof find>[1]): Promise<Found> {
  const found = await find(ctx, which)
  if (!found) throw new Problem('fhir.not-found')
  return found
}

/** @throws {Problem} access.refused: another source stated it; it alone changes it */
export function needOwn({ own }: Found): void {
  if (!own) throw new Problem('access.refused')
}
