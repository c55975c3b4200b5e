import { type Condition, type Filter, readDate, readToken, type Span } from '@sokhoe/fhir/query'
import { dayInVietnam } from '@sokhoe/model'
import { firstPatientOf, reachOfPatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { arrivals, patientsInCohort } from '../../../record/index.ts'
import { cohortCode } from '../write/index.ts'

/** What one search looks at, at most. */
export const MOST_PERSONS = 200
/** Whom a code and its days may name before it is asked who of them may be seen. */
const MOST_COUNTED = 5000
const AT_ONCE = 1000
const ARRIVALS_AT_ONCE = 500
const MOST_ROUNDS = 20

/** Whose resources may fit, or that it would be too many. */
export type Wide = { readonly patientIds: readonly number[] } | 'too-many'

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
  const seen: number[] = []
  for (let from = 0; from < patientIds.length; from += AT_ONCE) {
    const some = patientIds.slice(from, from + AT_ONCE)
    const reaches = await reachOfPatients(ctx, some)
    for (const patientId of some) {
      const reach = reaches.get(patientId)
      if (reach && (reach.all || reach.sources[reach.patientIds.indexOf(patientId)] === facility))
        seen.push(patientId)
    }
  }
  return seen
}

async function byCohort(
  ctx: Context,
  type: string,
  conditions: readonly Condition[],
): Promise<Wide | undefined> {
  const counted = COUNTED[type]
  if (!counted) return undefined
  const filters = conditions.filter(isFilter)
  const code = filters.find(({ parameter }) => parameter.name === counted.code)
  const codes = code && codesOf(code)
  const { from, to } = spanOfAll(filters.filter(({ parameter }) => counted.date.includes(parameter.name)))
  if (!codes || from === LEAST) return undefined
  const days = { from: dayInVietnam(new Date(from)), to: dayInVietnam(new Date(Math.min(to, endOf(ctx)))) }
  const patientIds = await patientsInCohort(ctx, { codes, ...days }, MOST_COUNTED + 1)
  if (patientIds.length > MOST_COUNTED) return 'too-many'
  return few(await seenAmong(ctx, patientIds))
}

/** Nothing happens later than tomorrow. */
const endOf = ({ now }: Context): number => now().getTime() + 86_400_000

const few = (patientIds: readonly number[]): Wide =>
  patientIds.length > MOST_PERSONS ? 'too-many' : { patientIds }

/** Of what the asking facility stated itself in a time: whatever others stated is found by whose it is. */
async function byArrival(ctx: Context, conditions: readonly Condition[]): Promise<Wide | undefined> {
  if (ctx.actor.kind !== 'client') return undefined
  const filters = conditions.filter(isFilter).filter(({ parameter }) => parameter.name === '_lastUpdated')
  if (filters.length === 0) return undefined
  const { from, to } = spanOfAll(filters)
  const which = {
    source: ctx.actor.facility,
    from: new Date(from),
    to: new Date(to),
    limit: ARRIVALS_AT_ONCE,
  }
  const patientIds = new Set<number>()
  let cursor: string | undefined
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const page = await arrivals(ctx, { ...which, ...(cursor !== undefined && { cursor }) })
    for (const { patientId } of page.arrived) patientIds.add(patientId)
    if (patientIds.size > MOST_PERSONS) return 'too-many'
    cursor = page.cursor
    if (cursor === undefined) return { patientIds: [...patientIds] }
  }
  return 'too-many'
}

/**
 * Across persons, where a search names nobody: by a code with its days, or by the time of arrival; a resident's own
 * token is about her alone.
 * @returns undefined where it says too little to look anywhere
 */
export async function narrowWidely(
  ctx: Context,
  type: string,
  conditions: readonly Condition[],
): Promise<Wide | undefined> {
  const { actor } = ctx
  if (actor.kind === 'resident') return { patientIds: actor.books.map(firstPatientOf) }
  return (await byCohort(ctx, type, conditions)) ?? (await byArrival(ctx, conditions))
}
