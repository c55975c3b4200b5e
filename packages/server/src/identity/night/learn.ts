import { cityModel, learn } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { sampleOf } from './blocks.ts'
import { keepModel } from './model.ts'
import { type Opened, openSome } from './records.ts'

/** Fewer tell more of chance than of the city: then what the release brings decides. */
const FEWEST = 5000
const WANTED = 20_000

const contentOf = ({ keys, prepared }: Opened): string => `${keys.join(' ')} ${JSON.stringify(prepared())}`

/** How many Patients can be proposed to anybody. */
async function countRecords({ pool }: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (select from identity.link_key group by patient_id) records`.execute(pool)
  return rows[0]?.count ?? 0
}

/**
 * Learns the weights of this city anew from a sample of its records in which whoever shares a key is drawn together. It
 * begins each time with what the release brings and takes the records by what they say, so that the same city learns
 * the same, whatever came first.
 * @returns version of the model to decide with; 0 for what the release brings, where there are too few to learn from
 */
export async function learnCity(ctx: Context, slices: number): Promise<number> {
  const records = await countRecords(ctx)
  if (records < FEWEST) return 0
  const opened = await openSome(ctx, await sampleOf(ctx, slices, WANTED))
  const sample = [...opened.values()]
    .map((one) => [contentOf(one), one.prepared()] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : Number(a > b)))
    .map(([, prepared]) => prepared)
  const provenance = `this city, ${sample.length} of ${records} records`
  const model = learn(sample, { population: records, start: cityModel(), provenance })
  return await keepModel(ctx, model, sample.length)
}
