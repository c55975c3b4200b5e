import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import { publicId } from '../../../platform/ids.ts'
import {
  type Arrival,
  bytesOf,
  isRestrictedStatement,
  type PutResult,
  putAll,
  read,
  type Stated,
} from '../../../record/index.ts'
import { shelfKeysOf } from '../keys.ts'
import type { Done } from './deed.ts'
import { typeOf } from './deed.ts'
import { cohortOf } from './marks.ts'
import type { Place, Prepared } from './prepare.ts'
import { provenanceOf } from './provenance.ts'
import {
  changing,
  isPatient,
  patientIdOf,
  resolveWith,
  type Targets,
  targetOf,
  urnOf,
  type Work,
  wardOf,
} from './work.ts'

/** How arrivals through this door are called in the record. */
const KIND = 'exchange'

interface Shelved {
  /** Which deed. */
  readonly at: number
  readonly patientId: number
  readonly stated: Stated
}

type OnShelf = Place & { readonly on: 'shelf' }

function statedOf(work: Work, { deed, resource }: Prepared, at: number, place: OnShelf): Stated {
  if (deed.kind === 'delete' || !resource)
    return { resource: { resourceType: typeOf(deed) }, deleted: true, ...changing(deed) }
  return {
    resource,
    urn: urnOf(deed, at),
    keys: shelfKeysOf(work.ctx.keys, resource),
    also: place.also.map((claim) => patientIdOf(work, claim)),
    cohort: cohortOf(resource, wardOf(work, place.with)),
    ...(deed.kind === 'create' && isPatient(deed) ? { no: 0 } : changing(deed)),
    ...(deed.kind === 'create' && deed.sourceKey !== undefined && { sourceKey: deed.sourceKey }),
  }
}

function shelvedIn(work: Work): Shelved[] {
  return work.prepared.flatMap((one, at): Shelved[] => {
    const { place } = one
    if (place.on !== 'shelf') return []
    return [{ at, patientId: patientIdOf(work, place.with), stated: statedOf(work, one, at, place) }]
  })
}

/** One a shelf and message. What is restricted is told of apart, so that no open Provenance names it. */
function provenances(work: Work, shelved: readonly Shelved[]): Stated[] {
  const { ctx, client, message, prepared } = work
  const day = dayInVietnam(ctx.now())
  const groups = Map.groupBy(shelved, ({ at, stated }) => {
    const deed = prepared[at]?.deed
    return (deed?.kind !== 'create' && deed?.restricted) || isRestrictedStatement(stated, day)
  })
  return [...groups].map(([restricted, of]) => {
    const targets = of.flatMap(({ at }) => {
      const deed = prepared[at]?.deed
      return deed ? [targetOf(work, deed, at)] : []
    })
    return { resource: provenanceOf(client, message, targets, ctx.now()), restricted }
  })
}

/** What was told of a resource while it was open is closed with it. */
async function closing(work: Work, patientId: number, shelved: readonly Shelved[]): Promise<Stated[]> {
  const { ctx, prepared } = work
  const day = dayInVietnam(ctx.now())
  const names = shelved.flatMap(({ at, stated }) => {
    const deed = prepared[at]?.deed
    const isClosed = deed?.kind === 'update' && !deed.restricted && isRestrictedStatement(stated, day)
    return isClosed ? [`"${typeOf(deed)}/${publicId(ctx.keys.id, deed.key)}"`] : []
  })
  if (names.length === 0) return []
  const entries = (await read(ctx, [patientId])).filter(({ type }) => type === 'Provenance')
  return entries.flatMap((entry) => {
    const text = bytesOf(entry).toString()
    if (!names.some((name) => text.includes(name))) return []
    return [{ resource: parseJson(text) as FhirResource, no: entry.no, restricted: true }]
  })
}

/** What a message puts on shelves: each shelf's part as one arrival. */
interface Arriving {
  readonly shelves: readonly (readonly [patientId: number, shelved: readonly Shelved[]])[]
  readonly arrivals: readonly Arrival[]
}

export async function arrivalsOf(work: Work, directory: Targets): Promise<Arriving> {
  const { client, made } = work
  const shelves = [...Map.groupBy(shelvedIn(work), ({ patientId }) => patientId)]
  const keys = new Map([...made.values()].map(({ patientId, newDataKey }) => [patientId, newDataKey]))
  const closed = await Promise.all(shelves.map(([patientId, shelved]) => closing(work, patientId, shelved)))
  const arrivals = shelves.map(([patientId, shelved], which): Arrival => {
    const newDataKey = keys.get(patientId)
    return {
      patientId,
      source: client.facility,
      kind: KIND,
      resources: [
        ...shelved.map(({ stated }) => stated),
        ...provenances(work, shelved),
        ...(closed[which] ?? []),
      ],
      resolve: (resource, targets) => resolveWith(targets, directory)(resource),
      ...(newDataKey && { newDataKey, begins: true }),
    }
  })
  return { shelves, arrivals }
}

/** Where it lies, by deed. */
export const shelvedAt = ({ shelves }: Arriving, results: readonly PutResult[]): ReadonlyMap<number, Done> =>
  new Map(
    shelves.flatMap(([, shelved], which) =>
      shelved.flatMap(({ at, stated }, i): [number, Done][] => {
        const put = results[which]?.resources[i]
        if (!put) return []
        const { id, version, lastUpdated, bytes } = put
        return [[at, { type: stated.resource.resourceType, id, version, lastUpdated, bytes }]]
      }),
    ),
  )

/** Puts everything that stands on shelves, and says where it lies. */
export async function putOnShelves(work: Work, directory: Targets): Promise<ReadonlyMap<number, Done>> {
  const arriving = await arrivalsOf(work, directory)
  return shelvedAt(arriving, await putAll(work.ctx, arriving.arrivals))
}
