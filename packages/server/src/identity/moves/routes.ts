import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import type { Desk } from '../codes/desk.ts'
import { PaperBody } from './proofs.ts'
import { checkAtStation, claim, tellChanges, undoByCode, undoHere, vouch } from './steps.ts'

const PapersBody = z.object({ idCard: PaperBody.optional(), insurance: PaperBody.optional() })
const papersOf = ({ idCard, insurance }: z.infer<typeof PapersBody>) => ({ 'id-card': idCard, insurance })
const CodeBody = z.object({ code: z.string().max(200) })
const OfPerson = z.object({ person: z.string().max(64) })

/** A book moves to another telephone: two proofs from the new one, three days for the old one to say no. */
export const moveRoutes =
  (desk: Desk, publicUrl: string): Routes =>
  async (app) => {
    app.get(
      '/api/phone-changes',
      { schema: { summary: 'Changes of telephone that concern me' } },
      ({ ctx }) => tellChanges(ctx),
    )

    app.post(
      '/api/phone-changes',
      {
        schema: {
          summary: 'My book is kept at another number',
          body: PapersBody.extend({
            from: z.union([
              z.object({ phone: z.string().max(200) }),
              z.object({ card: z.string().max(400) }),
            ]),
          }),
        },
      },
      async ({ ctx, body }, reply) => {
        await claim(ctx, desk, publicUrl, { from: body.from, papers: papersOf(body) })
        return reply.code(202).send(await tellChanges(ctx))
      },
    )

    app.post(
      '/api/phone-changes/vouch',
      {
        schema: { summary: 'Whoever shows this code is of my family', body: CodeBody.extend(OfPerson.shape) },
      },
      async ({ ctx, body }, reply) => {
        await vouch(ctx, desk, publicUrl, body)
        return reply.code(204).send()
      },
    )

    app.post(
      '/api/phone-changes/undo',
      { schema: { summary: 'That was not me: nothing moves', body: CodeBody.partial() } },
      async ({ ctx, body, ip }, reply) => {
        await (body.code === undefined ? undoHere(ctx) : undoByCode(ctx, body.code, ip))
        return reply.code(204).send()
      },
    )

    app.post(
      '/api/station/phone-changes',
      {
        schema: {
          summary: 'She stands before me: her book moves to her new number',
          body: PapersBody.extend(CodeBody.shape).extend(OfPerson.shape),
        },
      },
      async ({ ctx, body }) => {
        const { code, person } = body
        return { state: await checkAtStation(ctx, desk, publicUrl, { code, person, papers: papersOf(body) }) }
      },
    )
  }
