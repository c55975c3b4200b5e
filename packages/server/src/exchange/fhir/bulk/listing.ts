import { parseJson } from '@sokhoe/fhir'
import { homesGranting } from '../../../access/index.ts'
import { patientsOfPersons, patientsOfSource, reachOfPatients } from '../../../identity/index.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { arrivals, bytesOf, read } from '../../../record/index.ts'
import type { AskedExport } from './asked.ts'

/** Shelves found in one step at most. */
const PAGE = 1000

/** Where an export's list of shelves goes on; undefined: it is whole. */
export type ListCursor =
  | { readonly from: 'named' }
  | { readonly from: 'granted'; readonly after: number }
  | { readonly from: 'source'; readonly after: number }
  | { readonly from: 'own'; readonly cursor?: string }

export interface Listed {
  readonly patientIds: readonly number[]
  readonly next: ListCursor | undefined
}

/** By a grant a person opens all that sources have stated of her. */
async function granted(ctx: Context, after: number): Promise<Listed> {
  const homes = await homesGranting(ctx, 'treatment', after, PAGE)
  const last = homes.at(-1)
  const patientIds = await patientsOfPersons(ctx, homes)
  return {
    patientIds,
    next: last === undefined ? { from: 'source', after: -1 } : { from: 'granted', after: last },
  }
}

/** The facility's own Patients. */
async function ofSource(ctx: Context, client: Client, after: number): Promise<Listed> {
  const patientIds = await patientsOfSource(ctx, client.facility, after, PAGE)
  const last = patientIds.at(-1)
  return { patientIds, next: last === undefined ? { from: 'own' } : { from: 'source', after: last } }
}

/** What the facility stated itself, on whichever shelf it lies. */
async function own(ctx: Context, client: Client, cursor: string | undefined): Promise<Listed> {
  const page = await arrivals(ctx, {
    source: client.facility,
    limit: PAGE,
    ...(cursor !== undefined && { cursor }),
  })
  return {
    patientIds: page.arrived.map(({ patientId }) => patientId),
    next: page.cursor === undefined ? undefined : { from: 'own', cursor: page.cursor },
  }
}

const membersIn = (text: string): string[] => {
  const { member = [] } = parseJson(text) as { member?: { entity?: { reference?: string } }[] }
  return member.flatMap(({ entity }) => entity?.reference?.match(/^Patient\/([0-9a-f-]{36})$/)?.[1] ?? [])
}

/** Public ids of a Group's members; undefined where the actor does not see such a Group. */
export async function membersOf(ctx: Context, client: Client, id: string): Promise<string[] | undefined> {
  const place = readPublicId(ctx.keys.id, id)
  if (!place) return undefined
  const reach = (await reachOfPatients(ctx, [place.patientId])).get(place.patientId)
  if (!reach) return undefined
  const group = (await read(ctx, [place.patientId])).find(({ no }) => no === place.no)
  if (group?.type !== 'Group' || !(reach.all || group.source === client.facility)) return undefined
  return membersIn(bytesOf(group).toString())
}

/** The shelves of these persons, as far as the client sees anything there; ids that say nothing are left out. */
async function named(ctx: Context, client: Client, asked: AskedExport): Promise<Listed> {
  const ids = asked.group === undefined ? asked.patients : await membersOf(ctx, client, asked.group)
  const places = (ids ?? []).map((id) => readPublicId(ctx.keys.id, id))
  const wanted = places.flatMap((place) => (place?.no === 0 && place.patientId > 0 ? [place.patientId] : []))
  const reaches = await reachOfPatients(ctx, wanted)
  return { patientIds: [...reaches.values()].flatMap((reach) => reach.patientIds), next: undefined }
}

export const firstList = ({ group, patients }: AskedExport): ListCursor =>
  group === undefined && patients === undefined ? { from: 'granted', after: -1 } : { from: 'named' }

/** The next shelves through which an export goes; one may be found more than once. */
export async function list(
  ctx: Context,
  client: Client,
  asked: AskedExport,
  cursor: ListCursor,
): Promise<Listed> {
  switch (cursor.from) {
    case 'named':
      return await named(ctx, client, asked)
    case 'granted':
      return await granted(ctx, cursor.after)
    case 'source':
      return await ofSource(ctx, client, cursor.after)
    case 'own':
      return await own(ctx, client, cursor.cursor)
  }
}
