import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { About, addDocument, contentOf, documentsOf, MOST_DOCUMENT_BYTES } from './documents.ts'
import { sendDocument } from './send.ts'
import { MEDIA_TYPES } from './strip.ts'

const OfBook = z.object({ book: z.string().max(64) })
const One = OfBook.extend({ id: z.string().max(64) })

/** What is said of a document travels in a header, so that the body is the picture and the address tells nothing. */
const ABOUT_HEADER = 'x-document'
const Encoded = z
  .string()
  .max(4000)
  .regex(/^[A-Za-z0-9_-]+$/)

/** @throws {Problem} request.invalid */
function aboutIn(header: unknown): About {
  const encoded = Encoded.safeParse(header)
  const text = encoded.success ? Buffer.from(encoded.data, 'base64url').toString() : ''
  try {
    return About.parse(JSON.parse(text))
  } catch (cause) {
    const at = cause instanceof z.ZodError ? cause.issues.map(({ path }) => `/${path.join('/')}`) : []
    throw new Problem('request.invalid', { cause, at: [`header ${ABOUT_HEADER}`, ...at] })
  }
}

/** Photos of papers, and PDFs. */
export const documentRoutes: Routes = async (app) => {
  app.addContentTypeParser([...MEDIA_TYPES], { parseAs: 'buffer' }, (_request, body, done) =>
    done(null, body),
  )

  app.get(
    '/api/books/:book/documents',
    { schema: { summary: 'Photos and papers in a book', params: OfBook } },
    ({ ctx, params }) => documentsOf(ctx, params.book),
  )

  app.post(
    '/api/books/:book/documents',
    {
      bodyLimit: MOST_DOCUMENT_BYTES,
      schema: {
        summary:
          'Add a photo of a paper (JPEG, PNG, WebP, PDF); x-document: base64url of {uuid, paper, title, date?}',
        params: OfBook,
      },
    },
    async (request, reply) => {
      const { ctx, params, body, headers } = request
      if (!Buffer.isBuffer(body)) throw new Problem('request.unsupported-media-type')
      const claimed = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? ''
      const done = await addDocument(ctx, params.book, aboutIn(headers[ABOUT_HEADER]), {
        bytes: body,
        claimed,
      })
      return reply.code(done.outcome === 'kept' ? 201 : 200).send(done)
    },
  )

  app.get(
    '/api/books/:book/documents/:id/content',
    { schema: { summary: 'The photo or paper itself', params: One } },
    async ({ ctx, params }, reply) => sendDocument(reply, await contentOf(ctx, params.book, params.id)),
  )
}
