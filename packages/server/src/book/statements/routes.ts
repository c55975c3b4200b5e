import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { keepMeasured, Measured } from './measure.ts'
import { Said } from './said.ts'
import { addStatement, changeStatement, type Done, statementOf, statementsOf } from './statements.ts'

const OfBook = z.object({ book: z.string().max(64) })
const One = OfBook.extend({ id: z.string().max(64) })
const Uuid = z.uuid().toLowerCase()
const Version = z.int().min(1)

const send = (reply: FastifyReply, done: Done) => reply.code(done.outcome === 'kept' ? 201 : 200).send(done)

/** A person's own statements and measurements, one by one. */
export const statementRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/statements',
    { schema: { summary: 'What the person stated herself', params: OfBook } },
    ({ ctx, params }) => statementsOf(ctx, params.book),
  )

  app.get(
    '/api/books/:book/statements/:id',
    { schema: { summary: 'Every version of one statement', params: One } },
    ({ ctx, params }) => statementOf(ctx, params.book, params.id),
  )

  app.post(
    '/api/books/:book/statements',
    {
      schema: {
        summary: 'Add a statement of my own',
        params: OfBook,
        body: z.strictObject({ uuid: Uuid, said: Said }),
      },
    },
    async ({ ctx, params, body }, reply) =>
      send(reply, await addStatement(ctx, params.book, body.uuid, body.said)),
  )

  app.put(
    '/api/books/:book/statements/:id',
    {
      schema: {
        summary: 'Change a statement of my own; without `said` it is no longer so',
        params: One,
        body: z.strictObject({ uuid: Uuid, version: Version, said: Said.optional() }),
      },
    },
    async ({ ctx, params, body: { uuid, version, said } }, reply) =>
      send(
        reply,
        await changeStatement(ctx, params.book, params.id, { uuid, version, ...(said && { said }) }),
      ),
  )

  app.post(
    '/api/books/:book/measurements',
    { schema: { summary: 'What was measured at home', params: OfBook, body: Measured } },
    async ({ ctx, params, body }, reply) => send(reply, await keepMeasured(ctx, params.book, body)),
  )
}
