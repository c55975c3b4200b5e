import type { Decision } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { type PairState, SAID_ANEW } from './tables.ts'

/** What the comparison says of two Patients. */
export interface NewPair {
  readonly patientIds: readonly [number, number]
  readonly decision: Pick<Decision, 'score' | 'reasons' | 'rule'> & { readonly verdict: Decision['verdict'] }
  readonly state: PairState
  /** The station that is asked. */
  readonly ward: string | null
}

// what people have settled stays so; how long a question has waited counts from when it was first asked
const KEEP = `insert into identity.pair as known
    (patient_id, other_patient_id, verdict, score, rule, reasons, state, ward, noted_at)
  select patient_id, other_patient_id, verdict, score, rule, reasons::jsonb, state, ward, $9::timestamptz
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::text[])
    new (patient_id, other_patient_id, verdict, score, rule, reasons, state, ward)
  on conflict (patient_id, other_patient_id) do update
  set verdict = excluded.verdict, score = excluded.score, rule = excluded.rule, reasons = excluded.reasons,
    state = excluded.state, ward = coalesce(excluded.ward, known.ward),
    noted_at = case when known.state = excluded.state then known.noted_at else excluded.noted_at end
  where known.state not in ('settled', 'sample')`

/** A number that two state is asked about though all else speaks against: nothing worse than 'review' is kept. */
const verdictOf = ({ verdict }: NewPair['decision']) => (verdict === 'same' ? verdict : 'review')

/** Keeps what was found, each two once; what people have settled already stays. In the caller's transaction. */
export async function notePairs({ db, now }: Context, found: readonly NewPair[]): Promise<void> {
  const pairs = new Map(
    found
      .filter(({ patientIds: [one, other] }) => one !== other)
      .map((pair) => {
        const [first, second] = pair.patientIds.toSorted((a, b) => a - b)
        return [`${first} ${second}`, { first, second, ...pair }] as const
      }),
  )
  if (pairs.size === 0) return
  const rows = [...pairs.values()]
  await ask(
    db,
    KEEP,
    rows.map(({ first }) => first),
    rows.map(({ second }) => second),
    rows.map(({ decision }) => verdictOf(decision)),
    rows.map(({ decision }) => decision.score),
    rows.map(({ decision }) => decision.rule ?? null),
    rows.map(({ decision }) => JSON.stringify(decision.reasons)),
    rows.map(({ state }) => state),
    rows.map(({ ward }) => ward),
    now(),
  )
}

/**
 * What is no longer found about a Patient is asked no more, nor waits; but where people have decided it waits for what
 * they decided.
 */
export async function dropPairs({ db }: Context, patientId: number, but: readonly number[]): Promise<void> {
  const found = [...but]
  await sql`update identity.pair pair set state = 'gone' where state in ('open', 'waits')
    and rule is distinct from ${SAID_ANEW}
    and ((patient_id = ${patientId} and not other_patient_id = any(${found}::bigint[]))
      or (other_patient_id = ${patientId} and not patient_id = any(${found}::bigint[])))
    and not exists (select 1 from identity.ruling where ruling.patient_id = pair.patient_id
      and ruling.other_patient_id = pair.other_patient_id and ruling.ended_at is null)`.execute(db)
}

/** With which Patients this one stands in a pair of that state. */
export async function inPairsWith({ db }: Context, patientId: number, state: PairState): Promise<number[]> {
  const { rows } = await sql<{ patient_id: number }>`
    select other_patient_id as patient_id from identity.pair where patient_id = ${patientId} and state = ${state}
    union select patient_id from identity.pair where other_patient_id = ${patientId} and state = ${state}`.execute(
    db,
  )
  return rows.map((row) => row.patient_id)
}

export interface Ruled {
  /** Persons of whom people have decided, together with one of these Patients. */
  readonly persons: ReadonlySet<number>
  /** Of them, those who are the same as people say. */
  readonly same: ReadonlySet<number>
}

/** What people have decided of these Patients and others, as it stands. */
export async function ruledWith({ db }: Context, patientIds: readonly number[]): Promise<Ruled> {
  const ids = [...patientIds]
  const { rows } = await sql<{ person: number; same: boolean }>`
    select patient.person, bool_and(ruled.same) as same from (
      select other_patient_id as patient_id, same from identity.ruling
        where patient_id = any(${ids}::bigint[]) and ended_at is null
      union all select patient_id, same from identity.ruling
        where other_patient_id = any(${ids}::bigint[]) and ended_at is null) ruled
    join identity.patient patient on patient.patient_id = ruled.patient_id and patient.home = ruled.patient_id / 4096
    group by patient.person`.execute(db)
  return {
    persons: new Set(rows.map((row) => row.person)),
    same: new Set(rows.filter((row) => row.same).map((row) => row.person)),
  }
}
