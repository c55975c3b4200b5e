import { patientsOf } from '@sokhoe/fhir/search'
import {
  type DirectoryVersion,
  historyInDirectory,
  mayReadInDirectory,
  readInDirectory,
} from '../../../directory/index.ts'
import { mayBeSeen, type Reach, reachOfPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
import { alsoOf, type Entry, read, shelfMarks } from '../../../record/index.ts'
import { type Item, itemOfDirectory, itemOfEntry, placeOf } from './item.ts'

/** As of when a search answers: how far each shelf had come, and what time it was. */
export interface Horizon {
  readonly marks: ReadonlyMap<number, number>
  /** ms since 1970; of the directory. */
  readonly at: number
}

/** What somebody may see of some persons, as far as it was looked at. */
export interface Scene {
  readonly ctx: Context
  /** Of the persons who were asked about: all that may be seen, by place. */
  readonly items: ReadonlyMap<string, Item>
  /** Of each shelf that was opened. */
  readonly reaches: ReadonlyMap<number, Reach>
  /** For each Patient, all that are the same person, as references. */
  readonly alike: ReadonlyMap<string, ReadonlySet<string>>
  /** Patients who were asked about and of whom nothing may be seen, or who are not there. */
  readonly hidden: readonly number[]
}

const referenceOf = ({ keys }: Context, patientId: number): string =>
  `Patient/${publicId(keys.id, { patientId, no: 0 })}`

type Shelves = ReadonlyMap<number, readonly Entry[]>

function byShelf(entries: readonly Entry[]): Map<number, readonly Entry[]> {
  const [first] = entries
  if (!first) return new Map()
  // in the order of shelves: where the last is of the first's, all are
  if (entries.at(-1)?.patientId === first.patientId) return new Map([[first.patientId, entries]])
  return Map.groupBy(entries, ({ patientId }) => patientId)
}

/** Only what stood then: by the marks of shelves, of which no other is opened, or by the time. */
export interface Then {
  readonly marks?: ReadonlyMap<number, number>
  readonly asOf?: Date
}

const open = (
  ctx: Context,
  patientIds: readonly number[],
  { marks, asOf }: Then,
  restricted = false,
): Promise<readonly Entry[]> =>
  read(ctx, patientIds, { later: true, restricted, ...(marks && { upTo: marks }), ...(asOf && { asOf }) })

/** Shelves that the persons' grants open besides those that were asked for; and those whose restricted part is open. */
function furtherShelves(asked: readonly number[], reaches: ReadonlyMap<number, Reach>, horizon: Then) {
  const known = new Set(asked)
  const all = [...reaches.values()].filter((reach) => reach.all).flatMap(({ patientIds }) => patientIds)
  const further = [...new Set(all)].filter(
    (patientId) => !known.has(patientId) && (horizon.marks?.has(patientId) ?? true),
  )
  const restricted = [...reaches.values()]
    .filter((reach) => reach.restricted)
    .flatMap(({ patientIds }) => patientIds)
  return { further, restricted: [...new Set(restricted)] }
}

interface Opened {
  readonly reaches: Map<number, Reach>
  readonly shelves: Shelves
  /** Shelves on which resources stand that speak of these persons too. */
  readonly others: readonly number[]
}

/** The shelves asked for are read while it is still asked what of them may be seen: one round trip for most. */
async function openPersons(ctx: Context, asked: readonly number[], horizon: Then): Promise<Opened> {
  const [found, first, spoken] = await Promise.all([
    reachOfPatients(ctx, asked),
    open(ctx, asked, horizon),
    alsoOf(ctx, asked),
  ])
  const reaches = new Map(found)
  const { further, restricted } = furtherShelves(asked, reaches, horizon)
  for (const reach of found.values())
    if (reach.all) for (const patientId of reach.patientIds) reaches.set(patientId, reach)
  if (further.length === 0 && restricted.length === 0)
    return { reaches, shelves: byShelf(first), others: otherShelves(spoken, asked) }
  const [second, whole, spokenToo] = await Promise.all([
    open(ctx, further, horizon),
    open(ctx, restricted, horizon, true),
    alsoOf(ctx, further),
  ])
  const shelves = new Map([...byShelf([...first, ...second]), ...byShelf(whole)])
  return { reaches, shelves, others: otherShelves([...spoken, ...spokenToo], [...asked, ...further]) }
}

const otherShelves = (
  spoken: readonly { readonly patientId: number }[],
  known: readonly number[],
): number[] => [...new Set(spoken.map(({ patientId }) => patientId))].filter((one) => !known.includes(one))

/** What of one list of entries may be seen, by all that decides it. */
interface Seen {
  readonly items: readonly Item[]
  readonly byPlace: ReadonlyMap<string, Item>
}

const seenBefore = new WeakMap<readonly Entry[], Map<string, Seen>>()
/** Who asks for one person in turn; more than these are rare. */
const MOST_VIEWS = 8

/** All that {@link mayBeSeen} looks at besides the entry. */
const viewOf = ({ actor }: Context, { all, restricted, claim }: Reach): string =>
  `${actor.kind === 'client' ? actor.facility : ''} ${all} ${restricted} ${claim}`

function seenOf(ctx: Context, reach: Reach, entries: readonly Entry[]): Seen {
  const views = seenBefore.get(entries) ?? new Map<string, Seen>()
  seenBefore.set(entries, views)
  const view = viewOf(ctx, reach)
  const known = views.get(view)
  if (known) return known
  const items = entries
    .filter((entry) => mayBeSeen(ctx, reach, entry))
    .map((entry) => itemOfEntry(ctx, entry))
  const seen = { items, byPlace: new Map(items.map((one) => [placeOf(one), one])) }
  if (views.size >= MOST_VIEWS) views.clear()
  views.set(view, seen)
  return seen
}

function visible(ctx: Context, { reaches, shelves }: Pick<Opened, 'reaches' | 'shelves'>): Seen[] {
  return [...shelves].flatMap(([patientId, entries]) => {
    const reach = reaches.get(patientId)
    return reach ? [seenOf(ctx, reach, entries)] : []
  })
}

const itemsIn = (seen: readonly Seen[]): readonly Item[] => seen.flatMap(({ items }) => items)

function byPlaceIn(seen: readonly Seen[], further: readonly Item[]): ReadonlyMap<string, Item> {
  const [only] = seen
  if (only && seen.length === 1 && further.length === 0) return only.byPlace
  return new Map([...itemsIn(seen), ...further].map((one) => [placeOf(one), one]))
}

function alikeOf(ctx: Context, reaches: ReadonlyMap<number, Reach>): Map<string, ReadonlySet<string>> {
  const alike = new Map<string, ReadonlySet<string>>()
  for (const [patientId, { all, patientIds }] of reaches)
    if (all && patientIds.length > 1)
      alike.set(referenceOf(ctx, patientId), new Set(patientIds.map((each) => referenceOf(ctx, each))))
  return alike
}

/** What stands on other persons' shelves and speaks of these: as far as the others' word lets it be seen. */
async function spokenElsewhere(
  ctx: Context,
  others: readonly number[],
  about: ReadonlySet<string>,
  horizon: Then,
): Promise<{ readonly items: Item[]; readonly reaches: ReadonlyMap<number, Reach> }> {
  if (others.length === 0) return { items: [], reaches: new Map() }
  const [reaches, entries] = await Promise.all([reachOfPatients(ctx, others), open(ctx, others, horizon)])
  const items = itemsIn(visible(ctx, { reaches: new Map(reaches), shelves: byShelf(entries) }))
  return {
    items: items.filter((one) => patientsOf(one.resource()).some((reference) => about.has(reference))),
    reaches,
  }
}

/**
 * Opens what may be seen of these persons: with a person's grant on all her Patients' shelves and where others' resources
 * speak of her; without it what the asking facility stated on the very shelf asked for.
 */
export async function openScene(ctx: Context, asked: readonly number[], opening: Then = {}): Promise<Scene> {
  const opened = await openPersons(ctx, asked, opening)
  const visibles = visible(ctx, opened)
  const seen = new Set(visibles.flatMap(({ items: [first] }) => (first ? [first.patientId] : [])))
  const isSeen = (patientId: number) => (opened.reaches.get(patientId)?.all ?? false) || seen.has(patientId)
  const shown = asked.filter(isSeen)
  const alike = alikeOf(ctx, opened.reaches)
  const about = new Set(
    shown.flatMap((patientId) => {
      const reference = referenceOf(ctx, patientId)
      return [reference, ...(alike.get(reference) ?? [])]
    }),
  )
  const elsewhere = await spokenElsewhere(ctx, opened.others, about, opening)
  return {
    ctx,
    items: byPlaceIn(visibles, elsewhere.items),
    reaches: new Map([...elsewhere.reaches, ...opened.reaches]),
    alike,
    hidden: asked.filter((patientId) => !isSeen(patientId)),
  }
}

/** How far everything that a scene shows has come by now. */
export async function horizonOf({ ctx, items, reaches }: Scene): Promise<Horizon> {
  const at = ctx.now().getTime()
  const shelves = new Set([...items.values()].map(({ patientId }) => patientId))
  for (const [patientId, reach] of reaches) if (reach.all) shelves.add(patientId)
  return { marks: await shelfMarks(ctx, [...shelves]), at }
}

/** A resource of the directory as it stood; undefined where it did not. */
async function asOf(
  ctx: Context,
  version: DirectoryVersion,
  at: number | undefined,
): Promise<DirectoryVersion | undefined> {
  if (at === undefined || version.at.getTime() <= at) return version
  const versions = await historyInDirectory(ctx, version.no)
  return versions.find((each) => each.at.getTime() <= at)
}

/** What of these resources of the directory may be read, as of a moment. */
export async function shownOfDirectory(
  ctx: Context,
  versions: readonly DirectoryVersion[],
  at?: number,
): Promise<Item[]> {
  const then = await Promise.all(versions.map((version) => asOf(ctx, version, at)))
  return then
    .filter((version) => version !== undefined)
    .filter((version) => !version.deleted && mayReadInDirectory(ctx.actor, version))
    .map((version) => itemOfDirectory(ctx, version))
}

export const directoryItems = async (ctx: Context, nos: readonly number[], at?: number): Promise<Item[]> =>
  await shownOfDirectory(ctx, await readInDirectory(ctx, nos), at)
