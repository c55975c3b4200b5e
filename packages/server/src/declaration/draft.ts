import { type Context, inTransaction, type Resident } from '../platform/context.ts'
import { openForHouse, sealForHouse } from '../platform/houseseal.ts'
import { Problem } from '../platform/problem.ts'

/** Unsent answers at one telephone: enough for a family, too few to fill a disk. */
const MOST_DRAFTS = 12
const KEPT_DAYS = 60
const PURPOSE = 'draft'

export interface Draft {
  readonly uuid: string
  readonly text: string
  readonly savedAt: Date
}

const about = (uuid: string): string => `draft ${uuid}`

/** Keeps the newest form of unsent answers. @throws {Problem} declaration.too-many-drafts */
export async function saveDraft(
  ctx: Context,
  { phoneHash }: Resident,
  uuid: string,
  text: string,
): Promise<void> {
  const content = sealForHouse(ctx.keys, PURPOSE, text, about(uuid))
  await inTransaction(ctx, async ({ db }) => {
    await db
      .insertInto('declaration.draft')
      .values({ phone_hash: phoneHash, uuid, content, saved_at: ctx.now() })
      .onConflict((conflict) =>
        conflict.columns(['phone_hash', 'uuid']).doUpdateSet({ content, saved_at: ctx.now() }),
      )
      .execute()
    const rows = await db
      .selectFrom('declaration.draft')
      .select('uuid')
      .where('phone_hash', '=', phoneHash)
      .limit(MOST_DRAFTS + 1)
      .execute()
    if (rows.length > MOST_DRAFTS) throw new Problem('declaration.too-many-drafts')
  })
}

/** Newest first. */
export async function draftsOf(ctx: Context, { phoneHash }: Resident): Promise<Draft[]> {
  const rows = await ctx.db
    .selectFrom('declaration.draft')
    .select(['uuid', 'content', 'saved_at'])
    .where('phone_hash', '=', phoneHash)
    .orderBy('saved_at', 'desc')
    .execute()
  return rows.map(({ uuid, content, saved_at }) => ({
    uuid,
    text: openForHouse(ctx.keys, PURPOSE, content, about(uuid)),
    savedAt: saved_at,
  }))
}

export async function dropDraft(ctx: Context, phoneHash: Buffer, uuid: string): Promise<void> {
  await ctx.db
    .deleteFrom('declaration.draft')
    .where('phone_hash', '=', phoneHash)
    .where('uuid', '=', uuid)
    .execute()
}

/** Answers nobody sent for so many days are forgotten. */
export async function sweepDrafts(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000)
  await ctx.db.deleteFrom('declaration.draft').where('saved_at', '<', before).execute()
}
