import { type BookCopy, type BookHome, LINE_KINDS } from '@sokhoe/model/reading'
import { lastVisitors, lookedAt } from '../looked.ts'
import { homeOf } from './home.ts'
import { lineOf } from './line.ts'
import { listOf } from './lists.ts'
import { type Opened, seesLess } from './open.ts'
import { seriesIn, seriesOf } from './series.ts'

/** Every measured thing a book can hold; a page of them is opened. */
export const MOST_SERIES = 60

export async function homePage(opened: Opened): Promise<BookHome> {
  const { all, book, reader } = opened
  const visitors = await lastVisitors(opened.ctx, book)
  return { ...homeOf(all, book, reader, seesLess(opened)), visitors }
}

/**
 * A book as its app keeps it sealed for reading without network: every small page under its address, and all lines of
 * the timeline, read once.
 */
export async function copyOf(opened: Opened): Promise<BookCopy> {
  const { all, ctx, book, reader } = opened
  const list = seriesIn(all, reader, MOST_SERIES)
  const series = list.series.flatMap(({ code }): (readonly [string, unknown])[] => {
    const one = seriesOf(all, code, reader)
    return one ? [[`/series/${encodeURIComponent(code)}`, one]] : []
  })
  const lists = LINE_KINDS.map((kind) => [`/lists/${kind}`, listOf(all, kind, reader)] as const)
  const [home, others, own] = [
    await homePage(opened),
    await lookedAt(ctx, book, { by: 'others' }),
    await lookedAt(ctx, book, { by: 'own' }),
  ]
  return {
    pages: {
      '/home': home,
      '/series': list,
      ...Object.fromEntries([...series, ...lists]),
      '/accesses': others,
      '/accesses?by=own': own,
    },
    lines: all.map((filed) => lineOf(filed, reader)),
  }
}
