import { dayInVietnam } from '@sokhoe/model/dates'
import { note } from '../audit/index.ts'
import { type Book, booksAt, homeNamed, personId, waitingIn } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { isChild } from './person.ts'

/** Why somebody should look at this book before the others; never a finding. */
type Reason = 'possibly-same' | 'birth-date-vague' | 'child' | 'no-number'

const FULL_DATE = 'YYYY-MM-DD'.length

function reasonsFor({ demographics }: Book, possiblySame: boolean, today: string): Reason[] {
  const { birthDate, identifiers } = demographics
  return [
    ...(possiblySame ? (['possibly-same'] as const) : []),
    ...(birthDate.length < FULL_DATE ? (['birth-date-vague'] as const) : []),
    ...(isChild(birthDate, today) ? (['child'] as const) : []),
    ...(identifiers.length === 0 ? (['no-number'] as const) : []),
  ]
}

/**
 * Who of the ward waits to be confirmed, longest first: enough to call somebody up. Opening one is another step, which
 * she finds in her book.
 * @param after person with whom the page before ended
 */
export async function waiting(ctx: Context, ward: string, after: string | undefined) {
  const from = after === undefined ? undefined : await homeNamed(ctx, after)
  const page = await waitingIn(ctx, ward, from === undefined ? {} : { after: from })
  const books = new Map((await booksAt(ctx, page.homes)).map((book) => [book.home, book]))
  const today = dayInVietnam(ctx.now())
  const people = page.homes.flatMap((home) => {
    const book = books.get(home)
    if (!book) return []
    const { name, birthDate, sex } = book.demographics
    return [
      {
        person: personId(ctx, book.patientId),
        name,
        birthDate,
        sex,
        level: book.level,
        since: book.since.toISOString(),
        reasons: reasonsFor(book, page.possiblySame.has(home), today),
      },
    ]
  })
  await note(ctx, { action: 'station.waiting', what: `${ward} ${people.length}` })
  const last = people.at(-1)?.person ?? null
  return { people, total: page.total, next: people.length < page.limit ? null : last }
}
