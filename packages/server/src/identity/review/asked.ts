import { type Decision, decide } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf } from '../../platform/ids.ts'
import { openCandidates } from '../linking/candidates.ts'
import { SAID_ANEW } from '../linking/tables.ts'
import { modelNow } from '../night/model.ts'
import { type Demographics, openDemographics } from '../people/demographics.ts'
import type { Level } from '../people/tables.ts'

/** Two Patients of whom the station of a ward is asked whether they are one person. */
export interface AskedPair {
  /** The smaller number first. */
  readonly patients: readonly [number, number]
  /** To whom each belongs now. */
  readonly persons: readonly [number, number]
  /** 'sample': they were linked automatically, and somebody looks whether rightly. */
  readonly state: 'open' | 'sample'
  /** They are one person already, and it is asked whether rightly. */
  readonly linked: boolean
  /** Why it is asked though the weights alone would say more, where a rule says so. */
  readonly rule: string | null
  readonly at: Date
}

/**
 * Compares any of some Patients with any of others, now, in memory.
 * @returns the comparison that speaks most for one person; undefined where one side is not known
 */
export type Comparing = (some: readonly number[], others: readonly number[]) => Decision | undefined

/** Opens these Patients for comparisons. Whoever asks shows levels and weights, and values only where she may. */
export async function comparing(ctx: Context, patientIds: readonly number[]): Promise<Comparing> {
  const opened = await openCandidates(ctx, [...new Set(patientIds)])
  const prepared = new Map(opened.map((one) => [one.patientId, one.prepared]))
  const model = modelNow(ctx)
  const of = (ids: readonly number[]) => ids.flatMap((id) => prepared.get(id) ?? [])
  return (some, others) => {
    const all = of(some).flatMap((one) => of(others).map((other) => decide(one, other, model)))
    // two verified numbers of whichever records: nothing that speaks for one person hides them
    const never = all.find(({ rule }) => rule === 'two-verified-numbers')
    return never ?? all.toSorted((a, b) => b.score - a.score)[0]
  }
}

interface Row extends Omit<AskedPair, 'patients' | 'persons' | 'linked'> {
  readonly patient_id: number
  readonly other_patient_id: number
  readonly one: number
  readonly two: number
}

/** Enough for weeks of one station; what is more comes after these are answered. */
const MOST_PAIRS = 2000

/** What a ward's station is asked, longest first. What is one person already is asked only as a sample. */
export async function pairsAsked(ctx: Context, ward: string): Promise<AskedPair[]> {
  const { rows } = await sql<Row>`
    select pair.patient_id, pair.other_patient_id, one.person as one, two.person as two, pair.state, pair.rule,
      pair.noted_at as at
    from identity.pair pair
    join identity.patient one on one.patient_id = pair.patient_id and one.home = pair.patient_id / 4096
    join identity.patient two on two.patient_id = pair.other_patient_id and two.home = pair.other_patient_id / 4096
    join identity.person her on her.home = one.person
    join identity.person other on other.home = two.person
    where pair.ward = ${ward} and pair.state in ('open', 'sample')
      -- of one person a sample is asked, and a link that looks wrong since its source said something else
      and (one.person <> two.person and pair.state = 'open'
        or one.person = two.person and (pair.state = 'sample' or pair.score < 0 or pair.rule = ${SAID_ANEW}))
      and her.status in ('active', 'stated') and other.status in ('active', 'stated')
      -- what somebody has answered waits for the second person alone
      and not exists (select from identity.judgement where judgement.ward = pair.ward and judgement.state = 'waits'
        and judgement.pairs @> jsonb_build_array(jsonb_build_array(pair.patient_id, pair.other_patient_id)))
    order by pair.noted_at, pair.patient_id, pair.other_patient_id limit ${MOST_PAIRS}`.execute(ctx.db)
  return rows.map(({ patient_id, other_patient_id, one, two, ...row }) => ({
    ...row,
    patients: [patient_id, other_patient_id],
    persons: [one, two],
    linked: one === two,
  }))
}

/** Holds these pairs until the transaction ends. @returns how many of them are asked still */
export async function holdPairs(ctx: Context, pairs: readonly AskedPair[]): Promise<number> {
  const { rows } = await sql<{ patient_id: number }>`
    select pair.patient_id from identity.pair pair
    join unnest(${pairs.map(({ patients }) => patients[0])}::bigint[],
      ${pairs.map(({ patients }) => patients[1])}::bigint[], ${pairs.map(({ state }) => state)}::text[])
      asked (one, two, state)
      on asked.one = pair.patient_id and asked.two = pair.other_patient_id and asked.state = pair.state
    order by pair.patient_id, pair.other_patient_id for update of pair`.execute(ctx.db)
  return rows.length
}

/** What one source states of somebody, and to whom it belongs now. */
export interface StatedRecord {
  readonly patientId: number
  readonly person: number
  /** 'self', or the code of a facility. */
  readonly source: string
  readonly ward: string | null
  readonly demographics: Demographics
  readonly since: Date
  /** Of the person: 'stated' where facilities alone know her. */
  readonly status: string
  readonly level: Level
}

type StoredRecord = Omit<StatedRecord, 'patientId' | 'demographics'> & {
  readonly patient_id: number
  readonly demographics: Buffer
}

/** These Patients, by number. Whoever asks has made sure that the actor may see them, and writes it down. */
export async function recordsOf(
  ctx: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, StatedRecord>> {
  if (patientIds.length === 0) return new Map()
  const ids = [...new Set(patientIds)]
  const [{ rows }, keys] = await Promise.all([
    sql<StoredRecord>`
      select patient.patient_id, patient.person, patient.source, patient.ward, patient.demographics,
        patient.created_at as since, person.status, person.level
      from identity.patient patient join identity.person person on person.home = patient.person
      where patient.home = any(${ids.map(homeOf)}::bigint[]) and patient.patient_id = any(${ids}::bigint[])`.execute(
      ctx.db,
    ),
    dataKeysOf(ctx, ids),
  ])
  const records = rows.flatMap(({ patient_id: patientId, demographics, ...row }) => {
    const key = keys.get(patientId)
    return key ? [{ ...row, patientId, demographics: openDemographics(key, patientId, demographics) }] : []
  })
  return new Map(records.map((one) => [one.patientId, one]))
}
