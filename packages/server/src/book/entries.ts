import { isOpenTo } from '@sokhoe/model/topics'
import type { Entered } from '../identity/index.ts'
import { type Entry, type ReadOptions, read } from '../record/index.ts'

/** What of a book is open to whoever entered it: all to the person herself, to a proxy what its topics allow. */
export async function openEntries(
  { ctx, book }: Entered,
  options: Pick<ReadOptions, 'later'> = {},
): Promise<Entry[]> {
  const topics = ctx.actor.kind === 'resident' ? ctx.actor.acting?.topics : []
  if (!topics) return await read(ctx, book.patientIds, { ...options, restricted: true })
  const entries = await read(ctx, book.patientIds, { ...options, restricted: topics.includes('restricted') })
  return entries.filter((entry) => isOpenTo(topics, entry))
}
