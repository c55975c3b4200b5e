import { cityModel, type Model } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'
import { faultOf } from '../../platform/log.ts'

/** What decides, and which it is: 0 is what the release brings. */
export interface Kept {
  readonly version: number
  readonly model: Model
}

/** So long may a process decide by what was learned the night before, ms. */
const FRESH = 60_000
const used = new WeakMap<Db, Kept & { readonly readAt: number }>()

const shipped = (): Kept => ({ version: 0, model: cityModel() })

/** The model of that version. @throws {RangeError} one that is not kept */
export async function modelOf({ pool }: Context, version: number): Promise<Kept> {
  if (version === 0) return shipped()
  const row = await pool
    .selectFrom('identity.model')
    .select('model')
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw new RangeError(`no model of version ${version}`)
  return { version, model: row.model as Model }
}

async function newest({ pool }: Context): Promise<number> {
  const row = await pool
    .selectFrom('identity.model')
    .select((eb) => eb.fn.max('version').as('version'))
    .executeTakeFirst()
  return Number(row?.version ?? 0)
}

/** Reads anew by what the city decides. Outside of any transaction, such as when the house opens. */
export async function readModel(ctx: Context): Promise<void> {
  const known = used.get(ctx.pool) ?? { ...shipped(), readAt: 0 }
  used.set(ctx.pool, { ...known, readAt: performance.now() })
  const version = await newest(ctx)
  // as long as it is the same, it is the very same object: what is drawn from it is kept beside it
  if (version !== known.version)
    used.set(ctx.pool, { ...(await modelOf(ctx, version)), readAt: performance.now() })
}

/**
 * By what the city decides now: what the last night has learned, else what the release brings. Never waits, so that it
 * may be asked within a transaction; what is learned meanwhile is known a minute later.
 */
export function modelNow(ctx: Context): Model {
  const known = used.get(ctx.pool)
  if (!known || performance.now() - known.readAt > FRESH)
    readModel(ctx).catch((error: unknown) => ctx.log.warn({ fault: faultOf(error) }, 'model'))
  return (known ?? shipped()).model
}

/** Keeps what was learned, beside all that was before. @returns its version */
export async function keepModel(ctx: Context, model: Model, records: number): Promise<number> {
  const version = (await newest(ctx)) + 1
  await ctx.pool
    .insertInto('identity.model')
    .values({ version, learned_at: ctx.now(), records, model: JSON.stringify(model) })
    .execute()
  return version
}
