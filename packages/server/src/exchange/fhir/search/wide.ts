import { type Condition, type Filter, readDate, readToken, type Span } from '@sokhoe/fhir/query'
import { dayInVietnam } from '@sokhoe/model'
import { firstPatientOf, reachOfPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { patientsArrived, patientsInCohort } from '../../../record/index.ts'
import { cohortCode } from '../write/index.ts'

/** Whose records one search opens at once, at most. */
export const MOST_PERSONS = 200
/** Of how many it is asked who of them may be seen, before persons are looked at in turn. */
const MOST_ASKED = 5000
const AT_ONCE = 500

/** Persons in turn, in the order of their numbers: who may have something that fits. */
export interface Crowd {
  /** @returns none behind the last; whoever may not be seen is left out already */
  readonly next: (behind: number) => Promise<Wave>
}

export interface Wave {
  readonly patientIds: readonly number[]
  /** How far it was looked; undefined where nobody is left. */
  readonly last: number | undefined
  /** How many were looked at, seen or not. */
  readonly looked: number
}

/** Whose resources may fit: few enough to open at once, or persons in turn. */
export type Wide = { readonly patientIds: readonly number[] } | { readonly crowd: Crowd }

const isFilter = (condition: Condition): condition is Filter =>
  condition.kind === 'filter' && condition.modifier === undefined

const [LEAST, MOST] = [-8.64e15, 8.64e15]

/** In which time something must have been, by one filter; several values are as wide as all of them. */
function spanOfFilter({ alternatives }: Filter): Span {
  const spans = alternatives.map((written): Span => {
    const read = readDate(written)
    if (!read.ok) return { from: LEAST, to: MOST }
    const { prefix, span } = read.value
    if (prefix === 'eq') return span
    if (prefix === 'gt' || prefix === 'ge' || prefix === 'sa') return { from: span.from, to: MOST }
    if (prefix === 'lt' || prefix === 'le' || prefix === 'eb') return { from: LEAST, to: span.to }
    return { from: LEAST, to: MOST }
  })
  return {
    from: Math.min(...spans.map(({ from }) => from)),
    to: Math.max(...spans.map(({ to }) => to)),
  }
}

/** In which time it must have been, by all filters of that name. */
function spanOfAll(filters: readonly Filter[]): Span {
  const spans = filters.map(spanOfFilter)
  return {
    from: Math.max(LEAST, ...spans.map(({ from }) => from)),
    to: Math.min(MOST, ...spans.map(({ to }) => to)),
  }
}

/** What is counted across persons: by which parameters its code and its day are asked. */
const COUNTED: Readonly<Record<string, { readonly code: string; readonly date: readonly string[] }>> = {
  Condition: { code: 'code', date: ['onset-date', 'recorded-date'] },
  Observation: { code: 'code', date: ['date'] },
  AllergyIntolerance: { code: 'code', date: ['date', 'onset'] },
  Immunization: { code: 'vaccine-code', date: ['date'] },
}

/** Codes with their systems, as the city counts them; undefined where one names no system. */
function codesOf({ alternatives }: Filter): string[] | undefined {
  const codes = alternatives.flatMap((written) => {
    const token = readToken(written)
    if (!token.ok || !token.value.system || token.value.code === undefined) return []
    return [cohortCode(token.value.system, token.value.code)]
  })
  return codes.length === alternatives.length ? codes : undefined
}

/** Of many, those of whom the actor may see anything: by the person's grant, or her own facility's Patient. */
async function seenAmong(ctx: Context, patientIds: readonly number[]): Promise<number[]> {
  const facility = ctx.actor.kind === 'client' ? ctx.actor.facility : undefined
  const reaches = await reachOfPatients(ctx, patientIds)
  return patientIds.filter((patientId) => {
    const reach = reaches.get(patientId)
    return reach && (reach.all || reach.sources[reach.patientIds.indexOf(patientId)] === facility)
  })
}

/** Nothing happens later than tomorrow. */
const endOf = ({ now }: Context): number => now().getTime() + 86_400_000

/** Before it nobody's record begins; a database knows no more years than these. */
const [FIRST, LAST] = [Date.UTC(1800, 0), Date.UTC(9999, 0)]
const instantOf = (ms: number): Date => new Date(Math.max(FIRST, Math.min(LAST, ms)))
const dayOf = (ms: number): string => dayInVietnam(instantOf(ms))

type List = (next: { readonly behind: number; readonly limit: number }) => Promise<number[]>

const crowdOf = (list: List, seen: (some: readonly number[]) => Promise<readonly number[]>): Crowd => ({
  next: async (behind) => {
    const some = await list({ behind, limit: AT_ONCE })
    return { patientIds: await seen(some), last: some.at(-1), looked: some.length }
  },
})

function byCohort(ctx: Context, type: string, conditions: readonly Condition[]): Crowd | undefined {
  const counted = COUNTED[type]
  if (!counted) return undefined
  const filters = conditions.filter(isFilter)
  const code = filters.find(({ parameter }) => parameter.name === counted.code)
  const codes = code && codesOf(code)
  const { from, to } = spanOfAll(filters.filter(({ parameter }) => counted.date.includes(parameter.name)))
  if (!codes || from === LEAST) return undefined
  const days = { from: dayOf(from), to: dayOf(Math.min(to, endOf(ctx))) }
  return crowdOf(
    (next) => patientsInCohort(ctx, { codes, ...days }, next),
    (some) => seenAmong(ctx, some),
  )
}

/** Of what the asking facility stated itself in a time: whatever others stated is found by whose it is. */
function byArrival(ctx: Context, conditions: readonly Condition[]): Crowd | undefined {
  if (ctx.actor.kind !== 'client') return undefined
  const filters = conditions.filter(isFilter).filter(({ parameter }) => parameter.name === '_lastUpdated')
  if (filters.length === 0) return undefined
  const { from, to } = spanOfAll(filters)
  const which = { source: ctx.actor.facility, from: instantOf(from), to: instantOf(to) }
  return crowdOf(
    (next) => patientsArrived(ctx, which, next),
    async (some) => some,
  )
}

/** Opened at once where they are few, which lets them be put in any order. */
async function fewOrInTurn(crowd: Crowd): Promise<Wide> {
  const patientIds: number[] = []
  let behind = -1
  for (let asked = 0; asked < MOST_ASKED && patientIds.length <= MOST_PERSONS; asked += AT_ONCE) {
    const wave = await crowd.next(behind)
    patientIds.push(...wave.patientIds)
    if (wave.last === undefined) return patientIds.length <= MOST_PERSONS ? { patientIds } : { crowd }
    behind = wave.last
  }
  return { crowd }
}

/** Whom a search that names nobody can be about: by a code with its days, or by the time of arrival. */
export const crowdFor = (ctx: Context, type: string, conditions: readonly Condition[]): Crowd | undefined =>
  byCohort(ctx, type, conditions) ?? byArrival(ctx, conditions)

/**
 * Across persons, where a search names nobody; a resident's own token is about her alone.
 * @returns undefined where it says too little to look anywhere
 */
export async function narrowWidely(
  ctx: Context,
  type: string,
  conditions: readonly Condition[],
): Promise<Wide | undefined> {
  const { actor } = ctx
  if (actor.kind === 'resident') return { patientIds: actor.books.map(firstPatientOf) }
  const crowd = crowdFor(ctx, type, conditions)
  return crowd && (await fewOrInTurn(crowd))
}
