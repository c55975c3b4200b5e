import { cityModel, type Model } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'

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

/**
 * By what the city decides now: what the last night has learned, else what the release brings. Asked outside of any
 * transaction, at most once a minute.
 */
export async function modelNow(ctx: Context): Promise<Model> {
  const now = performance.now()
  const known = used.get(ctx.pool)
  if (known && now - known.readAt < FRESH) return known.model
  const version = await newest(ctx)
  const kept = known?.version === version ? known : await modelOf(ctx, version)
  used.set(ctx.pool, { ...kept, readAt: now })
  return kept.model
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
