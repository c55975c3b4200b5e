import { dayInVietnam } from '@sokhoe/model/dates'
import { basisFor, familyRulesOn } from '@sokhoe/model/family'
import { z } from 'zod'
import { openProxies, type Relation, standProxy } from '../../access/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { redeemLiveCode } from '../cards/index.ts'
import { type Book, booksAt } from '../people/books.ts'
import { enterAtStation, homeNamed } from '../people/enter.ts'
import { homesOf } from '../people/kin.ts'
import { bind, unbind } from './bonds.ts'
import { AskBody, type Terms, termsEnd } from './giving.ts'

/** Somebody at the desk: found among the people of the ward, or showing a live code. */
const AtDesk = z.union([z.object({ person: z.string().max(64) }), z.object({ live: z.string().max(400) })])

const OfPerson = z.object({ person: z.string().max(64) })
const ERRAND = { action: 'station.proxy', purpose: 'proxy' } as const

async function standing(ctx: Context, who: z.infer<typeof AtDesk>): Promise<Book> {
  const shown = 'live' in who ? await redeemLiveCode(ctx, who.live) : undefined
  const home = 'live' in who ? shown?.home : await homeNamed(ctx, who.person)
  const { book } = await enterAtStation(ctx, home, {
    ...ERRAND,
    what: 'identity',
    present: shown !== undefined,
  })
  return book
}

interface Agreed extends Terms {
  readonly relation: Relation
}

/**
 * Both stand at the desk and the worker has compared their papers: what they agree on is begun at once. A child from
 * seven is asked in person here; topics of a grown-up are her own word.
 */
async function agreeAtStation(ctx: Context, subject: Book, holder: Book, agreed: Agreed): Promise<number> {
  if (subject.home === holder.home) throw new Problem('family.not-yourself')
  const day = dayInVietnam(ctx.now())
  const { birthDate } = subject.demographics
  const basis = basisFor(familyRulesOn(day), birthDate, day)
  const { relation, topics } = agreed
  const until = termsEnd(ctx, agreed.until)
  const common = { home: subject.home, holder: holder.home, relation, topics, until } as const
  const how = {
    basis: 'station',
    givenBy: 'station',
    confirmed: basis === 'parent' ? undefined : 'station',
  } as const
  return await inTransaction(ctx, (ctx) =>
    bind(ctx, { ...common, ...how, sharedByHer: basis === 'none' }, 'proxy'),
  )
}

async function tellAtStation(ctx: Context, person: string) {
  const home = await homeNamed(ctx, person)
  const { book } = await enterAtStation(ctx, home, { ...ERRAND, what: 'proxies' })
  const rows = await openProxies(ctx, homesOf(book))
  const holders = await booksAt(
    ctx,
    rows.map(({ holder }) => holder),
  )
  const names = new Map(holders.map((one) => [one.home, one.demographics.name]))
  return rows.map((row) => ({
    id: row.proxy_id,
    name: names.get(row.holder) ?? '',
    relation: row.relation,
    basis: row.basis,
    standing: standProxy(row, book.demographics.birthDate, ctx.now()).standing,
    topics: row.topics,
    confirmed: row.confirmed_how,
    until: row.until?.toISOString() ?? null,
  }))
}

/** At the desk: who acts for whom, for those without a telephone and for children whom several claim. */
export const familyAtStation: Routes = async (app) => {
  app.post(
    '/api/station/proxies',
    {
      schema: {
        summary: 'Both are here: one may act for the other',
        body: AskBody.extend({ subject: AtDesk, holder: AtDesk }),
      },
    },
    async ({ ctx, body }, reply) => {
      const { subject, holder, ...agreed } = body
      const [about, acts] = [await standing(ctx, subject), await standing(ctx, holder)]
      return reply.code(201).send({ id: await agreeAtStation(ctx, about, acts, agreed) })
    },
  )

  app.get(
    '/api/station/people/:person/proxies',
    { schema: { summary: 'Who may act for this person', params: OfPerson } },
    ({ ctx, params }) => tellAtStation(ctx, params.person),
  )

  app.delete(
    '/api/station/people/:person/proxies/:id',
    {
      schema: {
        summary: 'End a proxy at the person’s word',
        params: OfPerson.extend({
          id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
        }),
      },
    },
    async ({ ctx, params }, reply) => {
      const home = await homeNamed(ctx, params.person)
      const { book } = await enterAtStation(ctx, home, { ...ERRAND, what: 'proxy' })
      const ended = { home: book.home, id: params.id }
      await inTransaction(ctx, (ctx) => unbind(ctx, ended, 'station', 'proxy'))
      return reply.code(204).send()
    },
  )
}
