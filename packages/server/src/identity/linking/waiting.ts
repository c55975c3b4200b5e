import { decide } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { modelNow } from '../night/model.ts'
import type { Book } from '../people/books.ts'
import { holdNumbers } from '../people/numbers.ts'
import { turnsOf } from './around.ts'
import { type Candidate, openCandidates, proposed } from './candidates.ts'
import { type Judged, judge } from './judging.ts'
import { readyOf } from './keys.ts'
import { holdPersons, part, relink, setStatus, unite } from './links.ts'
import { dropPairs, inPairsWith, notePairs, ruledWith } from './pairs.ts'
import { wardAsked } from './policy.ts'
import { renewProposals } from './proposals.ts'
import { MERGED, PARTED } from './tables.ts'

const CONFIRMED = 'book confirmed'
/** What the same was called before the comparison decided it. */
const NUMBER_SEEN = 'number seen by the station'
const TAKEN_BACK = 'confirmation taken back'
/** By these a Patient went with its book, and came to nobody by itself. */
const MERGES = [MERGED, PARTED]
/** How people join a facility's Patient to a confirmed book: at the desk, or answering a question. */
const BY_PEOPLE = '^(linked by hand|judgement [0-9]+)$'

/** A confirmed book's own Patient, and everybody who may be she. */
async function around(ctx: Context, own: Candidate) {
  const { demographics, ward, phones, patientId } = own
  const { keys } = readyOf(ctx.keys, demographics, { ward, phones })
  const [, [found = []], waiting, ruled] = await Promise.all([
    holdNumbers(ctx, turnsOf(ctx, demographics)),
    proposed(ctx, [keys]),
    inPairsWith(ctx, patientId, 'waits'),
    ruledWith(ctx, [patientId]),
  ])
  const others = await openCandidates(ctx, [...new Set([...waiting, ...found])])
  return { others: others.filter(({ person }) => person !== own.person), ruled }
}

/** Whom people have found to be she, and who waited for that: known through facilities alone until now. */
async function awaited(ctx: Context, same: ReadonlySet<number>): Promise<number[]> {
  const persons = await holdPersons(ctx, [...same])
  return persons.filter(({ status }) => status === 'stated').map(({ home }) => home)
}

/**
 * A book has been confirmed: whoever waited for it, and whoever facilities know by the numbers that were seen, is she,
 * and all her Patients are read as one from now on. Where the comparison is not sure, or somebody else has a book, the
 * station is asked. In the caller's transaction, the person held and her book confirmed already.
 * @param who a facility's code, or who vouches otherwise
 */
export async function joinWaiting(
  ctx: Context,
  book: Pick<Book, 'home' | 'patientId'>,
  who: string,
): Promise<void> {
  await renewProposals(ctx, book.home)
  const [own] = await openCandidates(ctx, [book.patientId])
  if (!own) return
  const { others, ruled } = await around(ctx, own)
  const model = modelNow(ctx)
  const found = judge(own, others, (one) => decide(own.prepared, one.prepared, model), ruled.persons)
  const joins = found.filter(({ outcome }) => outcome === 'linked')
  for (const { candidate, decision } of joins)
    await unite(ctx, [book.home, candidate.person], { who, why: CONFIRMED, score: decision.score })
  for (const person of await awaited(ctx, ruled.same))
    await unite(ctx, [book.home, person], { who, why: CONFIRMED })
  const pairOf = ({ candidate, decision, outcome }: Judged) => ({
    patientIds: [own.patientId, candidate.patientId] as const,
    decision,
    state: outcome === 'none' ? ('gone' as const) : outcome,
    ward: wardAsked(own, candidate),
  })
  await notePairs(ctx, found.map(pairOf))
  // what waited for a mere word that nobody has seen waits no more
  await dropPairs(
    ctx,
    own.patientId,
    found.map(({ candidate }) => candidate.patientId),
  )
}

interface Linked {
  patient_id: number
  /** To whom it belonged before; null where it was joined on arrival. */
  person: number | null
}

/** Where it came from it returns, if nobody has it now; what came to her at once begins a person. */
async function giveBack(
  ctx: Context,
  person: number | null,
  patientIds: readonly number[],
  who: string,
): Promise<void> {
  const [before] = person === null ? [] : await holdPersons(ctx, [person])
  if (before?.status !== 'joined' && before?.status !== 'stated')
    return void (await part(ctx, patientIds, { who, why: TAKEN_BACK }))
  await relink(ctx, patientIds, { person: before.home, who, why: TAKEN_BACK })
  await setStatus(ctx, [before.home], 'stated')
}

/**
 * The confirmation was wrong: whatever facilities have stated and has come to this person since then, by it, by the
 * comparison or by people who trusted it, belongs again to whom it belonged before, and waits. In the caller's transaction, the person held.
 */
export async function partAgain(ctx: Context, book: Book, since: Date, who: string): Promise<void> {
  const { home, patientId } = book
  const { rows } = await sql<Linked>`
    select patient.patient_id, before.person from identity.patient patient
    join lateral (select person, why, at, score from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id and why <> all(${MERGES}::text[])
      order by at desc limit 1) last on true
    left join lateral (select person from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id and at < last.at
        and why <> all(${MERGES}::text[]) order by at desc limit 1) before on true
    where patient.person = ${home} and last.person = ${home} and last.at >= ${since}
      and (last.why in (${CONFIRMED}, ${NUMBER_SEEN}) or last.why ~ ${BY_PEOPLE} or last.score is not null)`.execute(
    ctx.db,
  )
  for (const [person, patients] of Map.groupBy(rows, (row) => row.person))
    await giveBack(
      ctx,
      person,
      patients.map((row) => row.patient_id),
      who,
    )
  const parted = rows.map((row) => row.patient_id)
  await sql`update identity.pair pair set state = 'waits'
    where (state in ('linked', 'sample') or state = 'settled' and exists (select 1 from identity.ruling
        where ruling.patient_id = pair.patient_id and ruling.other_patient_id = pair.other_patient_id
          and same and ended_at is null))
    and ((patient_id = ${patientId} and other_patient_id = any(${parted}::bigint[]))
      or (other_patient_id = ${patientId} and patient_id = any(${parted}::bigint[])))`.execute(ctx.db)
}
