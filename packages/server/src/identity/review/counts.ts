import { type Proportion, wilson } from '@sokhoe/signals/proportion'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/** What became of a queue's decisions, as far back as they are looked at. */
export interface Decided {
  /** Decisions, without those that were put off or taken back at once. */
  readonly decided: number
  /** Taken back by whoever made them within minutes: a slip of the hand. */
  readonly slips: number
  /** Of the decisions, those that were taken back later, undone by others or refused by the second person. */
  readonly wrong: Proportion
  /** Middle of how long one lay before somebody, in seconds; null where no screen told. */
  readonly seconds: number | null
  /** Of links that were made automatically and looked at blindly, how many were right. */
  readonly precision: Proportion
  /** Where the house showed what it would say: how often people said the same. */
  readonly agreed: Proportion
}

interface Row {
  readonly decided: number
  readonly slips: number
  readonly wrong: number
  readonly seconds: number | null
  readonly looked: number
  readonly right: number
  readonly suggested: number
  readonly agreed: number
}

const DAYS = 90
const SLIP = '5 minutes'

/** A ruling of the judgement that was ended by somebody else, or after the judgement was made: a merge undone. */
const ENDED = sql`exists (select 1 from identity.ruling
  join jsonb_array_elements(judgement.pairs) pair on ruling.patient_id = (pair ->> 0)::bigint
    and ruling.other_patient_id = (pair ->> 1)::bigint
  where ruling.at >= judgement.at and ruling.ended_at > judgement.at + ${SLIP}::interval)`

/**
 * What people decided in the last 90 days, counted from what they wrote down.
 * @param ward undefined for the whole city
 */
export async function decidedIn(ctx: Context, ward?: string): Promise<Decided> {
  const since = new Date(ctx.now().getTime() - DAYS * 86_400_000)
  const here = ward === undefined ? sql`` : sql`and judgement.ward = ${ward}`
  const { rows } = await sql<Row>`
    with said as (
      select judgement.*, state = 'undone' and ended_by = staff_id and ended_at <= at + ${SLIP}::interval as slip,
        ${ENDED} as ended
      from identity.judgement where said <> 'later' and at >= ${since} ${here}
    )
    select count(*) filter (where not slip)::int as decided, count(*) filter (where slip)::int as slips,
      count(*) filter (where not slip and (state in ('undone', 'refused') or ended))::int as wrong,
      percentile_cont(0.5) within group (order by seconds) filter (where not slip) as seconds,
      count(*) filter (where sample and state = 'stands')::int as looked,
      count(*) filter (where sample and state = 'stands' and said = 'same')::int as right,
      count(*) filter (where suggested is not null and state = 'stands')::int as suggested,
      count(*) filter (where suggested = said and state = 'stands')::int as agreed
    from said`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new RangeError('a count has one row')
  const { decided, slips, seconds } = row
  return {
    decided,
    slips,
    seconds,
    wrong: wilson(row.wrong, decided),
    precision: wilson(row.right, row.looked),
    agreed: wilson(row.agreed, row.suggested),
  }
}

/** One ward's queue, or what no station is asked (null). */
export interface QueueOf {
  readonly ward: string | null
  /** Questions: pairs of records, open or of the sample. */
  readonly questions: number
  readonly oldest: Date
  /** Middle of the ages, in days. */
  readonly middleDays: number
  readonly over3Days: number
  readonly over7Days: number
}

/**
 * How long questions wait, ward by ward, most waiting first; wards where nothing waits are left out.
 * @param only this ward
 */
export async function queues(ctx: Context, only?: string): Promise<QueueOf[]> {
  const now = ctx.now()
  const here = only === undefined ? sql`` : sql`and pair.ward = ${only}`
  const { rows } = await sql<QueueOf>`
    select pair.ward, count(*)::int as questions, min(noted_at) as oldest,
      percentile_cont(0.5) within group (order by extract(epoch from ${now}::timestamptz - noted_at) / 86400)
        as "middleDays",
      count(*) filter (where noted_at < ${now}::timestamptz - interval '3 days')::int as "over3Days",
      count(*) filter (where noted_at < ${now}::timestamptz - interval '7 days')::int as "over7Days"
    from identity.pair where state in ('open', 'sample') ${here}
    group by pair.ward order by count(*) desc, pair.ward`.execute(ctx.db)
  return rows
}
