import { changesInDirectory, type DirectoryVersion, directoryId } from '../../../directory/index.ts'
import { mayBeSeen, reachOfPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
import { type Arrived, arrivals, bytesOf, type Entry, history } from '../../../record/index.ts'
import type { Line } from './entries.ts'

/** Everything that one facility stated, the newest first: on shelves and in the directory. */
export interface Wanted {
  readonly facility: string
  /** Of one type; absent: of all. */
  readonly type?: string
  readonly since?: Date
}

/** The last one that was told of each of the two. */
export interface Position {
  readonly shelves?: { readonly at: number; readonly patientId: number; readonly slot: number }
  readonly directory?: { readonly at: number; readonly no: number; readonly version: number }
}

/** A line that may be told, or a place that was passed without one. */
export interface Step {
  readonly at: number
  readonly line?: Line
  /** Whose record it is; absent in the directory. */
  readonly patientId?: number
  readonly position: Position
}

const BATCH = 50

const nameOf = ({ patientId, no }: Entry): string => `${patientId} ${no}`

/** What lies on a shelf and the actor may be told of: what is restricted is in no list, whoever stated it. */
async function shownOn(
  ctx: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, readonly Entry[]>> {
  const options = { restricted: true, later: true }
  const [reaches, shelves] = await Promise.all([
    reachOfPatients(ctx, patientIds),
    Promise.all(patientIds.map((patientId) => history(ctx, patientId, undefined, options))),
  ])
  return new Map(
    patientIds.map((patientId, i) => {
      const [reach, entries = []] = [reaches.get(patientId), shelves[i]]
      const hidden = new Set(entries.filter(({ restricted }) => restricted).map(nameOf))
      const isSeen = (entry: Entry) =>
        reach && mayBeSeen(ctx, reach, { source: entry.source, restricted: hidden.has(nameOf(entry)) })
      return [patientId, entries.filter(isSeen)]
    }),
  )
}

const lineOf = ({ keys }: Context, entry: Entry): Line => ({
  type: entry.type,
  id: publicId(keys.id, entry),
  version: entry.version,
  deleted: entry.deleted,
  at: new Date(entry.at),
  bytes: () => bytesOf(entry),
})

type Last = NonNullable<Position['shelves']>

const holds = ({ patientId, firstNo, n }: Arrived, last: Last): boolean =>
  patientId === last.patientId && last.slot >= firstNo && last.slot < firstNo + n

/** What of a page comes behind the last one told; of its own arrival, what has not been told yet. */
function behind(arrived: readonly Arrived[], last: Last | undefined): readonly Arrived[] {
  if (!last) return arrived
  const found = arrived.findIndex((one) => holds(one, last))
  return found === -1 ? arrived.filter(({ at }) => at.getTime() < last.at) : arrived.slice(found)
}

function* stepsOf(
  ctx: Context,
  arrived: Arrived,
  shown: readonly Entry[],
  { type, last }: Wanted & { last?: Last | undefined },
): Generator<Step> {
  const { patientId, firstNo, n } = arrived
  const until = last && holds(arrived, last) ? last.slot : firstNo + n
  const at = arrived.at.getTime()
  for (const entry of shown)
    if (entry.slot >= firstNo && entry.slot < until && (type === undefined || entry.type === type))
      yield {
        at,
        line: lineOf(ctx, entry),
        patientId,
        position: { shelves: { at, patientId, slot: entry.slot } },
      }
  yield { at, position: { shelves: { at, patientId, slot: firstNo } } }
}

async function* onShelves(ctx: Context, wanted: Wanted, last: Last | undefined): AsyncGenerator<Step> {
  const { facility: source, since } = wanted
  const which = {
    source,
    newestFirst: true,
    limit: BATCH,
    ...(since && { from: since }),
    ...(last && { to: new Date(last.at + 1) }),
  }
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page = await arrivals(ctx, { ...which, ...(cursor !== undefined && { cursor }) })
    const arrived = first ? behind(page.arrived, last) : page.arrived
    const shown = await shownOn(ctx, [...new Set(arrived.map(({ patientId }) => patientId))])
    for (const one of arrived) yield* stepsOf(ctx, one, shown.get(one.patientId) ?? [], { ...wanted, last })
    cursor = page.cursor
  }
}

function stepOf(ctx: Context, change: DirectoryVersion): Step {
  const { no, version, type, deleted, text: bytes } = change
  const at = change.at.getTime()
  const line = { type, id: directoryId(ctx, no), version, deleted, at: change.at, bytes }
  return { at, line, position: { directory: { at, no, version } } }
}

async function* inDirectory(ctx: Context, wanted: Wanted, last: Position['directory']): AsyncGenerator<Step> {
  const { facility: source, type, since } = wanted
  const which = { source, limit: BATCH, ...(type !== undefined && { type }), ...(since && { since }) }
  for (let before = last; ; ) {
    const page = await changesInDirectory(ctx, {
      ...which,
      ...(before && { before: { ...before, at: new Date(before.at) } }),
    })
    for (const change of page) yield stepOf(ctx, change)
    before =
      page.length < BATCH
        ? undefined
        : stepOf(ctx, page[page.length - 1] as DirectoryVersion).position.directory
    if (!before) return
  }
}

/** Both, as one row in the order of time, the newest first. */
export async function* changesOf(ctx: Context, wanted: Wanted, from: Position): AsyncGenerator<Step> {
  const ways = [onShelves(ctx, wanted, from.shelves), inDirectory(ctx, wanted, from.directory)]
  const next = await Promise.all(ways.map((way) => way.next()))
  for (;;) {
    const open = next.flatMap((one, i) => (one.done ? [] : [{ i, step: one.value }]))
    const [first] = open.toSorted((a, b) => b.step.at - a.step.at || a.i - b.i)
    const way = first && ways[first.i]
    if (!first || !way) return
    yield first.step
    next[first.i] = await way.next()
  }
}
