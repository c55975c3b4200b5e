import { Readable } from 'node:stream'
import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { bookNumber, cardToken, type Entered, enterBook } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { bundlePieces } from '../../record/index.ts'
import { openEntries } from '../entries.ts'
import type { CardFace } from './card.ts'
import { findCheck, keepCheck, newCheckCode } from './checks.ts'
import { compose } from './compose.ts'
import { disputedIn } from './disputed.ts'
import { htmlOf, POLICY } from './html.ts'
import { PARTS, type PaperPart } from './paper.ts'
import { openPress, type Press } from './press.ts'

const OfBook = z.object({ book: z.string().max(64) })
const OfCode = z.object({ code: z.string().max(40) })

/** 'all', or parts by name with commas between. */
const Asked = z.object({
  part: z.string().max(100).default('all'),
  restricted: z.enum(['yes', 'no']).default('no'),
})

/** @throws {Problem} request.invalid for a part that nobody knows */
function partsOf(asked: string): readonly PaperPart[] {
  if (asked === 'all') return PARTS
  const named = asked.split(',')
  const parts = PARTS.filter((part) => named.includes(part))
  if (parts.length !== named.length) throw new Problem('request.invalid', { at: ['/part'] })
  return parts
}

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

/** @throws {Problem} book.none for a book without a card */
async function faceOf({ ctx, book }: Entered, publicUrl: string): Promise<CardFace> {
  const { name, birthDate } = book.demographics
  const token = await cardToken(ctx, book.home)
  if (token === undefined) throw new Problem('book.none')
  const ward = book.ward === null ? undefined : wardAt(book.ward, dayInVietnam(ctx.now()))
  return {
    name,
    birth: birthDate.split('-').reverse().join('/'),
    number: bookNumber(ctx.keys, book.home),
    station: ward ? (ward.name.split(',')[0] ?? ward.name) : null,
    url: `${publicUrl}/c/${token}`,
  }
}

/** Pages, drawn by the press. */
const pageRoutes =
  (publicUrl: string, press: Press): Routes =>
  async (app) => {
    app.get(
      '/api/books/:book/print.pdf',
      {
        schema: {
          summary: 'The book, or parts of it, as pages after form 831',
          params: OfBook,
          querystring: Asked,
        },
      },
      async ({ ctx, params, query }, reply) => {
        const parts = partsOf(query.part)
        const entered = await enterToPrint(ctx, params.book, 'paper')
        const entries = await openEntries(entered)
        const code = newCheckCode()
        const isDisputed = await disputedIn(ctx, entered.book)
        const wish = { parts, restricted: query.restricted === 'yes', publicUrl, code, isDisputed }
        const printed = await press.print({ paper: compose(entered, entries, wish) }, ctx.now())
        await keepCheck(ctx, code, { parts, pages: printed.pages })
        return saveAs(reply, ctx, 'pdf').type('application/pdf').send(Buffer.from(printed.pdf))
      },
    )

    app.get(
      '/api/books/:book/card.pdf',
      { schema: { summary: 'The card on a page, to cut out', params: OfBook } },
      async ({ ctx, params }, reply) => {
        const entered = await enterBook(ctx, params.book, { action: 'book.card', what: 'printed' })
        const face = await faceOf(entered, publicUrl)
        const { pdf } = await press.print({ card: face }, ctx.now())
        return saveAs(reply, ctx, 'pdf').type('application/pdf').send(Buffer.from(pdf))
      },
    )
  }

/** Files to keep and read without this house. */
const fileRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    app.get(
      '/api/books/:book/download.html',
      { schema: { summary: 'The whole book as a page to read anywhere', params: OfBook } },
      async ({ ctx, params }, reply) => {
        const entered = await enterToPrint(ctx, params.book, 'page')
        const entries = await openEntries(entered)
        const code = newCheckCode()
        const isDisputed = await disputedIn(ctx, entered.book)
        const paper = compose(entered, entries, {
          parts: PARTS,
          restricted: true,
          publicUrl,
          code,
          isDisputed,
        })
        await keepCheck(ctx, code, { parts: PARTS, pages: 1 })
        return saveAs(reply, ctx, 'html')
          .header('content-security-policy', POLICY)
          .type('text/html; charset=utf-8')
          .send(htmlOf(paper))
      },
    )

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
  }

/** A book on paper and as files, and the answer to whether a paper is genuine. */
export const paperRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    const press = openPress()
    app.addHook('onClose', press.close)
    await app.register(pageRoutes(publicUrl, press))
    await app.register(fileRoutes(publicUrl))

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
