import { isOpenTo } from '@sokhoe/model/topics'
import { levelShows, wordOf } from '../access/index.ts'
import type { Book, Entered } from '../identity/index.ts'
import { type Entry, type ReadOptions, read } from '../record/index.ts'

/**
 * What a book as sure as this shows its holder. Whose Patients are hers was decided when it was opened; in its own home a
 * station alone writes beside her.
 */
const isShown =
  ({ claim }: Pick<Book, 'claim'>) =>
  ({ source, restricted }: Entry): boolean =>
    levelShows(claim, wordOf(source, true), restricted)

/** What of a book is open to whoever entered it: all to the person herself, to a proxy what its topics allow. */
export async function openEntries(
  { ctx, book }: Entered,
  options: Pick<ReadOptions, 'later'> = {},
): Promise<Entry[]> {
  const topics = ctx.actor.kind === 'resident' ? ctx.actor.acting?.topics : []
  const restricted = !topics || topics.includes('restricted')
  const entries = (await read(ctx, book.patientIds, { ...options, restricted })).filter(isShown(book))
  return topics ? entries.filter((entry) => isOpenTo(topics, entry)) : entries
}
