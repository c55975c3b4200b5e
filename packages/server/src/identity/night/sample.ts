import { sql } from 'kysely'
import { type Context, inTransaction } from '../../platform/context.ts'

/** Links laid before people each week, over the whole city: about one for each station. */
const DRAWN = 200
const WEEK = 7 * 86_400_000

/** The constants of a linear congruential generator; all that is asked of it is another start each week. */
const startOf = (week: number): number => (week * 1_103_515_245 + 12_345) % 2 ** 31

export interface Sampled {
  readonly week: number
  readonly linked: number
  readonly drawn: number
}

/**
 * Lays a week's sample of the links that the comparison made by itself before the stations, once each week. Every so
 * many-th link in the order of its score, from a start that the week decides: each link is as likely as any other, and
 * sure and unsure ones, wards and kinds of evidence come in the shares that they have, so that the share of right ones
 * among them is that of all. Links that no station can be asked about, since nobody states a ward, are left out.
 * @returns undefined where the week's sample was drawn before
 */
export async function drawSample(ctx: Context): Promise<Sampled | undefined> {
  const week = Math.floor(ctx.now().getTime() / WEEK)
  return await inTransaction(ctx, async ({ db }) => {
    const { rows: begun } = await sql<{ week: number }>`
      insert into identity.link_sample (week, drawn_at, linked, drawn) values (${week}, ${ctx.now()}, 0, 0)
      on conflict do nothing returning week`.execute(db)
    if (begun.length === 0) return undefined
    // the hash mixes those of one score, so that neither age nor number of a Patient decides
    const { rows: drawn } = await sql<{ linked: number }>`
      with linked as (
        select patient_id, other_patient_id, count(*) over () as linked,
          row_number() over (order by score, hashint8extended(patient_id # other_patient_id, ${week})) as place
        from identity.pair where state = 'linked' and verdict = 'same' and ward is not null)
      update identity.pair set state = 'sample', noted_at = ${ctx.now()} from linked
      where pair.patient_id = linked.patient_id and pair.other_patient_id = linked.other_patient_id
        and (linked.place + ${startOf(week)}::bigint) % greatest(1, ceil(linked.linked / ${DRAWN}::float8)::bigint) = 0
      returning linked.linked`.execute(db)
    const sampled = { week, linked: drawn[0]?.linked ?? 0, drawn: drawn.length }
    await sql`update identity.link_sample set linked = ${sampled.linked}, drawn = ${sampled.drawn}
      where week = ${week}`.execute(db)
    return sampled
  })
}
