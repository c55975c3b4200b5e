import { z } from 'zod'
import { openProxies, standProxy } from '../../access/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import type { Desk } from '../codes/desk.ts'
import { signedIn } from '../codes/sessions.ts'
import { booksAt } from '../people/books.ts'
import { enterBook } from '../people/enter.ts'
import { homesOf } from '../people/kin.ts'
import { unbind } from './bonds.ts'
import { confirmAsChild, sendChildCode } from './confirm.ts'
import {
  AskBody,
  acceptInvitation,
  askByCode,
  changeTerms,
  giveByCode,
  previewInvitation,
  TermsBody,
} from './giving.ts'
import { memberNamed, membersOf, tellMember } from './members.ts'

const OfBook = z.object({ book: z.string().max(64) })
const OfPerson = z.object({ person: z.string().max(64) })
const OfProxy = OfBook.extend({
  id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
})
const CodeBody = z.object({ code: z.string().max(200) })

/** Who may act in a book: all of them to whose book it is, her own right to who holds one. */
async function tellProxies(ctx: Context, whose: string) {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'proxy.read', what: 'proxies' })
  const { acting } = signedIn(entered)
  const rows = (await openProxies(ctx, homesOf(book))).filter((row) => !acting || row.proxy_id === acting.id)
  const holders = await booksAt(
    ctx,
    rows.map(({ holder }) => holder),
  )
  const names = new Map(holders.map(({ home, demographics }) => [home, demographics.name]))
  return rows.map((row) => {
    const { standing, topics, isPrivate } = standProxy(row, book.demographics.birthDate, ctx.now())
    return {
      id: row.proxy_id,
      name: names.get(row.holder) ?? '',
      relation: row.relation,
      basis: row.basis,
      standing,
      topics,
      given: row.topics,
      private: isPrivate,
      confirmed: row.confirmed_how,
      since: row.since.toISOString(),
      until: row.until?.toISOString() ?? null,
      mine: acting !== null,
    }
  })
}

/** Either side ends it: whose book it is any of them, who holds one her own. @throws {Problem} access.refused */
async function endByEither(ctx: Context, whose: string, id: number): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'proxy.end', what: 'proxy' })
    const { acting } = signedIn(entered)
    if (acting && acting.id !== id) throw new Problem('access.refused')
    const [by, purpose] = acting ? (['holder', 'proxy'] as const) : (['subject', 'own'] as const)
    await unbind(entered, { home: book.home, id }, by, purpose)
  })
}

const proxyRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/proxies',
    { schema: { summary: 'Who may act in this book', params: OfBook } },
    ({ ctx, params }) => tellProxies(ctx, params.book),
  )

  app.post(
    '/api/books/:book/proxies',
    { schema: { summary: 'Invite somebody to act in my book', params: OfBook, body: AskBody } },
    async ({ ctx, params, body }, reply) => reply.code(201).send(await giveByCode(ctx, params.book, body)),
  )

  app.put(
    '/api/books/:book/proxies/:id',
    { schema: { summary: 'Change topics or end of a proxy', params: OfProxy, body: TermsBody } },
    async ({ ctx, params, body }, reply) => {
      await changeTerms(ctx, params.book, params.id, body)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/books/:book/proxies/:id',
    { schema: { summary: 'End a proxy', params: OfProxy } },
    async ({ ctx, params }, reply) => {
      await endByEither(ctx, params.book, params.id)
      return reply.code(204).send()
    },
  )

  app.post(
    '/api/me/invitations',
    { schema: { summary: 'Ask for a right in somebody’s book', body: AskBody } },
    async ({ ctx, body }, reply) => reply.code(201).send(await askByCode(ctx, body)),
  )

  app.post(
    '/api/me/invitations/preview',
    { schema: { summary: 'What an invitation says', body: CodeBody } },
    ({ ctx, body }) => previewInvitation(ctx, body.code),
  )

  app.post(
    '/api/me/invitations/accept',
    { schema: { summary: 'Accept an invitation', body: CodeBody.extend({ terms: TermsBody.optional() }) } },
    async ({ ctx, body }, reply) => {
      await acceptInvitation(ctx, body)
      return reply.code(204).send()
    },
  )
}

/** Whoever is kept at this telephone for others: who they are, what she may do, and what a child has to be asked. */
export const familyRoutes =
  (desk: Desk): Routes =>
  async (app) => {
    await app.register(proxyRoutes)

    app.get('/api/me/family', { schema: { summary: 'For whom I act' } }, async ({ ctx }) =>
      (await membersOf(ctx, signedIn(ctx))).map((member) => tellMember(ctx, member)),
    )

    app.delete(
      '/api/me/family/:person',
      { schema: { summary: 'Act for this person no more', params: OfPerson } },
      async ({ ctx, params }, reply) => {
        const { book, proxy } = await memberNamed(ctx, params.person)
        const ended = { home: book.home, id: proxy.row.proxy_id }
        await inTransaction(ctx, (ctx) => unbind(ctx, ended, 'holder', 'family'))
        return reply.code(204).send()
      },
    )

    app.post(
      '/api/me/family/:person/child-code',
      {
        schema: {
          summary: 'Send a child a code to her own telephone',
          params: OfPerson,
          body: z.object({ phone: z.string().max(200) }),
        },
      },
      async ({ ctx, params, body, ip }, reply) => {
        const member = await memberNamed(ctx, params.person)
        await sendChildCode(ctx, desk, member, { phone: body.phone, address: ip })
        return reply.code(202).send()
      },
    )

    app.post(
      '/api/me/family/:person/confirmation',
      {
        schema: {
          summary: 'The child agrees',
          params: OfPerson,
          body: z.discriminatedUnion('how', [
            z.object({ how: z.literal('same-phone') }),
            z.object({ how: z.literal('own-phone'), code: z.string().max(40) }),
          ]),
        },
      },
      async ({ ctx, params, body }, reply) => {
        await confirmAsChild(ctx, await memberNamed(ctx, params.person), body)
        return reply.code(204).send()
      },
    )
  }
