import type { Line } from '@sokhoe/model/reading'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { history } from '../../record/index.ts'
import { filedIn } from './filed.ts'
import { lineOf } from './line.ts'
import { openToRead } from './open.ts'

/** One line of a book in all its versions, the latest first. @throws {Problem} book.line-unknown */
async function versionsOf(ctx: Context, whose: string, id: string): Promise<{ versions: Line[] }> {
  const named = readPublicId(ctx.keys.id, id)
  const { ctx: entered, all, reader } = await openToRead(ctx, whose, 'line')
  const stands = all.find(({ entry }) => entry.patientId === named?.patientId && entry.no === named.no)
  if (!stands) throw new Problem('book.line-unknown')
  const { patientId, no } = stands.entry
  const entries = await history(entered, patientId, no, { restricted: true })
  const lines = filedIn(entries).map((filed) => lineOf(filed, reader))
  return { versions: lines.toSorted((a, b) => b.version - a.version) }
}

const One = z.object({ book: z.string().max(64), id: z.string().max(64) })

export const lineRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/lines/:id',
    { schema: { summary: 'One line of a book in all its versions', params: One } },
    ({ ctx, params }) => versionsOf(ctx, params.book, params.id),
  )
}
