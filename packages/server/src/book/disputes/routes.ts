import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { sendDocument } from '../documents/send.ts'
import { words } from '../statements/said.ts'
import { answerDispute, disputeAtDesk, disputesAtDesk, documentAtDesk, passDispute } from './desk.ts'
import { dispute, disputesOf } from './disputes.ts'
import { REASONS } from './tables.ts'

const OfBook = z.object({ book: z.string().max(64) })
const Disputing = z.strictObject({
  uuid: z.uuid().toLowerCase(),
  line: z.string().max(64),
  reason: z.enum(REASONS),
  words: words(2000).default(''),
  document: z.string().max(64).optional(),
})

const One = z.object({ person: z.string().max(64), number: z.coerce.number().int().min(1).max(1_000_000) })
const Answered = z.strictObject({
  is: z.enum(['kept', 'corrected', 'withdrawn']),
  words: words(2000),
  values: z.record(z.string().max(20), z.string().regex(/^\d{1,4}(\.\d{1,3})?$/)).optional(),
})

/** Lines that a person says are wrong, and the desk of her station that answers. */
export const disputeRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/disputes',
    { schema: { summary: 'What was disputed in a book, and how it stands', params: OfBook } },
    ({ ctx, params }) => disputesOf(ctx, params.book),
  )

  app.post(
    '/api/books/:book/disputes',
    { schema: { summary: 'Say that a line which others stated is wrong', params: OfBook, body: Disputing } },
    async ({ ctx, params, body }, reply) => {
      const done = await dispute(ctx, params.book, body)
      return reply.code(done.outcome === 'kept' ? 201 : 200).send(done)
    },
  )

  app.get(
    '/api/station/disputes',
    { schema: { summary: 'Disputes that wait at the desk of a ward' } },
    ({ ctx }) => disputesAtDesk(ctx),
  )

  app.get(
    '/api/station/disputes/:person/:number',
    { schema: { summary: 'One dispute, with every version of its line', params: One } },
    ({ ctx, params }) => disputeAtDesk(ctx, params),
  )

  app.get(
    '/api/station/disputes/:person/:number/document',
    { schema: { summary: 'The photo sent with a dispute', params: One } },
    async ({ ctx, params }, reply) => sendDocument(reply, await documentAtDesk(ctx, params)),
  )

  app.post(
    '/api/station/disputes/:person/:number/pass',
    { schema: { summary: 'Whoever stated the line is being asked', params: One } },
    async ({ ctx, params }, reply) => {
      await passDispute(ctx, params)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/station/disputes/:person/:number/answer',
    { schema: { summary: 'Answer a dispute: kept, corrected or withdrawn', params: One, body: Answered } },
    async ({ ctx, params, body }, reply) => {
      await answerDispute(ctx, params, body)
      return reply.code(204).send()
    },
  )
}
