import { isConfirmed } from '@sokhoe/model/levels'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import {
  chooseHome,
  hasBook,
  holdPersons,
  type Linking,
  part,
  relink,
  type Standing,
  setStatus,
  unite,
} from '../linking/links.ts'
import { isOfBook } from '../linking/single.ts'
import { notifyPerson } from '../messages/notices.ts'

interface Owned {
  readonly patient_id: number
  readonly person: number
}

async function owners({ db }: Context, patients: readonly number[]): Promise<Owned[]> {
  const { rows } = await sql<Owned>`select patient_id, person from identity.patient
    where home = any(${patients.map(homeOf)}::bigint[]) and patient_id = any(${[...patients]}::bigint[])
    order by patient_id`.execute(db)
  return rows
}

const keyOf = (a: number, b: number): string => `${Math.min(a, b)} ${Math.max(a, b)}`

export interface Joined {
  /** Pairs 'smaller greater' that join only when their book is confirmed. */
  readonly waits: ReadonlySet<string>
  /** Two books each that a person must join. */
  readonly books: readonly (readonly [keep: number, join: number])[]
}

/**
 * Joins what somebody said is one person: those whom facilities alone know among themselves, and to a confirmed book. To
 * one that nobody confirmed nothing is joined, since whoever holds its telephone may be anybody: it waits until then.
 */
export async function joinParts(
  ctx: Context,
  parts: readonly (readonly number[])[],
  linking: Linking,
): Promise<Joined> {
  const waits = new Set<string>()
  const books: [number, number][] = []
  for (const patients of parts.filter((one) => one.length > 1)) {
    const owned = await owners(ctx, patients)
    const persons = await holdPersons(ctx, [...new Set(owned.map(({ person }) => person))])
    const withBook = persons.filter(hasBook)
    const known = persons.filter(({ status }) => status === 'stated')
    const keep = chooseHome(withBook)
    books.push(
      ...withBook
        .filter(({ home }) => home !== keep)
        .map(({ home }): [number, number] => [keep ?? home, home]),
    )
    await joinKnown(
      ctx,
      known,
      persons.find(({ home }) => home === keep),
      linking,
    )
    for (const pair of waitingPairs(owned, persons, keep)) waits.add(pair)
  }
  return { waits, books }
}

const isSure = (one: Standing | undefined): one is Standing => one !== undefined && isConfirmed(one.level)

async function joinKnown(
  ctx: Context,
  known: readonly Standing[],
  book: Standing | undefined,
  linking: Linking,
): Promise<void> {
  const homes = known.map(({ home }) => home)
  if (homes.length === 0) return
  if (isSure(book)) {
    await unite(ctx, [book.home, ...homes], linking)
    await notifyPerson(ctx, book.home, 'patient-linked')
  } else if (homes.length > 1) await unite(ctx, homes, linking)
}

/** Where the book is not confirmed, what facilities know stays apart from it until it is. */
function waitingPairs(
  owned: readonly Owned[],
  persons: readonly Standing[],
  keep: number | undefined,
): string[] {
  const book = persons.find(({ home }) => home === keep)
  if (!book || isSure(book)) return []
  const statedHomes = new Set(persons.filter((one) => !hasBook(one)).map(({ home }) => home))
  const [theirs, hers] = [
    owned.filter(({ person }) => statedHomes.has(person)),
    owned.filter(({ person }) => !statedHomes.has(person)),
  ]
  return theirs.flatMap((one) => hers.map((other) => keyOf(one.patient_id, other.patient_id)))
}

/**
 * Holds everybody to whom these Patients belong: before anything else, as whoever merges and confirms does, so that
 * nobody waits for one who waits for her.
 */
export async function holdOwners(ctx: Context, patients: readonly number[]): Promise<void> {
  const owned = await owners(ctx, patients)
  await holdPersons(ctx, [
    ...new Set(owned.flatMap(({ patient_id, person }) => [person, homeOf(patient_id)])),
  ])
}

/**
 * Two Patients that were linked automatically are two people after all: the one that is nobody's book leaves.
 * @throws {Problem} station.cannot-join where both are books: those are parted as they were merged
 */
export async function partSample(ctx: Context, patients: readonly number[], linking: Linking): Promise<void> {
  const leaving: Owned[] = []
  for (const one of await owners(ctx, patients)) if (!(await isOfBook(ctx, one.patient_id))) leaving.push(one)
  const last = leaving.at(-1)
  if (!last) throw new Problem('station.cannot-join')
  await holdPersons(ctx, [last.person])
  await part(ctx, [last.patient_id], linking)
}

interface Moved {
  readonly patient_id: number
  readonly person: number
  readonly before: number
}

/** Whoever changed persons by this very judgement belongs again to whom she belonged before. */
export async function takeBackLinks(
  ctx: Context,
  patients: readonly number[],
  linking: Linking,
): Promise<void> {
  const persons = (await owners(ctx, patients)).map(({ person }) => person)
  const { rows } = await sql<Moved>`
    select patient.patient_id, patient.person, before.person as before from identity.patient patient
    join lateral (select why, at from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id order by at desc limit 1) last on true
    join lateral (select person from identity.link
      where link.home = patient.home and link.patient_id = patient.patient_id and at < last.at
      order by at desc limit 1) before on true
    where patient.person = any(${persons}::bigint[]) and last.why = ${linking.why}`.execute(ctx.db)
  if (rows.length === 0) return
  await holdPersons(ctx, [...new Set(rows.flatMap(({ person, before }) => [person, before]))])
  for (const [before, moved] of Map.groupBy(rows, (row) => row.before)) {
    await relink(
      ctx,
      moved.map((row) => row.patient_id),
      { ...linking, why: `${linking.why} taken back`, person: before },
    )
    await revive(ctx, before)
  }
  await leaveEmpty(ctx, [...new Set(rows.map(({ person }) => person))])
}

/** Somebody who had been joined away is somebody again, known through facilities alone as before. */
async function revive(ctx: Context, home: number): Promise<void> {
  const [person] = await holdPersons(ctx, [home])
  if (person?.status === 'joined') await setStatus(ctx, [home], 'stated')
}

/** A person to whom nothing belongs any more is joined to whom it went. */
async function leaveEmpty(ctx: Context, homes: readonly number[]): Promise<void> {
  const { rows } = await sql<{ home: number }>`select home from identity.person person
    where home = any(${[...homes]}::bigint[]) and status = 'stated'
      and not exists (select 1 from identity.patient where patient.person = person.home)`.execute(ctx.db)
  await setStatus(
    ctx,
    rows.map((row) => row.home),
    'joined',
  )
}
