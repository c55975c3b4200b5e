import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { z } from 'zod'
import { authorize } from '../access/index.ts'
import { eventsOf } from '../audit/index.ts'
import { bookNumber, cardToken, enterBook, type KeptBook, ownBook, personId } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import type { Routes } from '../platform/http.ts'
import { bundleOf } from '../record/index.ts'
import { tellAccess } from './accesses.ts'
import { openEntries } from './entries.ts'

const EMPTY = '{"resourceType":"Bundle","type":"searchset","total":0}'

async function recordOf(ctx: Context, book: KeptBook): Promise<Buffer> {
  const { home, patientIds } = book
  await authorize(ctx, { action: 'record.read', home, patientIds, purpose: 'own', what: 'record' })
  return bundleOf(await openEntries({ ctx, book }), { type: 'searchset' })
}

function wardOf(code: string | null, now: Date) {
  const ward = code === null ? undefined : wardAt(code, dayInVietnam(now))
  return ward ? { code: ward.code, name: ward.name } : null
}

async function cardOf(ctx: Context, publicUrl: string, book: KeptBook) {
  const { home, patientId, patientIds, demographics, ward, level } = book
  const token = await cardToken(ctx, home)
  return {
    person: personId(ctx, patientId),
    name: demographics.name,
    birthDate: demographics.birthDate,
    sex: demographics.sex,
    ward: wardOf(ward, ctx.now()),
    number: bookNumber(ctx.keys, home),
    url: token === undefined ? null : `${publicUrl}/c/${token}`,
    level,
    patients: patientIds.length,
  }
}

async function ownCard(ctx: Context, publicUrl: string, book: KeptBook) {
  const { home, patientId } = book
  await authorize(ctx, { action: 'book.card', home, patientIds: [patientId], purpose: 'own', what: 'card' })
  return await cardOf(ctx, publicUrl, book)
}

/** The resident's reading of her own book. */
export const bookRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    app.get('/api/me/record', { schema: { summary: 'Everything in my book' } }, async ({ ctx }, reply) => {
      const book = await ownBook(ctx)
      const bundle = book ? await recordOf(ctx, book) : EMPTY
      return reply.type('application/fhir+json; charset=utf-8').send(bundle)
    })

    app.get('/api/me/card', { schema: { summary: 'My card and what its QR holds' } }, async ({ ctx }) => {
      const book = await ownBook(ctx)
      return book ? await ownCard(ctx, publicUrl, book) : null
    })

    app.get(
      '/api/books/:book/card',
      { schema: { summary: 'A card and what its QR holds', params: z.object({ book: z.string().max(64) }) } },
      async ({ ctx, params }) => {
        const entered = await enterBook(ctx, params.book, { action: 'book.card', what: 'card' })
        return await cardOf(entered.ctx, publicUrl, entered.book)
      },
    )

    app.get('/api/me/accesses', { schema: { summary: 'Who looked at my book' } }, async ({ ctx }) => {
      const book = await ownBook(ctx)
      return book ? (await eventsOf(ctx.pool, book.patientIds)).map(tellAccess) : []
    })
  }
