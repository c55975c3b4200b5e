import { sql } from 'kysely'
import type { Client, Context } from '../../../../platform/context.ts'
import { publicId, type ResourceKey } from '../../../../platform/ids.ts'
import { fingerprint } from '../../../../platform/keys.ts'

/** What stands here under a name that a source gave it. */
export interface Known extends ResourceKey {
  readonly type: string
  readonly digest: Buffer
}

const hashOf = ({ keys }: Context, { facility }: Client, name: string): Buffer =>
  fingerprint(keys, 'imported', facility, name)

/** Which of these names this source has sent before, and where that stands. */
export async function knownBy(
  ctx: Context,
  client: Client,
  names: Iterable<string>,
): Promise<ReadonlyMap<string, Known>> {
  const byHash = new Map([...new Set(names)].map((name) => [hashOf(ctx, client, name).toString('hex'), name]))
  if (byHash.size === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('exchange.imported')
    .selectAll()
    .where('source', '=', client.facility)
    .where(
      'key_hash',
      '=',
      sql<Buffer>`any(${[...byHash.keys()].map((hex) => Buffer.from(hex, 'hex'))}::bytea[])`,
    )
    .execute()
  return new Map(
    rows.map(({ key_hash, patient_id: patientId, no, type, digest }) => [
      byHash.get(key_hash.toString('hex')) ?? '',
      { patientId, no, type, digest },
    ]),
  )
}

/** Its public address. */
export const addressOf = ({ keys }: Context, { type, patientId, no }: Known): string =>
  `${type}/${publicId(keys.id, { patientId, no })}`

/** Keeps where names stand, in the transaction that put it there. */
export async function keepKnown(
  ctx: Context,
  client: Client,
  known: readonly (Known & { readonly names: readonly string[] })[],
): Promise<void> {
  const at = ctx.now()
  const rows = known.flatMap(({ names, patientId, no, type, digest }) =>
    names.map((name) => ({
      key_hash: hashOf(ctx, client, name),
      source: client.facility,
      patient_id: patientId,
      no,
      type,
      digest,
      at,
    })),
  )
  if (rows.length === 0) return
  await ctx.db
    .insertInto('exchange.imported')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['key_hash', 'source']).doUpdateSet((excluded) => ({
        patient_id: excluded.ref('excluded.patient_id'),
        no: excluded.ref('excluded.no'),
        type: excluded.ref('excluded.type'),
        digest: excluded.ref('excluded.digest'),
        at: excluded.ref('excluded.at'),
      })),
    )
    .execute()
}
