import { authorize, type ExchangeAction } from '../../../access/index.ts'
import { noteRefusal } from '../../../audit/index.ts'
import type { Reach } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId, readPublicId } from '../../../platform/ids.ts'
import { Problem } from '../../../platform/problem.ts'
import { type Ask, hasScope } from '../answer.ts'
import { withLinks } from '../links.ts'
import { type Item, placeOf } from '../search/item.ts'
import { type Horizon, openScene, type Scene } from '../search/scene.ts'

/** One person as the actor may see her, by one of her Patients. */
export interface OpenPerson {
  readonly scene: Scene
  readonly patientId: number
  readonly reach: Reach
  /** The Patient that was asked for. */
  readonly patient: Item
  /** Everything of hers that may leave and that the token opens, shelf by shelf, that of the Patient asked for first. */
  readonly items: readonly Item[]
}

/** No home is that high: whoever asks for nobody waits as long as whoever asks for somebody whom she may not see. */
const NOBODY = 2 ** 40 * 4096

const patientIn = ({ keys }: Context, id: string): number => {
  const key = readPublicId(keys.id, id)
  return key?.no === 0 && key.patientId > 0 ? key.patientId : NOBODY
}

function inOrder(items: Iterable<Item>, { patientIds }: Reach): Item[] {
  const ranks = new Map(patientIds.map((patientId, at) => [patientId, at]))
  const rank = ({ patientId }: Item): number => ranks.get(patientId) ?? ranks.size
  return [...items].toSorted((a, b) => rank(a) - rank(b) || a.patientId - b.patientId || a.no - b.no)
}

/** @returns undefined where there is nothing that the actor may see, with the reach of the Patient that is there */
async function seen(
  ctx: Context,
  patientId: number,
  horizon?: Pick<Horizon, 'marks'>,
): Promise<OpenPerson | Pick<Scene, 'reaches'>> {
  const scene = await openScene(ctx, [patientId], horizon)
  const reach = scene.reaches.get(patientId)
  const patient = scene.items.get(placeOf({ patientId, no: 0 }))
  if (!reach || patient?.type !== 'Patient') return scene
  const items = inOrder(scene.items.values(), reach).filter(({ type }) => hasScope(ctx, type, 'r'))
  return { scene, patientId, reach, patient, items }
}

/**
 * Opens a person's record and begins to write down that it was opened: what is made of it leaves only when `noted` has
 * settled. What is foreign and what is not there answer alike.
 * @throws {Problem} fhir.not-found
 */
export async function openPerson(
  { ctx, params }: Pick<Ask, 'ctx' | 'params'>,
  action: ExchangeAction,
  horizon?: Pick<Horizon, 'marks'>,
): Promise<{ readonly person: OpenPerson; readonly noted: Promise<void> }> {
  const patientId = patientIn(ctx, params['id'] ?? '')
  const person = await seen(ctx, patientId, horizon)
  if (!('patient' in person)) {
    const isThere = person.reaches.has(patientId)
    await noteRefusal(ctx, { action, what: 'Patient', ...(isThere && { patientId }) })
    throw new Problem('fhir.not-found')
  }
  const noted = noteOpened(ctx, action, person)
  // whoever fails before waiting for it must not leave it unheard
  noted.catch(() => undefined)
  return { person, noted }
}

/** The same person as she stood when these marks were taken; it was written down already that she was opened. */
export async function openedAsOf(
  ctx: Context,
  person: OpenPerson,
  horizon: Pick<Horizon, 'marks'>,
): Promise<OpenPerson> {
  const then = await seen(ctx, person.patientId, horizon)
  return 'patient' in then ? then : { ...person, items: [] }
}

function purposeOf({ actor }: Context, { all }: Reach): string {
  if (actor.kind === 'resident') return 'own'
  return all ? 'treatment' : 'own-contribution'
}

async function noteOpened(
  ctx: Context,
  action: ExchangeAction,
  { reach, items, patientId }: Pick<OpenPerson, 'reach' | 'items' | 'patientId'>,
): Promise<void> {
  const { home, all } = reach
  await authorize(ctx, {
    action,
    home,
    own: !all,
    granted: all,
    patientIds: [...new Set([patientId, ...items.map((item) => item.patientId)])],
    purpose: purposeOf(ctx, reach),
    what: 'record',
  })
}

/** References to her other Patients, for whoever may know of them. */
export const othersOf = ({ keys }: Context, { reach }: OpenPerson, than: number): string[] =>
  reach.all
    ? reach.patientIds
        .filter((patientId) => patientId !== than)
        .map((patientId) => `Patient/${publicId(keys.id, { patientId, no: 0 })}`)
    : []

/** A resource as it leaves: a Patient with links to the same person's others, everything else as it stands. */
export const leaving = (ctx: Context, person: OpenPerson, item: Item): Buffer =>
  item.type === 'Patient' && item.no === 0
    ? withLinks(item.bytes(), othersOf(ctx, person, item.patientId))
    : item.bytes()

/** Numbers of the directory's resources that these texts refer to. */
export const directoryNumbers = (items: readonly Item[]): Set<number> =>
  new Set(items.flatMap((item) => item.directory()))
