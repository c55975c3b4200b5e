import { sql } from 'kysely'
import { type Context, inTransaction, type Resident } from '../platform/context.ts'
import { openForHouse, sealForHouse } from '../platform/houseseal.ts'
import { Problem } from '../platform/problem.ts'

/** Unsent answers for one book at one telephone: enough, too few to fill a disk. */
const MOST_DRAFTS = 12
const KEPT_DAYS = 60
const PURPOSE = 'draft'

export interface Draft {
  readonly uuid: string
  readonly text: string
  readonly savedAt: Date
}

const about = (uuid: string): string => `draft ${uuid}`

/** Drafts of one book at one telephone, of its owner of today: whoever has the number next finds none of them. */
export interface DraftPlace extends Pick<Resident, 'phoneHash' | 'epoch'> {
  /** Whose book, by her homes, her own first; null for one's own. */
  readonly homes: readonly number[] | null
}

const isOf = (homes: DraftPlace['homes']) =>
  homes === null ? sql<boolean>`draft.home is null` : sql<boolean>`draft.home = any(${[...homes]}::bigint[])`

export const ownDrafts = ({ phoneHash, epoch }: Resident): DraftPlace => ({ phoneHash, epoch, homes: null })

/** Keeps the newest form of unsent answers. @throws {Problem} declaration.too-many-drafts */
export async function saveDraft(
  ctx: Context,
  { phoneHash, epoch, homes }: DraftPlace,
  uuid: string,
  text: string,
): Promise<void> {
  const content = sealForHouse(ctx.keys, PURPOSE, text, about(uuid))
  await inTransaction(ctx, async ({ db }) => {
    await db
      .insertInto('declaration.draft')
      .values({ phone_hash: phoneHash, uuid, content, saved_at: ctx.now(), epoch, home: homes?.[0] ?? null })
      .onConflict((conflict) =>
        conflict
          .columns(['phone_hash', 'uuid'])
          .doUpdateSet({ content, saved_at: ctx.now() })
          .where(sql<boolean>`draft.epoch = ${epoch} and ${isOf(homes)}`),
      )
      .execute()
    const rows = await db
      .selectFrom('declaration.draft')
      .select('uuid')
      .where('phone_hash', '=', phoneHash)
      .where('epoch', '=', epoch)
      .where(isOf(homes))
      .limit(MOST_DRAFTS + 1)
      .execute()
    if (rows.length > MOST_DRAFTS) throw new Problem('declaration.too-many-drafts')
  })
}

/** Newest first. */
export async function draftsOf(ctx: Context, { phoneHash, epoch, homes }: DraftPlace): Promise<Draft[]> {
  const rows = await ctx.db
    .selectFrom('declaration.draft')
    .select(['uuid', 'content', 'saved_at'])
    .where('phone_hash', '=', phoneHash)
    .where('epoch', '=', epoch)
    .where(isOf(homes))
    .orderBy('saved_at', 'desc')
    .execute()
  return rows.map(({ uuid, content, saved_at }) => ({
    uuid,
    text: openForHouse(ctx.keys, PURPOSE, content, about(uuid)),
    savedAt: saved_at,
  }))
}

export async function dropDraft(
  ctx: Context,
  { phoneHash, epoch, homes }: DraftPlace,
  uuid: string,
): Promise<void> {
  await ctx.db
    .deleteFrom('declaration.draft')
    .where('phone_hash', '=', phoneHash)
    .where('uuid', '=', uuid)
    .where('epoch', '=', epoch)
    .where(isOf(homes))
    .execute()
}

/** Answers nobody sent for so many days are forgotten. */
export async function sweepDrafts(ctx: Context): Promise<void> {
  const before = new Date(ctx.now().getTime() - KEPT_DAYS * 86_400_000)
  await ctx.db.deleteFrom('declaration.draft').where('saved_at', '<', before).execute()
}
