import { ageOn, dayInVietnam } from '@sokhoe/model'
import { LineKind, SourceKind } from '@sokhoe/model/reading'
import { z } from 'zod'
import { type Entered, enterBook } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { openEntries } from '../entries.ts'
import { lastVisitors, lookedAt } from '../looked.ts'
import { type Filed, filedIn } from './filed.ts'
import { homeOf } from './home.ts'
import type { Reader } from './line.ts'
import { listOf } from './lists.ts'
import { seriesIn, seriesOf } from './series.ts'
import { timelineOf } from './timeline.ts'
import { warmWords } from './words.ts'

const OfBook = z.object({ book: z.string().max(64) })
const OfSeries = OfBook.extend({ code: z.string().max(64) })
const OfList = OfBook.extend({ kind: LineKind })
const Page = z.object({ before: z.string().max(200).optional() })
const TimelinePage = Page.extend({ kind: LineKind.optional(), source: SourceKind.optional() })
const AccessPage = Page.extend({ by: z.enum(['others', 'own']).default('others') })

/** Every measured thing a book can hold; a page of them is opened. */
const MOST_SERIES = 60

interface Opened extends Entered {
  readonly all: readonly Filed[]
  readonly reader: Reader
}

function readerFor({ ctx, book }: Entered): Reader {
  const { birthDate, sex } = book.demographics
  const day = dayInVietnam(ctx.now())
  return { ctx, day, body: { sex, age: ageOn(birthDate, day)?.min ?? null } }
}

/** Authorised, written down, read once: what is open to whoever asks, newest first, texts still closed. */
async function openToRead(ctx: Context, whose: string, what: string): Promise<Opened & { book: KeptOf }> {
  const entered = await enterBook(ctx, whose, { action: 'record.read', what })
  const entries = await openEntries(entered, { later: true })
  return { ...entered, all: filedIn(entries), reader: readerFor(entered) }
}
type KeptOf = Awaited<ReturnType<typeof enterBook>>['book']

/** Whether somebody sees less than the person herself may: a proxy, or a new number that may not read all yet. */
const seesLess = ({ ctx: { actor }, book }: Opened): boolean =>
  actor.kind !== 'resident' || actor.acting !== null || actor.arriving.includes(book.home)

/** A book as its person, or whoever acts for her, reads it. */
export const readingRoutes: Routes = async (app) => {
  warmWords()

  app.get(
    '/api/books/:book/home',
    { schema: { summary: 'What is in a book, what next, who looked', params: OfBook } },
    async ({ ctx, params }) => {
      const opened = await openToRead(ctx, params.book, 'home')
      const visitors = await lastVisitors(opened.ctx, opened.book)
      return { ...homeOf(opened.all, opened.book, opened.reader, seesLess(opened)), visitors }
    },
  )

  app.get(
    '/api/books/:book/timeline',
    {
      schema: {
        summary: 'Everything in a book, newest first, a page at a time',
        params: OfBook,
        querystring: TimelinePage,
      },
    },
    async ({ ctx, params, query }) => {
      const { all, reader } = await openToRead(ctx, params.book, 'timeline')
      return timelineOf(all, query, reader)
    },
  )

  app.get(
    '/api/books/:book/series',
    { schema: { summary: 'Everything measured, each with its latest value', params: OfBook } },
    async ({ ctx, params }) => {
      const { all, reader } = await openToRead(ctx, params.book, 'series')
      return seriesIn(all, reader, MOST_SERIES)
    },
  )

  app.get(
    '/api/books/:book/series/:code',
    { schema: { summary: 'One measured thing over time', params: OfSeries } },
    async ({ ctx, params }) => {
      const { all, reader } = await openToRead(ctx, params.book, 'series')
      const series = seriesOf(all, params.code, reader)
      if (!series) throw new Problem('request.not-found')
      return series
    },
  )

  app.get(
    '/api/books/:book/lists/:kind',
    { schema: { summary: 'What a book holds of one kind', params: OfList } },
    async ({ ctx, params }) => {
      const { all, reader } = await openToRead(ctx, params.book, 'list')
      return listOf(all, params.kind, reader)
    },
  )

  app.get(
    '/api/books/:book/accesses',
    { schema: { summary: 'Who looked at a book', params: OfBook, querystring: AccessPage } },
    async ({ ctx, params, query }) => {
      const entered = await enterBook(ctx, params.book, { action: 'book.accesses', what: 'accesses' })
      return await lookedAt(entered.ctx, entered.book, query)
    },
  )
}
