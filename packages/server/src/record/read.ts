import type { Context } from '../platform/context.ts'
import type { OpenShelf } from './kept.ts'
import { type Entry, type Opening, openedShelves, openShelves } from './opened.ts'
import { stands } from './shelve.ts'

export type { Entry } from './opened.ts'

/** The resource as JSON, ready to be sent. */
export const bytesOf = ({ texts, offset, length }: Entry): Buffer => texts().subarray(offset, offset + length)

/** Final texts begin with type and id. */
const ID = { after: '{"resourceType":"","id":"'.length, length: 36 }

/** Its public id. */
export function idOf({ texts, offset, type }: Entry): string {
  const at = offset + ID.after + Buffer.byteLength(type)
  return texts().toString('latin1', at, at + ID.length)
}

export interface ReadOptions extends Opening {
  /** Also what may be shown only with a grant of its own; default no. */
  readonly restricted?: boolean
  /**
   * As it was when the shelves had these marks ({@link shelfMarks}): what came later, and Patients without a mark, are
   * left out. What is restricted by now is restricted then too.
   */
  readonly upTo?: ReadonlyMap<number, number>
  /** As it was at this server time: later versions are left out. What is restricted by now is restricted then too. */
  readonly asOf?: Date
  /** Also what is stated no longer, `deleted`; default no. */
  readonly ended?: boolean
}

const nameOf = ({ patientId, no }: Entry): string => `${patientId} ${no}`

/** A resource that was ever restricted stays out as a whole: an older version would tell what a newer one hides. */
function withoutRestricted(entries: readonly Entry[], { restricted = false }: ReadOptions): readonly Entry[] {
  if (restricted || !entries.some((entry) => entry.restricted)) return entries
  const hidden = new Set(entries.filter((entry) => entry.restricted).map(nameOf))
  return entries.filter((entry) => !hidden.has(nameOf(entry)))
}

function upToThen(entries: readonly Entry[], { upTo, asOf }: ReadOptions): readonly Entry[] {
  const last = asOf?.getTime()
  const then = last === undefined ? entries : entries.filter(({ at }) => at <= last)
  return upTo ? then.filter(({ patientId, slot }) => slot < (upTo.get(patientId) ?? 0)) : then
}

/** All that may be shown of what lies there. */
const shown = (entries: readonly Entry[], options: ReadOptions): readonly Entry[] =>
  upToThen(withoutRestricted(entries, options), options)

/** The versions that stand, without what is stated no longer. Most resources have one only. */
function current(entries: readonly Entry[], { ended = false }: ReadOptions): readonly Entry[] {
  if (entries.every((entry) => entry.version === 1 && !entry.deleted)) return entries
  const standing = new Map<string, Entry>()
  for (const entry of entries) {
    const other = standing.get(nameOf(entry))
    if (!other || stands(entry, other)) standing.set(nameOf(entry), entry)
  }
  return [...standing.values()].filter((entry) => ended || !entry.deleted)
}

const byPlace = (a: Entry, b: Entry): number => a.patientId - b.patientId || a.no - b.no

/** What stands on a shelf is the same as long as the shelf is: without what is restricted, and with it. */
const standings = new WeakMap<OpenShelf, { plain?: readonly Entry[]; whole?: readonly Entry[] }>()

function standingOn(shelf: OpenShelf, options: ReadOptions): readonly Entry[] {
  const known = standings.get(shelf) ?? {}
  standings.set(shelf, known)
  const kind = options.restricted ? 'whole' : 'plain'
  const entries =
    known[kind] ??
    current(
      shown(
        shelf.packs.flatMap((pack) => pack.entries),
        options,
      ),
      {},
    )
  known[kind] ??= entries.toSorted(byPlace)
  return known[kind]
}

/** As it stands now, nothing opened but directories. */
const isPlain = ({ later = false, ended = false, upTo, asOf, onDamage }: ReadOptions): boolean =>
  later && !ended && !upTo && !asOf && !onDamage

/**
 * What stands on these Patients' shelves, in the order in which it first arrived. Whoever asks has already made sure
 * that the actor may, and writes the audit row in the same step.
 *
 * @param patientIds the Patients of one person, or any others
 * @returns none for whoever has no record or was erased
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export async function read(
  ctx: Context,
  patientIds: readonly number[],
  options: ReadOptions = {},
): Promise<readonly Entry[]> {
  if (patientIds.length === 0) return []
  if (isPlain(options)) {
    const opened = await openedShelves(ctx, patientIds, options)
    const [only] = opened.values()
    // of one shelf the very same list, so that whoever made something of it finds it again
    if (only && opened.size === 1) return standingOn(only, options)
    const inOrder = [...opened].toSorted(([a], [b]) => a - b)
    return inOrder.flatMap(([, shelf]) => standingOn(shelf, options))
  }
  const entries = await openShelves(ctx, patientIds, options)
  return current(shown(entries, options), options).toSorted(byPlace)
}

/**
 * Every version that ever arrived, newest arrival first; of one resource where `no` is given. Those from which on it was
 * stated no longer are among them, `deleted`.
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export async function history(
  ctx: Context,
  patientId: number,
  no?: number,
  options: ReadOptions = {},
): Promise<Entry[]> {
  const all = await openShelves(ctx, [patientId], options)
  const entries = no === undefined ? all : all.filter((entry) => entry.no === no)
  return shown(entries, options).toSorted((a, b) => b.slot - a.slot)
}
