import type { Decision } from '@sokhoe/signals/linkage'
import { authorize } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { firstPatientOf, pairsAsked, putOff, recordsOf } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { publicId, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'
import { type Case, casesOf } from './cases.ts'
import { suggestion } from './suggest.ts'
import { type Compared, inOrder, tellUnit, type Unit, unitOf } from './told.ts'

/** One case of four is shown without what the house would say, so that nobody learns which of them are samples. */
const BLIND_OF = 4

const nameOf = (ctx: Context, { id }: Case): string => publicId(ctx.keys.id, { patientId: id, no: 0 })

const isBlind = (ctx: Context, one: Case): boolean =>
  one.sample || Number.parseInt(nameOf(ctx, one).slice(0, 8), 16) % BLIND_OF === 0

const pairKey = ([one, two]: readonly [number, number, ...unknown[]]): string => `${one} ${two}`

/** What a ward's station is asked, longest waiting first; what was put off comes after it. */
export async function caseList(ctx: Context, worker: Worker) {
  const [pairs, later] = await Promise.all([pairsAsked(ctx, worker.ward), putOff(ctx, worker.ward)])
  const laterBy = new Map(
    later.toReversed().flatMap((one) => one.pairs.map((pair) => [pairKey(pair), one] as const)),
  )
  const listed = casesOf(pairs).map((one) => {
    const put = one.pairs.flatMap(({ patients }) => laterBy.get(pairKey(patients)) ?? [])[0]
    return {
      case: nameOf(ctx, one),
      records: one.units.length,
      since: one.since.toISOString(),
      putOff: put ? { why: put.why, at: put.at.toISOString() } : null,
    }
  })
  await note(ctx, { action: 'station.duplicates', what: `${worker.ward} ${listed.length}` })
  return [...listed.filter((one) => !one.putOff), ...listed.filter((one) => one.putOff)]
}

/** @throws {Problem} review.changed where nothing like this is asked any more */
export async function caseNamed(ctx: Context, worker: Worker, name: string): Promise<Case> {
  const id = readPublicId(ctx.keys.id, name)?.patientId
  const found = casesOf(await pairsAsked(ctx, worker.ward)).find((one) => one.id === id)
  if (!found) throw new Problem('review.changed')
  return found
}

/** Opening a case is opening everybody in it: each is asked for, and finds it in her book. */
async function enterUnit(ctx: Context, { records }: Unit): Promise<void> {
  await Promise.all(
    records.map(({ person, patientId, ward }) =>
      authorize(ctx, {
        action: 'station.duplicate',
        home: person,
        ward,
        asked: true,
        patientIds: [patientId],
        purpose: 'duplicate',
        what: 'identity',
      }),
    ),
  )
}

export async function unitsOf(ctx: Context, worker: Worker, one: Case): Promise<Unit[]> {
  const patients = one.units.flat()
  const owners = one.sample ? [] : one.pairs.flatMap(({ persons }) => persons.map(firstPatientOf))
  const known = await recordsOf(ctx, [...patients, ...owners])
  const of = { ward: worker.ward, sample: one.sample }
  return inOrder(one.units.map((unit) => unitOf(unit, known, of)).filter(({ records }) => records.length > 0))
}

const connects = (a: Unit, b: Unit, one: number, two: number): boolean =>
  (a.patients.includes(one) && b.patients.includes(two)) ||
  (a.patients.includes(two) && b.patients.includes(one))

/** How two columns compare: as it was found when they were. */
function compared({ pairs }: Case, a: Unit, b: Unit): Decision | undefined {
  const between = pairs.filter(({ patients: [one, two] }) => connects(a, b, one, two))
  const [best] = between.toSorted((x, y) => y.score - x.score)
  if (!best) return undefined
  const { verdict, score, rule, reasons } = best
  return { verdict, score, reasons, ...(rule !== null && { rule }) }
}

const decisionsOf = (one: Case, [first, ...others]: readonly Unit[]): (Decision | undefined)[] =>
  first ? others.map((other) => compared(one, first, other)) : []

/** What the house says of a case before anybody decided, where it shows that. */
export const suggested = (ctx: Context, one: Case, units: readonly Unit[]) =>
  isBlind(ctx, one) ? undefined : suggestion(decisionsOf(one, units))

/** A case side by side, with all that is needed to decide it. @throws {Problem} review.changed */
export async function openCase(ctx: Context, worker: Worker, name: string) {
  const one = await caseNamed(ctx, worker, name)
  const units = await unitsOf(ctx, worker, one)
  await Promise.all(units.map((unit) => enterUnit(ctx, unit)))
  const decisions = decisionsOf(one, units)
  const blind = isBlind(ctx, one)
  const columns = units.map((unit, at) => {
    const decision = at === 0 ? undefined : decisions[at - 1]
    const told: Compared | undefined = decision && { decision, sentence: null }
    return tellUnit(ctx, unit, told, blind)
  })
  return {
    case: name,
    since: one.since.toISOString(),
    blind,
    suggestion: suggested(ctx, one, units) ?? null,
    columns,
  }
}
