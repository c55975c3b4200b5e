import { z } from 'zod'
import { holdProxy } from '../../access/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { enterBook } from '../people/enter.ts'
import { newLiveCode } from './live.ts'
import { renewCard } from './printed.ts'

const OfBook = z.object({ book: z.string().max(64) })

const renew = (ctx: Context, publicUrl: string, whose: string): Promise<string> =>
  inTransaction(ctx, async (ctx) => {
    const entered = await enterBook(ctx, whose, { action: 'book.card', what: 'renewed' })
    const { actor } = entered.ctx
    if (actor.kind === 'resident' && actor.acting && !(await holdProxy(ctx, actor.acting)))
      throw new Problem('access.refused')
    return await renewCard(entered.ctx, publicUrl, entered.book.home)
  })

/** The two codes of a card: one that the screen shows for a minute, one that is printed. */
export const cardRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    app.post(
      '/api/books/:book/live-code',
      { schema: { summary: 'A code to show for a minute; it serves once', params: OfBook } },
      async ({ ctx, params }) => {
        const entered = await enterBook(ctx, params.book, { action: 'book.card', what: 'live-code' })
        return await newLiveCode(entered.ctx, publicUrl, entered.book.home)
      },
    )

    app.post(
      '/api/books/:book/card/renew',
      { schema: { summary: 'Revoke what is printed on cards and make it anew', params: OfBook } },
      async ({ ctx, params }) => ({ url: await renew(ctx, publicUrl, params.book) }),
    )
  }
