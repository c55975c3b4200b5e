import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { z } from 'zod'
import { moveTo, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { patientNow } from '../../record/index.ts'
import { resourceOf, writeInBook } from './write.ts'

const Moved = z.strictObject({
  /** Code of a ward of today. */
  ward: z.string().regex(/^\d{5}$/),
  address: z.string().trim().max(300).default(''),
})

const ERRAND = { action: 'book.move', what: 'identity', whole: true } as const

/**
 * She lives elsewhere now: her ward's station, households and counts change at once.
 * @throws {Problem} as `writeInBook`; book.ward-unknown
 */
async function moved(ctx: Context, whose: Whose, { ward, address }: z.infer<typeof Moved>) {
  const unit = wardAt(ward, dayInVietnam(ctx.now()))
  if (!unit) throw new Problem('book.ward-unknown')
  return await writeInBook(ctx, whose, ERRAND, async ({ ctx, book, standing, keep }) => {
    const demographics = await moveTo(ctx, book, { ward, address: address === '' ? undefined : address })
    const patient = standing.find(({ no }) => no === 0)
    if (demographics && patient)
      await keep('move', [
        { resource: patientNow(resourceOf(patient), { demographics, ward }, 'self'), no: 0 },
      ])
    return { outcome: demographics ? 'moved' : 'known', ward: { code: unit.code, name: unit.name } }
  })
}

export const movedRoutes: Routes = async (app) => {
  app.post(
    '/api/books/:book/move',
    {
      schema: {
        summary: 'I live in another ward now',
        params: z.object({ book: z.string().max(64) }),
        body: Moved,
      },
    },
    ({ ctx, params, body }) => moved(ctx, params.book, body),
  )
}
