import { getHeapStatistics } from 'node:v8'
import type { Prepared } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { openCandidates } from '../linking/candidates.ts'

/** A Patient opened for tonight: what its source says, folded; its keys in their order; its active numbers, blind. */
export interface Opened {
  readonly prepared: Prepared
  readonly keys: Float64Array
  readonly numbers: ReadonlySet<string>
  /** Of them, those that mean something within its source only. */
  readonly own: ReadonlySet<string>
}

/** Opened at once: a few statements and some milliseconds of work. */
const AT_ONCE = 1000
/** About so much memory takes one that is open, bytes; all of them together may take half of what there is. */
const BYTES = 2000
const mostOpen = (): number => Math.floor(getHeapStatistics().heap_size_limit / 2 / BYTES)

const NOTHING: ReadonlySet<string> = new Set()
const NO_KEYS = new Float64Array()

async function keysOfEach(
  { pool }: Context,
  patientIds: readonly number[],
): Promise<Map<number, Float64Array>> {
  const { rows } = await sql<{ patient_id: number; keys: string }>`
    select patient_id, string_agg(key::text, ' ' order by key) as keys from identity.link_key
    where patient_id = any(${[...patientIds]}::bigint[]) group by patient_id`.execute(pool)
  return new Map(rows.map((row) => [row.patient_id, Float64Array.from(row.keys.split(' '), Number)]))
}

async function ownNumbers(
  { pool }: Context,
  patientIds: readonly number[],
): Promise<Map<number, Set<string>>> {
  const { rows } = await sql<{ patient_id: number; hash: Buffer }>`
    select patient_id, hash from identity.identifier
    where patient_id = any(${[...patientIds]}::bigint[]) and system = 'own' and until is null`.execute(pool)
  const own = new Map<number, Set<string>>()
  for (const { patient_id, hash } of rows)
    own.set(patient_id, (own.get(patient_id) ?? new Set()).add(hash.toString('hex')))
  return own
}

async function open(ctx: Context, patientIds: readonly number[]): Promise<[number, Opened][]> {
  const [candidates, keysOf, ownOf] = await Promise.all([
    openCandidates(ctx, patientIds),
    keysOfEach(ctx, patientIds),
    ownNumbers(ctx, patientIds),
  ])
  return candidates.map(({ patientId, prepared, numbers: all }) => {
    const [keys = NO_KEYS, own = NOTHING] = [keysOf.get(patientId), ownOf.get(patientId)]
    return [patientId, { prepared, keys, numbers: all.size > 0 ? all : NOTHING, own }]
  })
}

/** Patients opened in this process, the longest unused forgotten first. */
export function openRecords(
  ctx: Context,
): (patientIds: Iterable<number>) => Promise<ReadonlyMap<number, Opened>> {
  const cache = new Map<number, Opened>()
  const most = mostOpen()
  const forgetSome = () => {
    for (const patientId of cache.keys()) {
      if (cache.size <= most) return
      cache.delete(patientId)
    }
  }
  return async (patientIds) => {
    const found = new Map<number, Opened>()
    const missing: number[] = []
    for (const patientId of patientIds) {
      const known = cache.get(patientId)
      if (!known) {
        missing.push(patientId)
        continue
      }
      found.set(patientId, known)
      cache.delete(patientId)
      cache.set(patientId, known)
    }
    for (let at = 0; at < missing.length; at += AT_ONCE)
      for (const [patientId, opened] of await open(ctx, missing.slice(at, at + AT_ONCE))) {
        found.set(patientId, opened)
        cache.set(patientId, opened)
      }
    forgetSome()
    return found
  }
}
