import { markAsked, openProxiesAfter, standProxy } from '../../access/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { notifyPerson } from '../messages/notices.ts'
import { birthsOf } from '../people/births.ts'
import { unbind } from './bonds.ts'

const PAGE = 500

type Row = Awaited<ReturnType<typeof openProxiesAfter>>[number]['row']

/** @returns what age made of it today; nothing where it stands */
async function look(ctx: Context, row: Row, birth: string | null): Promise<'ended' | 'asked' | undefined> {
  const { standing } = standProxy(row, birth, ctx.now())
  const proxy = { home: row.home, id: row.proxy_id }
  if (standing === 'of-age') {
    await inTransaction(ctx, (ctx) => unbind(ctx, proxy, 'age', 'system'))
    return 'ended'
  }
  if (standing !== 'ask-again' || row.asked_at) return undefined
  await inTransaction(ctx, async (ctx) => {
    await markAsked(ctx, proxy)
    await notifyPerson(ctx, row.holder, 'ask-again')
  })
  return 'asked'
}

/**
 * Once a night: ends the proxies of whoever is grown up, and reminds of asking children who turned seven. Nothing waits
 * for it: every session is judged by the same rule at the moment it asks.
 */
export async function lookAtAges(ctx: Context): Promise<{ ended: number; asked: number }> {
  const done = { ended: 0, asked: 0 }
  for (let after = { home: -1, id: -1 }; ; ) {
    const rows = await openProxiesAfter(ctx, after, PAGE)
    const last = rows.at(-1)
    if (!last) return done
    after = last.at
    const births = await birthsOf(ctx, [...new Set(rows.map(({ row }) => row.home))])
    for (const { row } of rows) {
      const made = await look(ctx, row, births.get(row.home) ?? null)
      if (made) done[made] += 1
    }
  }
}
