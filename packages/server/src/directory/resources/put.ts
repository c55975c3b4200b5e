import type { FhirResource } from '@sokhoe/fhir'
import { ask } from '../../platform/ask.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { publicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { ResourceRow } from './tables.ts'
import { finalText, sealResource } from './text.ts'

/** What a source states that is about no person, or that only it may read. */
export interface DirectoryStated {
  /** From {@link newDirectoryNos} for a new one; else the resource whose next version this is. */
  readonly no: number
  readonly isNew?: boolean
  /** The version it was made from. */
  readonly ifVersion?: number
  readonly source: string
  readonly type: string
  /** Nobody but its source reads it; of what is deleted, as it was. */
  readonly alone: boolean
  /** Absent: it is deleted. */
  readonly resource?: FhirResource
  /** Blind indexes that find it; they replace those before. */
  readonly tokens?: readonly Buffer[]
}

export interface DirectoryPut {
  readonly no: number
  readonly id: string
  readonly version: number
  readonly at: Date
  /** Final JSON; empty for what was deleted. */
  readonly text: Buffer
}

/** Its public id: nobody's shelf is number 0. */
export const directoryId = ({ keys }: Context, no: number): string => publicId(keys.id, { patientId: 0, no })

const TAKE = `select nextval('directory.resource_no')::int as no from generate_series(1, $1)`

/** Numbers for resources that are about to be put, so that others can refer to them before. */
export async function newDirectoryNos({ db }: Context, count: number): Promise<number[]> {
  if (count === 0) return []
  return (await ask<{ no: number }>(db, TAKE, count)).map(({ no }) => no)
}

const HOLD = `select no, type, source, alone, version, deleted, at from directory.resource
  where no = any($1::int[]) order by no for update`
const ADD = `insert into directory.resource (no, type, source, alone, version, deleted, at)
  select no, type, source, alone, 1, false, $5::timestamptz
  from unnest($1::int[], $2::text[], $3::text[], $4::boolean[]) as new(no, type, source, alone)`
const CHANGE = `update directory.resource as resource
  set version = next.version, deleted = next.deleted, alone = next.alone, at = $5::timestamptz
  from unnest($1::int[], $2::int[], $3::boolean[], $4::boolean[]) as next(no, version, deleted, alone)
  where resource.no = next.no`
const FILE = `insert into directory.version (no, version, type, source, alone, deleted, at, content)
  select no, version, type, source, alone, deleted, $8::timestamptz, content
  from unnest($1::int[], $2::int[], $3::text[], $4::text[], $5::boolean[], $6::boolean[], $7::bytea[])
    as filed(no, version, type, source, alone, deleted, content)`
const FORGET = 'delete from directory.token where no = any($1::int[])'
const FIND_BY = `insert into directory.token (hash, no)
  select distinct hash, no from unnest($1::bytea[], $2::int[]) as token(hash, no)`

interface Filed extends DirectoryStated {
  readonly version: number
  readonly text: Buffer
  readonly content: Buffer
}

const column = <Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Value[] => rows.map(pick)

const isDeletion = ({ resource }: DirectoryStated): boolean => resource === undefined

/**
 * Which version this one is. @throws {Problem} fhir.version-conflict: it was made from another than the one that stands
 */
function versionOf(
  { no, isNew, ifVersion }: DirectoryStated,
  standing: ReadonlyMap<number, ResourceRow>,
): number {
  if (isNew) return 1
  const row = standing.get(no)
  if (!row) throw new RangeError('no such resource in the directory')
  if (ifVersion !== undefined && ifVersion !== row.version) throw new Problem('fhir.version-conflict')
  return row.version + 1
}

async function write(ctx: Context, filed: readonly Filed[], at: string): Promise<void> {
  const { db } = ctx
  const added = filed.filter(({ isNew }) => isNew)
  const changed = filed.filter(({ isNew }) => !isNew)
  const tokens = filed.flatMap(({ no, tokens: hashes = [] }) => hashes.map((hash) => ({ hash, no })))
  const nos = column(changed, ({ no }) => no)
  await Promise.all([
    added.length > 0 &&
      ask(
        db,
        ADD,
        column(added, ({ no }) => no),
        column(added, ({ type }) => type),
        column(added, ({ source }) => source),
        column(added, ({ alone }) => alone),
        at,
      ),
    changed.length > 0 &&
      ask(
        db,
        CHANGE,
        nos,
        column(changed, ({ version }) => version),
        column(changed, isDeletion),
        column(changed, ({ alone }) => alone),
        at,
      ),
    changed.length > 0 && ask(db, FORGET, nos),
    ask(
      db,
      FILE,
      column(filed, ({ no }) => no),
      column(filed, ({ version }) => version),
      column(filed, ({ type }) => type),
      column(filed, ({ source }) => source),
      column(filed, ({ alone }) => alone),
      column(filed, isDeletion),
      column(filed, ({ content }) => content),
      at,
    ),
    tokens.length > 0 &&
      ask(
        db,
        FIND_BY,
        column(tokens, ({ hash }) => hash),
        column(tokens, ({ no }) => no),
      ),
  ])
}

/** Takes these resources until the transaction ends, in one order, so that nobody waits in a circle. */
async function hold(
  { db }: Context,
  stated: readonly DirectoryStated[],
): Promise<ReadonlyMap<number, ResourceRow>> {
  const nos = stated.filter(({ isNew }) => !isNew).map(({ no }) => no)
  if (nos.length === 0) return new Map()
  return new Map((await ask<ResourceRow>(db, HOLD, nos)).map((row) => [row.no, row]))
}

/**
 * Keeps what sources state in the directory, all of it or nothing, in the caller's transaction or one of its own. Whoever
 * asks has made sure that the source may; the audit row is theirs.
 * @returns in the order given
 * @throws {Problem} fhir.version-conflict
 */
export async function putInDirectory(
  ctx: Context,
  stated: readonly DirectoryStated[],
): Promise<DirectoryPut[]> {
  if (stated.length === 0) return []
  return await inTransaction(ctx, async (inner) => {
    const standing = await hold(inner, stated)
    const at = ctx.now()
    const filed = stated.map((one): Filed => {
      const version = versionOf(one, standing)
      const place = { id: directoryId(ctx, one.no), version, lastUpdated: at.toISOString() }
      const text = Buffer.from(one.resource ? finalText(one.resource, place) : '')
      // that something was deleted is told to whoever could read it, and to nobody else
      const alone = one.resource ? one.alone : (standing.get(one.no)?.alone ?? true)
      return { ...one, alone, version, text, content: sealResource(ctx.keys, { no: one.no, version }, text) }
    })
    await write(inner, filed, at.toISOString())
    return filed.map(({ no, version, text }) => ({ no, id: directoryId(ctx, no), version, at, text }))
  })
}
