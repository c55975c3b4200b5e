import { sql } from 'kysely'
import { ask } from '../../platform/ask.ts'
import type { Actor, Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { VersionRow } from './tables.ts'
import { openResource } from './text.ts'

/** One version of a resource of the directory. */
export interface DirectoryVersion {
  readonly no: number
  readonly version: number
  readonly type: string
  readonly source: string
  readonly alone: boolean
  readonly deleted: boolean
  readonly at: Date
  /** Final JSON, opened when first asked for; empty for what was deleted. @throws {Problem} record.damaged */
  readonly text: () => Buffer
}

/** Whoever comes through the door reads the directory, except what only its sender may read. */
export const mayReadInDirectory = (
  actor: Actor,
  { source, alone }: Pick<VersionRow, 'source' | 'alone'>,
): boolean => !alone || actor.kind === 'system' || (actor.kind === 'client' && actor.facility === source)

function toVersion({ keys }: Context, { content, ...row }: VersionRow): DirectoryVersion {
  let opened: Buffer | undefined
  const text = (): Buffer => {
    try {
      opened ??= openResource(keys, row, content)
      return opened
    } catch (cause) {
      throw new Problem('record.damaged', { cause, at: ['directory'] })
    }
  }
  return { ...row, text }
}

const COLUMNS = 'no, version, type, source, alone, deleted, at, content'
const CURRENT = `select version.no, version.version, version.type, version.source, version.alone, version.deleted,
    version.at, version.content
  from directory.resource resource join directory.version version
    on version.no = resource.no and version.version = resource.version
  where resource.no = any($1::int[])`
const ALL = `select ${COLUMNS} from directory.version where no = $1 order by version desc`

/** How these stand now, deleted ones too; whoever asks leaves out what {@link mayReadInDirectory} does not pass. */
export async function readInDirectory(ctx: Context, nos: readonly number[]): Promise<DirectoryVersion[]> {
  if (nos.length === 0) return []
  return (await ask<VersionRow>(ctx.db, CURRENT, [...nos])).map((row) => toVersion(ctx, row))
}

/** Every version of one, the newest first. */
export async function historyInDirectory(ctx: Context, no: number): Promise<DirectoryVersion[]> {
  return (await ask<VersionRow>(ctx.db, ALL, no)).map((row) => toVersion(ctx, row))
}

export interface DirectorySearch {
  /** Of each group at least one blind index must fit. */
  readonly tokens?: readonly (readonly Buffer[])[]
  /** Only what stands behind this number. */
  readonly after?: number
  readonly limit: number
}

/**
 * What stands of one type, in the order of numbers, as far as the actor may read it. Whoever searches by more looks
 * at the texts.
 */
export async function findInDirectory(
  ctx: Context,
  type: string,
  { tokens = [], after = 0, limit }: DirectorySearch,
): Promise<DirectoryVersion[]> {
  const facility = ctx.actor.kind === 'client' ? ctx.actor.facility : ''
  const narrowed = tokens.map(
    (hashes) => sql`and exists (select from directory.token token
      where token.no = resource.no and token.hash = any(${[...hashes]}::bytea[]))`,
  )
  const { rows } = await sql<VersionRow>`
    select version.no, version.version, version.type, version.source, version.alone, version.deleted, version.at,
      version.content
    from directory.resource resource join directory.version version
      on version.no = resource.no and version.version = resource.version
    where resource.type = ${type} and resource.no > ${after} and not resource.deleted
      and (not resource.alone or resource.source = ${facility} or ${ctx.actor.kind === 'system'})
      ${sql.join(narrowed, sql` `)}
    order by resource.no limit ${limit}`.execute(ctx.db)
  return rows.map((row) => toVersion(ctx, row))
}

/**
 * What of the directory the actor may read, by type: how many there are, and the last number.
 * @param since only what was stated at that moment or later
 */
export async function countInDirectory(
  ctx: Context,
  since?: Date,
): Promise<{ readonly type: string; readonly n: number; readonly last: number }[]> {
  const facility = ctx.actor.kind === 'client' ? ctx.actor.facility : ''
  const { rows } = await sql<{ type: string; n: number; last: number }>`
    select type, count(*)::int as n, max(no) as last from directory.resource resource
    where not deleted and (not alone or source = ${facility} or ${ctx.actor.kind === 'system'})
      and (${since ?? null}::timestamptz is null or exists (select from directory.version version
        where version.no = resource.no and version.version = resource.version and version.at >= ${since ?? null}))
    group by type order by type`.execute(ctx.db)
  return rows
}

export interface DirectoryChanges {
  readonly source: string
  readonly type?: string
  readonly since?: Date
  /** Only what came before this one. */
  readonly before?: { readonly at: Date; readonly no: number; readonly version: number }
  readonly limit: number
}

/** What one source stated in the directory, the newest first, deletions too. */
export async function changesInDirectory(
  ctx: Context,
  { source, type, since, before, limit }: DirectoryChanges,
): Promise<DirectoryVersion[]> {
  const rows = await ctx.db
    .selectFrom('directory.version')
    .select(['no', 'version', 'type', 'source', 'alone', 'deleted', 'at', 'content'])
    .where('source', '=', source)
    .$if(type !== undefined, (query) => query.where('type', '=', type ?? ''))
    .$if(since !== undefined, (query) => query.where('at', '>=', since ?? new Date(0)))
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(at, no, version) < (${before?.at}, ${before?.no}, ${before?.version})`),
    )
    .orderBy('at', 'desc')
    .orderBy('no', 'desc')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map((row) => toVersion(ctx, row))
}
