import { note } from '../../../audit/index.ts'
import { type Context, inTransaction } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { clientNamed } from '../../clients/registry.ts'

const LONGEST = 500

/**
 * An address as it is compared: absolute, http or https, without user, password and fragment.
 * @throws {Problem} client.address-unfit
 */
function addressOf(text: string): string {
  const url = URL.canParse(text) && text.length <= LONGEST ? new URL(text) : undefined
  const isPlain = url?.username === '' && url.password === '' && url.hash === ''
  if (!url || !isPlain || !/^https?:$/.test(url.protocol)) throw new Problem('client.address-unfit')
  return url.href
}

/**
 * Opens an address to which a client's subscriptions may be sent. In production only https and public places are called,
 * whatever is opened.
 * @throws {Problem} client.unknown · client.address-unfit
 */
export async function addHook(ctx: Context, id: string, text: string): Promise<void> {
  const address = addressOf(text)
  const { no } = await clientNamed(ctx, id)
  await inTransaction(ctx, async (ctx) => {
    await ctx.db
      .insertInto('exchange.hook')
      .values({ client_no: no, address, since: ctx.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    await note(ctx, { action: 'client.hook', what: id })
  })
}

/** Closes it again: nothing more is sent there. @throws {Problem} client.unknown · client.address-unfit */
export async function removeHook(ctx: Context, id: string, text: string): Promise<void> {
  const address = addressOf(text)
  const { no } = await clientNamed(ctx, id)
  await inTransaction(ctx, async (ctx) => {
    await ctx.db
      .deleteFrom('exchange.hook')
      .where('client_no', '=', no)
      .where('address', '=', address)
      .execute()
    await note(ctx, { action: 'client.hook-removed', what: id })
  })
}
