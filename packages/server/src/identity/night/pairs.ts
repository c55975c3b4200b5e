import { BOOK } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { policyFor, type Side, wardAsked } from '../linking/policy.ts'
import { type PairState, SAID_ANEW } from '../linking/tables.ts'
import type { Settled } from './settle.ts'
import { paged, rankOf } from './standing.ts'

/** Pairs looked at in one transaction. */
const PAGE = 2000

interface Row {
  patient_id: number
  other_patient_id: number
  verdict: 'same' | 'review'
  score: number
  rule: string | null
  state: PairState | null
  known_verdict: string | null
  known_score: number | null
  known_rule: string | null
  ruled: boolean
}

function sideAt({ records, persons }: Settled, rank: number): Side | undefined {
  const person = records.persons[rank]
  const of = person === undefined ? undefined : persons.get(person)
  return of && { person: of.home, status: of.status, level: of.level, ward: records.wards[rank] ?? null }
}

/** Of each group whether people have still to confirm the book in it, by the smallest rank. */
function unconfirmedGroups({ first, books }: Settled): Uint8Array {
  const surest = new Uint8Array(first.length)
  first.forEach((group, rank) => {
    surest[group] = Math.max(surest[group] ?? BOOK.none, books[rank] ?? BOOK.none)
  })
  return surest.map((book) => Number(book === BOOK.unconfirmed))
}

interface Judging {
  readonly settled: Settled
  readonly unconfirmed: Uint8Array
}

/** What becomes of a pair, now that the groups are known; undefined: nothing is said of it. */
function stateOf(
  { settled, unconfirmed }: Judging,
  { patient_id, other_patient_id, verdict }: Row,
): { state: PairState; ward: string | null } | undefined {
  const { records, first } = settled
  const [one, other] = [rankOf(records, patient_id), rankOf(records, other_patient_id)]
  const [a, b] = [sideAt(settled, one), sideAt(settled, other)]
  if (!a || !b) return undefined
  const ward = wardAsked(a, b)
  if (first[one] === first[other]) return { state: 'linked', ward }
  const outcome = policyFor({ verdict }, a, b)
  if (outcome === 'none') return undefined
  if (outcome !== 'linked') return { state: outcome, ward }
  // sure of by itself, and not joined: the chain was cut, or a book in it has still to be confirmed
  const waits = unconfirmed[first[one] ?? 0] === 1 || unconfirmed[first[other] ?? 0] === 1
  return { state: waits ? 'waits' : 'open', ward }
}

const isNews = (row: Row, state: PairState): boolean =>
  row.state !== state ||
  row.known_verdict !== row.verdict ||
  row.known_score !== row.score ||
  row.known_rule !== row.rule

/** People's answers stand, and what is laid before them as a sample is not taken away again. */
const isPeoples = ({ state, ruled }: Row): boolean => ruled || state === 'settled' || state === 'sample'

const page = ({ pool }: Context, last: Row | undefined) =>
  sql<Row>`
    select found.patient_id, found.other_patient_id, found.verdict, found.score, found.rule, known.state,
      known.verdict as known_verdict, known.score as known_score, known.rule as known_rule,
      exists (select 1 from identity.ruling where ruling.patient_id = found.patient_id
        and ruling.other_patient_id = found.other_patient_id and ruling.ended_at is null) as ruled
    from identity.night_pair found left join identity.pair known
      on known.patient_id = found.patient_id and known.other_patient_id = found.other_patient_id
    where (found.patient_id, found.other_patient_id)
      > (${last?.patient_id ?? -1}, ${last?.other_patient_id ?? -1})
    order by found.patient_id, found.other_patient_id limit ${PAGE}`.execute(pool)

interface Told extends Row {
  readonly next: PairState
  readonly ward: string | null
}

// how long a question has waited counts from when it was first asked
const tell = ({ pool, now }: Context, told: readonly Told[]) =>
  sql`insert into identity.pair as known
      (patient_id, other_patient_id, verdict, score, rule, reasons, state, ward, noted_at)
    select found.patient_id, found.other_patient_id, found.verdict, found.score, found.rule, found.reasons,
      told.state, told.ward, ${now()}::timestamptz
    from unnest(${told.map((row) => row.patient_id)}::bigint[], ${told.map((row) => row.other_patient_id)}::bigint[],
      ${told.map((row) => row.next)}::text[], ${told.map((row) => row.ward)}::text[])
      told (patient_id, other_patient_id, state, ward)
    join identity.night_pair found
      on found.patient_id = told.patient_id and found.other_patient_id = told.other_patient_id
    on conflict (patient_id, other_patient_id) do update
    set verdict = excluded.verdict, score = excluded.score, rule = excluded.rule, reasons = excluded.reasons,
      state = excluded.state, ward = coalesce(excluded.ward, known.ward),
      noted_at = case when known.state = excluded.state then known.noted_at else excluded.noted_at end
    where known.state not in ('settled', 'sample')`.execute(pool)

interface KnownRow {
  patient_id: number
  other_patient_id: number
  gone: boolean
}

/** What was found before and is no longer: asked no more, nor waited for. */
async function dropOthers({ pool }: Context, startedAt: Date): Promise<void> {
  const pages = paged<KnownRow>((last) =>
    sql<KnownRow>`
      select pair.patient_id, pair.other_patient_id,
        not exists (select 1 from identity.night_pair found where found.patient_id = pair.patient_id
          and found.other_patient_id = pair.other_patient_id)
        and not exists (select 1 from identity.ruling where ruling.patient_id = pair.patient_id
          and ruling.other_patient_id = pair.other_patient_id and ruling.ended_at is null) as gone
      from identity.pair pair
      where (patient_id, other_patient_id) > (${last?.patient_id ?? -1}, ${last?.other_patient_id ?? -1})
        and state in ('linked', 'waits', 'open') and noted_at <= ${startedAt}
        -- what a source has contradicted is asked until somebody answers
        and (state <> 'open' or rule is distinct from ${SAID_ANEW})
      order by patient_id, other_patient_id limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages) {
    const gone = rows.filter((row) => row.gone)
    if (gone.length > 0)
      await sql`update identity.pair set state = 'gone'
        from unnest(${gone.map((row) => row.patient_id)}::bigint[], ${gone.map((row) => row.other_patient_id)}::bigint[])
          gone (patient_id, other_patient_id)
        where pair.patient_id = gone.patient_id and pair.other_patient_id = gone.other_patient_id
          and pair.state in ('linked', 'waits', 'open')`.execute(pool)
  }
}

/**
 * Brings what is kept of pairs in line with tonight's comparison: what is asked of the stations, what waits for a
 * confirmation, what is linked; and what holds no longer is gone. Safe to stop and to repeat.
 */
export async function tellPairs(ctx: Context, settled: Settled, startedAt: Date): Promise<void> {
  const judging = { settled, unconfirmed: unconfirmedGroups(settled) }
  for await (const rows of paged<Row>((last) => page(ctx, last))) {
    const told = rows
      .filter((row) => !isPeoples(row))
      .flatMap((row): Told[] => {
        const { state = null, ward = null } = stateOf(judging, row) ?? {}
        const next = state ?? (row.state === null ? null : 'gone')
        return next !== null && isNews(row, next) ? [{ ...row, next, ward }] : []
      })
    if (told.length > 0) await tell(ctx, told)
  }
  await dropOthers(ctx, startedAt)
}
