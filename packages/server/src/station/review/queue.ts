import type { Decision } from '@sokhoe/signals/linkage'
import { authorize } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { comparing, firstPatientOf, pairsAsked, putOff, recordsOf } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { publicId, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'
import { type Case, casesOf } from './cases.ts'
import { suggestion } from './suggest.ts'
import { inOrder, tellUnit, type Unit, unitOf } from './told.ts'

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
export async function enterUnit(ctx: Context, { records }: Unit): Promise<void> {
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
  const owners = one.linked ? [] : one.pairs.flatMap(({ persons }) => persons.map(firstPatientOf))
  const known = await recordsOf(ctx, [...patients, ...owners])
  const of = { ward: worker.ward, linked: one.linked }
  return inOrder(one.units.map((unit) => unitOf(unit, known, of)).filter(({ records }) => records.length > 0))
}

const idsOf = ({ records }: Unit): number[] => records.map(({ patientId }) => patientId)

/** How each column compares with the first, now. */
async function decisionsOf(ctx: Context, units: readonly Unit[]): Promise<(Decision | undefined)[]> {
  const [first, ...others] = units
  if (!first) return []
  const compare = await comparing(ctx, units.flatMap(idsOf))
  return others.map((other) => compare(idsOf(first), idsOf(other)))
}

/** What the house says of a case before anybody decided, where it shows that. */
export const suggested = async (ctx: Context, one: Case, units: readonly Unit[]) =>
  isBlind(ctx, one) ? undefined : suggestion(await decisionsOf(ctx, units))

/** Columns as the screen draws them. */
export async function tellUnits(ctx: Context, units: readonly Unit[], blind: boolean) {
  const decisions = await decisionsOf(ctx, units)
  const columns = units.map((unit, at) =>
    tellUnit(ctx, unit, at === 0 ? undefined : decisions[at - 1], blind),
  )
  return { columns, suggestion: blind ? null : (suggestion(decisions) ?? null) }
}

/** A case side by side, with all that is needed to decide it. @throws {Problem} review.changed */
export async function openCase(ctx: Context, worker: Worker, name: string) {
  const one = await caseNamed(ctx, worker, name)
  const units = await unitsOf(ctx, worker, one)
  await Promise.all(units.map((unit) => enterUnit(ctx, unit)))
  const blind = isBlind(ctx, one)
  return { case: name, since: one.since.toISOString(), blind, ...(await tellUnits(ctx, units, blind)) }
}
