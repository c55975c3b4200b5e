import { isDate } from '@sokhoe/model'
import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { RETENTION, type RetentionClass } from '../../record/index.ts'
import { words } from '../statements/said.ts'
import { answerRequest, requestsAtOffice, takeRequest } from './office.ts'
import { askRequest, requestsOf } from './requests.ts'

const OfBook = z.object({ book: z.string().max(64) })
const Asked = z.strictObject({
  uuid: z.uuid().toLowerCase(),
  kind: z.enum(['close', 'object', 'erase']),
  words: words(2000).default(''),
})

const One = z.object({ person: z.string().max(64), number: z.coerce.number().int().min(1).max(1_000_000) })
const Answered = z.strictObject({
  is: z.enum(['granted', 'refused']),
  words: words(2000),
  ground: z.enum(['expired', 'not-a-record']).optional(),
  retentionClass: z.enum(Object.keys(RETENTION) as [RetentionClass, ...RetentionClass[]]).optional(),
  retainUntil: z
    .string()
    .refine((day) => day.length === 10 && isDate(day))
    .optional(),
})

/** What a person asks of the privacy office, and its answers. */
export const requestRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/requests',
    { schema: { summary: 'What was asked for a book, and how it stands', params: OfBook } },
    ({ ctx, params }) => requestsOf(ctx, params.book),
  )

  app.post(
    '/api/books/:book/requests',
    { schema: { summary: 'Ask to close, to object, or to be erased', params: OfBook, body: Asked } },
    async ({ ctx, params, body }, reply) => {
      const done = await askRequest(ctx, params.book, body)
      return reply.code(done.outcome === 'kept' ? 201 : 200).send(done)
    },
  )

  app.get(
    '/api/department/requests',
    {
      schema: {
        summary: 'What waits for the privacy office',
        querystring: z.object({ all: z.literal('1').optional() }),
      },
    },
    ({ ctx, query }) => requestsAtOffice(ctx, query.all === '1'),
  )

  app.post(
    '/api/department/requests/:person/:number/take',
    { schema: { summary: 'A request is in hand', params: One } },
    async ({ ctx, params }, reply) => {
      await takeRequest(ctx, params)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/department/requests/:person/:number/answer',
    { schema: { summary: 'Answer a request; what is granted is carried out', params: One, body: Answered } },
    async ({ ctx, params, body }, reply) => {
      await answerRequest(ctx, params, body)
      return reply.code(204).send()
    },
  )
}
