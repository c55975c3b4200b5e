import { Readable } from 'node:stream'
import { dayInVietnam } from '@sokhoe/model'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { type Entered, enterBook } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { bundlePieces } from '../../record/index.ts'
import { findCheck } from './checks.ts'
import { openEntries } from './entries.ts'

const OfBook = z.object({ book: z.string().max(64) })
const OfCode = z.object({ code: z.string().max(40) })

const PIECE_BYTES = 64 * 1024

/** Many small pieces as few larger ones. */
function* gathered(pieces: Iterable<Buffer>): Generator<Buffer> {
  let [some, bytes]: [Buffer[], number] = [[], 0]
  for (const piece of pieces) {
    some.push(piece)
    bytes += piece.length
    if (bytes < PIECE_BYTES) continue
    yield Buffer.concat(some)
    ;[some, bytes] = [[], 0]
  }
  if (bytes > 0) yield Buffer.concat(some)
}

/** Saved under a name that says nothing of whose it is: it may lie among other people's files. */
const saveAs = (reply: FastifyReply, ctx: Context, kind: string): FastifyReply =>
  reply.header('content-disposition', `attachment; filename="so-khoe-${dayInVietnam(ctx.now())}.${kind}"`)

const enterToPrint = (ctx: Context, whose: string, what: string): Promise<Entered> =>
  enterBook(ctx, whose, { action: 'book.print', what })

/** A book on paper and as files, and the answer to whether a paper is genuine. */
export const paperRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    app.get(
      '/api/books/:book/download.json',
      { schema: { summary: 'The whole book as a FHIR Bundle', params: OfBook } },
      async ({ ctx, params }, reply) => {
        const entered = await enterToPrint(ctx, params.book, 'bundle')
        const entries = await openEntries(entered)
        const pieces = bundlePieces(entries, {
          type: 'collection',
          base: `${publicUrl}/fhir`,
          timestamp: ctx.now().toISOString(),
        })
        return saveAs(reply, ctx, 'json')
          .type('application/fhir+json; charset=utf-8')
          .send(Readable.from(gathered(pieces)))
      },
    )

    app.get(
      '/api/print-checks/:code',
      {
        schema: {
          summary: 'Whether this house printed a paper: when, which parts, how many pages',
          params: OfCode,
        },
      },
      async ({ ctx, params }) => {
        const found = await findCheck(ctx, params.code)
        if (!found) throw new Problem('print.unknown')
        return found
      },
    )
  }
