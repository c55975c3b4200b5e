import type { Context } from '../platform/context.ts'
import type { Db } from '../platform/database.ts'
import type { Entry } from './opened.ts'

/** A shelf of one version, its directories open, its texts as far as somebody asked for them. */
export interface OpenShelf {
  readonly version: number
  readonly packs: readonly { readonly firstNo: number; readonly entries: readonly Entry[] }[]
  /** Nothing on it is damaged. */
  readonly isWhole: boolean
}

interface Kept {
  readonly patientId: number
  readonly shelf: OpenShelf
  readonly bytes: number
  /** Its place in the row from which one is drawn. */
  place: number
  /** When it was last found unchanged, ms. */
  usedAt: number
}

/** Opened shelves of one process under one key file. */
interface Shelves {
  readonly keys: Context['keys']
  readonly kept: Map<number, Kept>
  /** The same in a row, in no order. */
  readonly row: Kept[]
  bytes: number
}

/** What opened records may take of memory, texts and what is known of them. */
const MOST_BYTES = 256 * 1024 * 1024
/** Beside its text an entry takes about this much, with what is learnt of it. */
const ENTRY_BYTES = 800
/**
 * Nobody who was erased stays in a process longer than this, though no one asks for her there again: whoever is asked for
 * is looked up first, and an erased shelf has no version.
 */
const LONGEST_MS = 5 * 60_000

const caches = new WeakMap<Db, Shelves>()

function cacheOf({ pool, keys }: Context): Shelves {
  const known = caches.get(pool)
  if (known?.keys === keys) return known
  const made: Shelves = { keys, kept: new Map(), row: [], bytes: 0 }
  caches.set(pool, made)
  const sweep = setInterval(() => dropOld(made), LONGEST_MS / 5)
  sweep.unref()
  return made
}

function drop(cache: Shelves, patientId: number): void {
  const kept = cache.kept.get(patientId)
  if (!kept) return
  cache.kept.delete(patientId)
  cache.bytes -= kept.bytes
  const last = cache.row.pop()
  if (!last || last === kept) return
  cache.row[kept.place] = last
  last.place = kept.place
}

function dropOld(cache: Shelves): void {
  const oldest = performance.now() - LONGEST_MS
  for (const { patientId, usedAt } of cache.kept.values()) if (usedAt <= oldest) drop(cache, patientId)
}

/**
 * Whoever must go is drawn by lot: those who are asked about in turn, a little more of them than there is room for,
 * would otherwise each go just before her turn comes.
 */
function makeRoom(cache: Shelves): void {
  while (cache.bytes > MOST_BYTES) {
    const drawn = cache.row[Math.floor(Math.random() * cache.row.length)]
    if (!drawn) return
    drop(cache, drawn.patientId)
  }
}

const bytesOf = ({ packs }: OpenShelf): number =>
  packs.reduce(
    (sum, { entries }) => entries.reduce((all, { length }) => all + length + ENTRY_BYTES, sum),
    ENTRY_BYTES,
  )

/** Whether it is still so, whoever uses it asks the database. */
export function keptShelf(ctx: Context, patientId: number): OpenShelf | undefined {
  // what a transaction sees of its own writing is nobody else's, and may yet be undone
  if (ctx.db.isTransaction) return undefined
  const kept = cacheOf(ctx).kept.get(patientId)
  if (!kept) return undefined
  kept.usedAt = performance.now()
  return kept.shelf
}

export function keepShelf(ctx: Context, patientId: number, shelf: OpenShelf): void {
  const bytes = bytesOf(shelf)
  if (ctx.db.isTransaction || bytes > MOST_BYTES / 8) return
  const cache = cacheOf(ctx)
  drop(cache, patientId)
  cache.bytes += bytes
  // before it is in the row: she who is being read is not drawn
  makeRoom(cache)
  const kept = { patientId, shelf, bytes, place: cache.row.length, usedAt: performance.now() }
  cache.kept.set(patientId, kept)
  cache.row.push(kept)
}

export const forgetShelf = (ctx: Context, patientId: number): void => drop(cacheOf(ctx), patientId)
