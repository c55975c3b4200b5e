import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Opened } from './records.ts'
import { paged } from './standing.ts'

/** Keys are whole numbers from 0 to less than this. */
const SPACE = 2 ** 48
/** Rows of keys in a slice. */
const SLICE = 40_000
/** Who shares a key with more than so many shares a frequent name and no more: other keys propose her kin. */
const MOST_A_KEY = 200

/** Patients that share one key. */
export interface Block {
  readonly key: number
  readonly patientIds: readonly number[]
}

const boundOf = (slice: number, slices: number): number => Math.floor((SPACE / slices) * slice)

/** Into how many slices the keys are cut so that each is a small piece of work. */
export async function countSlices({ pool }: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from identity.link_key`.execute(pool)
  return Math.max(1, Math.ceil((rows[0]?.count ?? 0) / SLICE))
}

/** Whoever shares a key within this slice; blind keys alone are read. */
export async function blocksIn({ pool }: Context, slice: number, slices: number): Promise<Block[]> {
  const { rows } = await sql<{ key: number; ids: string }>`
    select key, string_agg(patient_id::text, ' ' order by patient_id) as ids from identity.link_key
    where key >= ${boundOf(slice, slices)} and key < ${boundOf(slice + 1, slices)}
    group by key having count(*) between 2 and ${MOST_A_KEY} order by key`.execute(pool)
  return rows.map(({ key, ids }) => ({ key, patientIds: ids.split(' ').map(Number) }))
}

/** Blocks looked at together. */
const BLOCKS = 2000

/** Whoever bears the same number of one source's own. */
export async function* ownNumberBlocks({ pool }: Context): AsyncGenerator<Block[]> {
  interface Row {
    hash: Buffer
    ids: string
  }
  const pages = paged<Row>((last) =>
    sql<Row>`
      select hash, string_agg(patient_id::text, ' ' order by patient_id) as ids from identity.identifier
      where hash > ${last?.hash ?? Buffer.alloc(0)} and system = 'own' and until is null
      group by hash having count(*) between 2 and ${MOST_A_KEY} order by hash limit ${BLOCKS}`.execute(pool),
  )
  for await (const rows of pages)
    yield rows.map(({ ids }) => ({ key: -1, patientIds: ids.split(' ').map(Number) }))
}

/** Keys that too many share to propose anybody. */
export async function frequentKeys({ pool }: Context, slices: number): Promise<ReadonlySet<number>> {
  const found = new Set<number>()
  const step = 32
  for (let slice = 0; slice < slices; slice += step) {
    const { rows } = await sql<{ key: number }>`
      select key from identity.link_key
      where key >= ${boundOf(slice, slices)} and key < ${boundOf(Math.min(slice + step, slices), slices)}
      group by key having count(*) > ${MOST_A_KEY}`.execute(pool)
    for (const { key } of rows) found.add(key)
  }
  return found
}

/** Whoever has a key in the first slices of the space, slice by slice until there are so many; who shares one comes along. */
export async function sampleOf({ pool }: Context, slices: number, wanted: number): Promise<number[]> {
  const found = new Set<number>()
  for (let slice = 0; slice < slices && found.size < wanted; slice += 1) {
    const { rows } = await sql<{ patient_id: number }>`
      select distinct patient_id from identity.link_key
      where key >= ${boundOf(slice, slices)} and key < ${boundOf(slice + 1, slices)}`.execute(pool)
    for (const { patient_id } of rows) found.add(patient_id)
  }
  return [...found]
}

/** Two that share several keys are compared once: in the block of the lowest that proposes anybody. */
export function meetFirstAt(key: number, a: Opened, b: Opened, frequent: ReadonlySet<number>): boolean {
  let [i, j] = [0, 0]
  for (;;) {
    const [one, other] = [a.keys[i], b.keys[j]]
    if (one === undefined || other === undefined) return false
    if (one === other && !frequent.has(one)) return one === key
    if (one <= other) i += 1
    if (other <= one) j += 1
  }
}

/** Settles between equal scores: from the keys of both, and so from what they say and not from when they came. */
export const tieOf = (a: Opened, b: Opened): number => (sum(a.keys) + sum(b.keys)) % SPACE

function sum(keys: Float64Array): number {
  let total = 0
  for (const key of keys) total = (total + key) % SPACE
  return total
}
