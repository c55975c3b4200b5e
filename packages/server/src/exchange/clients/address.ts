import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { clientNamed } from './registry.ts'

const LONGEST_ADDRESS = 500
/** A demonstration may have its keys on the same machine; in production nothing is fetched from there. */
const SAME_MACHINE = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Where a client publishes its keys, so that it may change them by itself.
 * @param address https, without user, password and fragment; null takes it back
 * @throws {Problem} client.address-unfit · client.unknown
 */
export async function setKeyAddress(ctx: Context, id: string, address: string | null): Promise<void> {
  const url = address !== null && URL.canParse(address) ? new URL(address) : undefined
  const isPlain = url?.username === '' && url.password === '' && url.hash === ''
  const isWeb = url?.protocol === 'https:' || (url?.protocol === 'http:' && SAME_MACHINE.has(url.hostname))
  if (address !== null && !(isPlain && isWeb && address.length <= LONGEST_ADDRESS))
    throw new Problem('client.address-unfit')
  await inTransaction(ctx, async (ctx) => {
    const { no } = await clientNamed(ctx, id)
    await ctx.db
      .updateTable('exchange.client')
      .set({ jwks_url: url?.href ?? null, changed_at: ctx.now() })
      .where('no', '=', no)
      .execute()
    await note(ctx, { action: 'client.key-address', what: id })
  })
}
