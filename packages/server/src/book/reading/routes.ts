import { LineKind, SourceKind } from '@sokhoe/model/reading'
import { z } from 'zod'
import { enterBook } from '../../identity/index.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { lookedAt } from '../looked.ts'
import { copyOf, homePage, MOST_SERIES } from './copy.ts'
import { listOf } from './lists.ts'
import { openToRead } from './open.ts'
import { seriesIn, seriesOf } from './series.ts'
import { timelineOf } from './timeline.ts'

const OfBook = z.object({ book: z.string().max(64) })
const OfSeries = OfBook.extend({ code: z.string().max(64) })
const OfList = OfBook.extend({ kind: LineKind })
const Page = z.object({ before: z.string().max(200).optional() })
const TimelinePage = Page.extend({ kind: LineKind.optional(), source: SourceKind.optional() })
const AccessPage = Page.extend({ by: z.enum(['others', 'own']).default('others') })

/** A book as its person, or whoever acts for her, reads it. */
export const readingRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/home',
    { schema: { summary: 'What is in a book, what next, who looked', params: OfBook } },
    async ({ ctx, params }) => await homePage(await openToRead(ctx, params.book, 'home')),
  )

  app.get(
    '/api/books/:book/copy',
    { schema: { summary: 'A whole book for reading without network', params: OfBook } },
    async ({ ctx, params }) => {
      await enterBook(ctx, params.book, { action: 'book.accesses', what: 'accesses' })
      return await copyOf(await openToRead(ctx, params.book, 'copy'))
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
