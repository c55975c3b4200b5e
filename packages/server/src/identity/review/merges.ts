import { sql } from 'kysely'
import type { Context, Staff } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { unmergePersons } from '../linking/merging.ts'
import { confirmMerge, requestMerge } from '../linking/proposals.ts'
import { personsNow } from '../people/kin.ts'
import type { JudgementRow } from './tables.ts'

type Two = readonly [keep: number, join: number]

/**
 * Books that somebody said are one person's: merged at once, or proposed to a second person.
 * @returns whether one of them waits
 * @throws {Problem} station.cannot-join · station.two-numbers
 */
export async function askMerges(ctx: Context, staff: Staff, books: readonly Two[]): Promise<boolean> {
  let waits = false
  for (const people of books) {
    const asked = await requestMerge(ctx, { people, evidence: 'records', staff, telephones: [] })
    waits ||= asked.state === 'waits'
  }
  return waits
}

interface Made {
  readonly home: number
  readonly state: 'waits' | 'merged'
}

/**
 * Merges of these Patients' persons that this worker asked for since then are taken back: what waits is asked no more,
 * who was merged is two again. In the caller's transaction.
 */
export async function takeBackMerges(
  ctx: Context,
  staff: Staff,
  patients: readonly number[],
  since: Date,
): Promise<void> {
  const homes = [...new Set(patients.map(homeOf))]
  const persons = [...new Set([...homes, ...(await personsNow(ctx, homes)).values()])]
  const { rows } = await sql<Made>`select home, state from identity.merge
    where state in ('waits', 'merged') and staff_id = ${staff.id} and second_id is null and at >= ${since}
      and home = any(${persons}::bigint[]) order by at desc, no desc`.execute(ctx.db)
  for (const { home, state } of rows)
    if (state === 'merged') await unmergePersons(ctx, { home, staff, reason: 'mistake' })
  await sql`update identity.merge set state = 'declined' where state = 'waits' and staff_id = ${staff.id}
    and at >= ${since} and home = any(${persons}::bigint[])`.execute(ctx.db)
}

/**
 * The second person agrees that two books are one person's, or does not; the judgement that proposed it stands, or was
 * refused. In the caller's transaction.
 * @throws {Problem} station.no-proposal · station.second-person · station.cannot-join · station.two-numbers
 */
export async function answerMerge(
  ctx: Context,
  staff: Staff,
  people: readonly [number, number],
  agrees: boolean,
): Promise<'merged' | 'declined'> {
  const proposed = await judgementsOf(ctx, people)
  const { state } = await confirmMerge(ctx, { people, staff, agrees })
  for (const judgement_id of proposed)
    await ctx.db
      .updateTable('identity.judgement')
      .set({ state: agrees ? 'stands' : 'refused', second_id: staff.id, second_at: ctx.now() })
      .where('judgement_id', '=', judgement_id)
      .execute()
  return state
}

/** Judgements that wait, of which both persons are a part. */
async function judgementsOf(ctx: Context, people: readonly [number, number]): Promise<number[]> {
  const { rows } = await sql<Pick<JudgementRow, 'judgement_id'> & { parts: number[][] }>`
    select judgement_id, parts from identity.judgement where state = 'waits'`.execute(ctx.db)
  const homes = rows.flatMap(({ parts }) => parts.flat().map(homeOf))
  const persons = await personsNow(ctx, [...new Set(homes)])
  return rows.flatMap(({ judgement_id, parts }) => {
    const theirs = new Set(parts.flat().map((patient) => persons.get(homeOf(patient))))
    return people.every((home) => theirs.has(home)) ? [judgement_id] : []
  })
}
