import { z } from 'zod'
import {
  answerMerge,
  firstPatientOf,
  homeNamed,
  mergesWaiting,
  personId,
  recordsOf,
  type WaitingMerge,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'
import { enterUnit, tellUnits } from './queue.ts'
import { inOrder, unitOf } from './told.ts'

const Id = z.string().max(64)

/** Two books of which somebody said that they are one person's. */
export const Two = z.tuple([Id, Id])

const named = (ctx: Context, home: number): string => personId(ctx, firstPatientOf(home))

/**
 * Which merges of the ward wait for a second person, longest first, and which ended lately without one; nobody's name
 * stands here.
 */
export async function secondList(ctx: Context, worker: Worker) {
  const waiting = await mergesWaiting(ctx, worker.ward)
  return waiting.map(({ people, at, staffId, due, expired, needsDocument }) => ({
    people: people.map((home) => named(ctx, home)),
    at: at.toISOString(),
    mine: staffId === worker.id,
    until: due?.toISOString() ?? null,
    expired,
    needsDocument,
  }))
}

/** @throws {Problem} station.no-proposal */
async function waitingOf(ctx: Context, worker: Worker, people: z.output<typeof Two>): Promise<WaitingMerge> {
  const homes = await Promise.all(people.map((person) => homeNamed(ctx, person)))
  const found = (await mergesWaiting(ctx, worker.ward)).find(
    (one) => !one.expired && one.people.every((home) => homes.includes(home)),
  )
  if (!found) throw new Problem('station.no-proposal')
  return found
}

/** The two books side by side, for whoever is to agree; both find it. @throws {Problem} station.no-proposal */
export async function openSecond(ctx: Context, worker: Worker, people: z.output<typeof Two>) {
  const waiting = await waitingOf(ctx, worker, people)
  const patients = waiting.people.map(firstPatientOf)
  const known = await recordsOf(ctx, patients)
  const of = { ward: worker.ward, linked: false }
  const units = inOrder(patients.map((patient) => unitOf([patient], known, of)))
  await Promise.all(units.map((unit) => enterUnit(ctx, unit)))
  return {
    people,
    since: waiting.at.toISOString(),
    mine: waiting.staffId === worker.id,
    needsDocument: waiting.needsDocument,
    ...(await tellUnits(ctx, units, false)),
  }
}

/**
 * The second person agrees, or does not.
 * @throws {Problem} station.no-proposal · station.second-person · station.cannot-join · station.two-numbers
 */
export async function answerSecond(
  ctx: Context,
  worker: Worker,
  people: z.output<typeof Two>,
  agree: boolean,
) {
  const waiting = await waitingOf(ctx, worker, people)
  return { state: await inTransaction(ctx, (ctx) => answerMerge(ctx, worker, waiting.people, agree)) }
}
