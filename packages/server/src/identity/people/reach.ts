import { type GrantWord, grantWords, levelShows, standingOf, wordOf } from '../../access/index.ts'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { gather } from '../../platform/gather.ts'
import { homeOf, PATIENTS_A_HOME } from '../../platform/ids.ts'
import { claimOf, homesOf, homesWithBook } from './kin.ts'

/** How far somebody outside the house sees into one person's record. */
export interface Reach {
  /** The person to whom the Patient belongs now. */
  readonly home: number
  /** Every Patient of hers, the one that was asked for first. */
  readonly patientIds: readonly number[]
  /** Whose Patient each of them is, in the same order. */
  readonly sources: readonly string[]
  /** Everything that sources have stated of her; otherwise only what the asking facility itself stated. */
  readonly all: boolean
  /** Code of the ward where she lives, as her first Patient that knows it says; null where nobody knows. */
  readonly ward: string | null
  /** Also what may be shown only with a grant of its own (VN-46). */
  readonly restricted: boolean
  /** How sure it is that she who asks is this person; null where somebody else asks. */
  readonly claim: string | null
}

interface Row {
  asked: number
  person: number
  patient_id: number
  source: string
  ward: string | null
}

const KIN = `select asked.patient_id as asked, asked.person, kin.patient_id, kin.source, kin.ward
  from identity.patient asked join identity.patient kin on kin.person = asked.person
  where asked.home = any($1::bigint[]) and asked.patient_id = any($2::bigint[])
  order by asked.patient_id, kin.patient_id <> asked.patient_id, kin.patient_id`

/** Every Patient of the person to whom each of these belongs. */
const kinOf = gather(async ({ db }, patientIds): Promise<ReadonlyMap<number, Row[]>> => {
  const rows = await ask<Row>(db, KIN, [...new Set(patientIds.map(homeOf))], [...patientIds])
  return Map.groupBy(rows, (row) => row.asked)
})

function homesIn(kin: readonly Row[]): number[] {
  const [first] = kin
  return first ? homesOf({ home: first.person, patientIds: kin.map((row) => row.patient_id) }) : []
}

const reachedIn = (kin: readonly Row[], home: number) => ({
  home,
  patientIds: kin.map((row) => row.patient_id),
  sources: kin.map((row) => row.source),
  ward: kin.find((row) => row.ward !== null)?.ward ?? null,
})

/** Her own record, as far as a book as sure as hers shows it. */
function ownReach(kin: readonly Row[], asked: Row, claim: string): Reach | undefined {
  const beside = homesWithBook(kin)
  const open = kin.filter(({ source, patient_id }) =>
    levelShows(claim, wordOf(source, beside.has(homeOf(patient_id)))),
  )
  // what is not open to her is not there for her
  if (!open.includes(asked)) return undefined
  return { ...reachedIn(open, asked.person), all: true, restricted: true, claim }
}

function reachOf(
  { actor }: Context,
  kin: readonly Row[],
  grants: ReadonlySet<string>,
  claims: ReadonlyMap<number, string>,
): Reach | undefined {
  const [first] = kin
  if (!first) return undefined
  const { person: home } = first
  if (actor.kind === 'resident' && actor.books.includes(home))
    return ownReach(kin, first, claims.get(home) ?? 'unknown')
  const of = { ...reachedIn(kin, home), claim: null }
  if (actor.kind === 'system') return { ...of, all: true, restricted: true }
  const treats = actor.kind === 'client' && grants.has('treatment')
  return { ...of, all: treats, restricted: treats && grants.has('restricted') }
}

/** How sure the books are that she who asks holds; nobody else claims one. */
async function claimsOf({ db, actor }: Context): Promise<ReadonlyMap<number, string>> {
  if (actor.kind !== 'resident' || actor.books.length === 0) return new Map()
  const rows = await ask<{ home: number; status: string; level: string }>(db, CLAIMS, [...actor.books])
  return new Map(rows.map(({ home, status, level }) => [home, claimOf(status, level)]))
}
const CLAIMS = `select home, status, level from identity.person where home = any($1::bigint[])`

/**
 * What the actor may see of the persons to whom these Patients belong. It decides nothing by itself: whoever asks leaves
 * out every entry that {@link mayBeSeen} does not pass, asks `may`, and writes the audit row in the same step.
 * @returns no line for a Patient that is not there
 */
export async function reachOfPatients(
  ctx: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, Reach>> {
  if (patientIds.length === 0) return new Map()
  const homes = [...new Set(patientIds.map(homeOf))]
  // most persons have one home: their grants come in the same round trip
  const [kin, guessed, claims] = await Promise.all([
    kinOf(ctx, patientIds),
    grantWords(ctx, homes),
    claimsOf(ctx),
  ])
  const homesOfAsked = new Map(patientIds.map((asked) => [asked, homesIn(kin.get(asked) ?? [])]))
  const others = [...new Set([...homesOfAsked.values()].flat())].filter((home) => !homes.includes(home))
  const moved = others.length > 0 ? await grantWords(ctx, others) : undefined
  const saidIn = (home: number): readonly GrantWord[] => moved?.get(home) ?? guessed.get(home) ?? []
  const reaches = new Map<number, Reach>()
  for (const [asked, hers] of homesOfAsked) {
    const standing = standingOf(hers.flatMap(saidIn))
    const reach = reachOf(ctx, kin.get(asked) ?? [], new Set(standing.map(({ purpose }) => purpose)), claims)
    if (reach) reaches.set(asked, reach)
  }
  return reaches
}

const OF_PERSONS = `select patient_id from identity.patient where person = any($1::bigint[])
    or person in (select person from identity.patient where home = any($1::bigint[])
      and patient_id = home * ${PATIENTS_A_HOME}::bigint)
  order by patient_id`

/** Every Patient of the persons to whom these homes belong now. */
export async function patientsOfPersons({ db }: Context, homes: readonly number[]): Promise<number[]> {
  if (homes.length === 0) return []
  return (await ask<{ patient_id: number }>(db, OF_PERSONS, [...homes])).map((row) => row.patient_id)
}

const OF_SOURCE = `select patient_id from identity.patient where source = $1 and patient_id > $2
  order by patient_id limit $3`

/** Patients that a source stated, in their order: the next ones after the given. */
export async function patientsOfSource(
  { db }: Context,
  source: string,
  after: number,
  limit: number,
): Promise<number[]> {
  return (await ask<{ patient_id: number }>(db, OF_SOURCE, source, after, limit)).map((row) => row.patient_id)
}

interface Seen {
  /** Who stated it. */
  readonly source: string
  readonly restricted: boolean
}

/**
 * Whether one entry of a record may leave the house. What the asking facility stated is its own. What may be shown only
 * with a grant of its own is left out of every list, count, export and event without it, whoever stated it; only by the
 * very id that it was given does its sender read it back.
 * @param named the resource was asked for by its id
 */
export function mayBeSeen({ actor }: Context, reach: Reach, entry: Seen, named = false): boolean {
  const isOwn = actor.kind === 'client' && entry.source === actor.facility
  // whose Patient it is was looked at before
  if (reach.claim !== null && !levelShows(reach.claim, wordOf(entry.source, true), entry.restricted))
    return false
  if (entry.restricted && !reach.restricted) return isOwn && named
  return reach.all || isOwn
}
