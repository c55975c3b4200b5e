import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import { dataKeysOf } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { seal, unseal } from '../platform/seal.ts'

declare module '../platform/database.ts' {
  interface Tables {
    'record.document': DocumentRow
  }
}

interface DocumentRow {
  home: number
  patient_id: number
  no: number
  media_type: string
  bytes: number
  content: Buffer
  at: Date
}

/** The content of one DocumentReference, by its number on its Patient's shelf. */
export interface DocumentContent {
  readonly patientId: number
  readonly no: number
  readonly mediaType: string
  readonly content: Buffer
}

const about = (patientId: number, no: number, mediaType: string): Buffer =>
  Buffer.from(`document ${patientId} ${no} ${mediaType}`)

async function keyOf(ctx: Context, patientId: number) {
  const key = (await dataKeysOf(ctx, [patientId])).get(patientId)
  if (!key) throw new Problem('record.damaged', { at: ['data key'] })
  return key
}

/** Keeps a document's content, in the transaction that puts its DocumentReference. */
export async function keepDocument(ctx: Context, document: DocumentContent): Promise<void> {
  const { patientId, no, mediaType, content } = document
  const sealed = seal(await keyOf(ctx, patientId), content, about(patientId, no, mediaType))
  const at = { home: homeOf(patientId), patient_id: patientId, no, at: ctx.now() }
  const row = { ...at, media_type: mediaType, bytes: content.length, content: sealed }
  await ctx.db.insertInto('record.document').values(row).execute()
}

/**
 * @returns undefined where there is none, or where it was erased
 * @throws {Problem} record.damaged: it does not open
 */
export async function documentOf(
  ctx: Context,
  patientId: number,
  no: number,
): Promise<DocumentContent | undefined> {
  const row = await ctx.db
    .selectFrom('record.document')
    .select(['media_type', 'content'])
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .where('no', '=', no)
    .executeTakeFirst()
  if (!row) return undefined
  const { media_type: mediaType } = row
  const key = await keyOf(ctx, patientId)
  try {
    return { patientId, no, mediaType, content: unseal(key, row.content, about(patientId, no, mediaType)) }
  } catch (cause) {
    throw new Problem('record.damaged', { cause, at: ['document'] })
  }
}

/** How many documents a Patient has, and their bytes. */
export async function documentsKept(
  ctx: Context,
  patientId: number,
): Promise<{ readonly count: number; readonly bytes: number }> {
  const { rows } = await sql<{ count: number; bytes: number }>`
    select count(*)::int as count, coalesce(sum(bytes), 0)::bigint as bytes from record.document
    where home = ${homeOf(patientId)} and patient_id = ${patientId}`.execute(ctx.db)
  return rows[0] ?? { count: 0, bytes: 0 }
}
