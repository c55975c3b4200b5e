import { isConfirmed } from '@sokhoe/model/levels'
import { type Prepared, prepare } from '@sokhoe/signals/linkage'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf } from '../../platform/ids.ts'
import type { Keys } from '../../platform/keys.ts'
import { type Demographics, openDemographics } from '../people/demographics.ts'
import type { Side } from './policy.ts'
import { markOfHash, saidOf } from './said.ts'

/** A Patient that may be somebody else's too, opened for the comparison. */
export interface Candidate extends Side {
  readonly patientId: number
  readonly source: string
  readonly demographics: Demographics
  readonly prepared: Prepared
  /** Marks of the telephones that keep the book, where this is a book's own Patient. */
  readonly phones: readonly string[]
  /** Blind indexes, in hexadecimal, of the numbers by which it is known. */
  readonly numbers: ReadonlySet<string>
}

/** Of a key that more bear, these are looked at: it tells little, and others of the same Patient tell more. */
const MOST_A_KEY = 64
/** Who shares one key alone, with so many others, is hardly ever the one. */
const LEAST_WEIGHT = 1 / 40
/** Of one home, whose Patients are one person as a rule. */
const MOST_A_HOME = 4
/** Of all who are proposed for one. */
export const MOST_COMPARED = 32

const proposing = (mostAKey: number): string => `select asked.n::int as n, found.patient_id
  from unnest($1::bigint[]) with ordinality asked(key, n)
  cross join lateral (select patient_id from identity.link_key where link_key.key = asked.key
    order by patient_id limit ${mostAKey}) found`
const PROPOSED = proposing(MOST_A_KEY)

/** The same for whoever may see only some of them: many more are looked at before any is left out. */
const LOOKED_AT_A_KEY = 256
const MOST_LOOKED_AT = 1024
const LOOKED_AT = proposing(LOOKED_AT_A_KEY)

/** Who shares the rarest keys first; a few of each home. */
function ranked(bearers: readonly (readonly number[])[]): number[] {
  const weights = new Map<number, number>()
  for (const some of bearers)
    for (const patientId of some) weights.set(patientId, (weights.get(patientId) ?? 0) + 1 / some.length)
  const homes = new Map<number, number>()
  const best: number[] = []
  for (const [patientId, weight] of [...weights].toSorted(([a, one], [b, two]) => two - one || a - b)) {
    if (weight < LEAST_WEIGHT) break
    const of = homes.get(homeOf(patientId)) ?? 0
    if (of >= MOST_A_HOME) continue
    homes.set(homeOf(patientId), of + 1)
    if (best.push(patientId) >= MOST_COMPARED) break
  }
  return best
}

/**
 * Who may be each of these, by their keys: one statement for all, which reads blind keys and nothing else. It only
 * proposes; {@link openCandidates} and the comparison decide.
 * @returns for each in the order given: Patients, likeliest first, few enough to compare
 */
export async function proposed({ db }: Context, keys: readonly (readonly number[])[]): Promise<number[][]> {
  const flat = keys.flat()
  if (flat.length === 0) return keys.map(() => [])
  const rows = await ask<{ n: number; patient_id: number }>(db, PROPOSED, flat)
  const bearers = Map.groupBy(rows, ({ n }) => n)
  let last = 0
  return keys.map((own) =>
    ranked(own.map(() => (bearers.get(++last) ?? []).map(({ patient_id }) => patient_id))),
  )
}

/**
 * Who of those whom somebody may see may be the one with these keys. Whoever she may not see takes nobody's place, and
 * weighs nothing in who is likeliest.
 * @param seenOf of these Patients those whom she may see; asked once, whether there are any or none
 * @returns likeliest first, few enough to compare
 */
export async function proposedAmong(
  { db }: Context,
  keys: readonly number[],
  seenOf: (patientIds: readonly number[]) => Promise<ReadonlySet<number>>,
): Promise<number[]> {
  const rows = await ask<{ n: number; patient_id: number }>(db, LOOKED_AT, [...keys])
  const bearers = [...Map.groupBy(rows, ({ n }) => n).values()].map((some) =>
    some.map(({ patient_id }) => patient_id),
  )
  // the rarest keys first: of a city's commonest name not everybody can be looked at
  const rarest = bearers.toSorted((a, b) => a.length - b.length)
  const seen = await seenOf([...new Set(rarest.flat())].slice(0, MOST_LOOKED_AT))
  return ranked(rarest.map((some) => some.filter((patientId) => seen.has(patientId))))
}

export interface PatientRow extends Side {
  readonly patient_id: number
  readonly source: string
  readonly demographics: Buffer
}

const PATIENTS = `select patient.patient_id, patient.person, patient.source, patient.ward, patient.demographics,
    person.status, person.level
  from identity.patient patient join identity.person person on person.home = patient.person
  where patient.home = any($1::bigint[]) and patient.patient_id = any($2::bigint[]) order by patient.patient_id`
const NUMBERS = `select patient_id, hash, assurance, system = 'own' as own from identity.identifier
  where patient_id = any($1::bigint[]) and until is null`
const PHONES = 'select distinct home, phone_hash from identity.keeper where home = any($1::bigint[])'

interface NumberRow {
  readonly patient_id: number
  readonly hash: Buffer
  readonly assurance: string
  /** It means something within its source only. */
  readonly own: boolean
}

const isOwn = ({ source }: { readonly source: string }): boolean => source === 'self'

/** What is known of Patients beside their sources' word: numbers, and the telephones that keep their own books. */
export async function besides(
  ctx: Context,
  patientIds: readonly number[],
  homes = [...new Set(patientIds.map(homeOf))],
) {
  const [numbers, phones] = await Promise.all([
    ask<NumberRow>(ctx.db, NUMBERS, [...patientIds]),
    ask<{ home: number; phone_hash: Buffer }>(ctx.db, PHONES, [...homes]),
  ])
  return {
    numbers: Map.groupBy(numbers, (row) => row.patient_id),
    phones: Map.groupBy(phones, (row) => row.home),
  }
}

const hexOf = (numbers: readonly NumberRow[]): Set<string> =>
  new Set(numbers.map(({ hash }) => hash.toString('hex')))

/** What is said of a Patient, ready to be compared, from its row and what lies beside it. */
export function preparedOf(
  keys: Keys,
  row: Side & { readonly source: string },
  demographics: Demographics,
  { numbers, phones }: { readonly numbers: readonly NumberRow[]; readonly phones: readonly string[] },
): Prepared {
  const said = saidOf(keys, demographics, {
    ward: row.ward,
    phones,
    verified: hexOf(numbers.filter(({ assurance }) => assurance === 'verified')),
    // of a confirmed book only what was seen counts: a number added later is a mere word
    onlyVerified: isOwn(row) && isConfirmed(row.level),
  })
  return prepare(said)
}

/** Marks of the telephones that keep a book, for the book's own Patient. */
export const phonesOf = (
  row: { readonly source: string; readonly patient_id: number },
  keeping: ReadonlyMap<number, readonly { readonly phone_hash: Buffer }[]>,
): string[] =>
  isOwn(row) ? (keeping.get(homeOf(row.patient_id)) ?? []).map((one) => markOfHash(one.phone_hash)) : []

/**
 * These Patients as the comparison takes them, whatever state their persons are in: three statements at once, and
 * nothing leaves this process.
 */
export async function openCandidates(ctx: Context, patientIds: readonly number[]): Promise<Candidate[]> {
  if (patientIds.length === 0) return []
  const homes = [...new Set(patientIds.map(homeOf))]
  const [rows, keys, beside] = await Promise.all([
    ask<PatientRow>(ctx.db, PATIENTS, homes, [...patientIds]),
    dataKeysOf(ctx, patientIds),
    besides(ctx, patientIds, homes),
  ])
  return rows.flatMap((row) => {
    const { patient_id: patientId, demographics: sealed, ...side } = row
    const key = keys.get(patientId)
    if (!key) return []
    const demographics = openDemographics(key, patientId, sealed)
    const numbers = beside.numbers.get(patientId) ?? []
    const phones = phonesOf(row, beside.phones)
    const prepared = preparedOf(ctx.keys, row, demographics, { numbers, phones })
    return [{ ...side, patientId, demographics, phones, prepared, numbers: hexOf(numbers) }]
  })
}

/** Whom these keys propose, opened: for one who asks, such as somebody who is looked for. */
export async function candidatesFor(ctx: Context, keys: readonly number[]): Promise<Candidate[]> {
  const [found = []] = await proposed(ctx, [keys])
  return await openCandidates(ctx, found)
}
