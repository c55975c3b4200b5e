import { readPublicId } from '../../../platform/ids.ts'
import { hasScope } from '../answer.ts'
import type { Ground } from './evaluate.ts'
import { type Item, placeOf } from './item.ts'
import { directoryItems, openScene } from './scene.ts'

/** More persons than these do not come along with one answer. */
const MOST_OTHERS = 50

interface Wanted {
  readonly reference: string
  readonly type: string
  readonly patientId: number
  readonly no: number
}

function wantedOf({ scene: { ctx } }: Ground, reference: string): Wanted | undefined {
  const [type = '', id = ''] = reference.split('/')
  const key = readPublicId(ctx.keys.id, id)
  return key && { reference, type, ...key }
}

/** Resources of other persons, as far as their own word lets them be seen. */
async function ofOthers({ scene: { ctx }, others }: Ground, patientIds: readonly number[]): Promise<Item[]> {
  if (patientIds.length === 0) return []
  const { items, reaches } = await openScene(ctx, patientIds.slice(0, MOST_OTHERS))
  for (const [patientId, reach] of reaches) others.set(patientId, reach)
  return [...items.values()]
}

/**
 * What references point at, as far as it may be seen and the token opens its type.
 * @param references 'Type/id' each
 * @returns by reference; none for what is not there, is not to be seen, or is of another type than the reference says
 */
export async function resolveAll(
  ground: Ground,
  references: readonly string[],
): Promise<ReadonlyMap<string, Item>> {
  const { scene, at } = ground
  const { ctx, items, reaches } = scene
  const wanted = [...new Set(references)]
    .map((reference) => wantedOf(ground, reference))
    .filter((one) => one !== undefined)
    .filter(({ type }) => hasScope(ctx, type, 'r') || hasScope(ctx, type, 's'))
  const ofDirectory = wanted.filter(({ patientId }) => patientId === 0).map(({ no }) => no)
  const others = wanted.map(({ patientId }) => patientId).filter((one) => one !== 0 && !reaches.has(one))
  const [places, further] = await Promise.all([
    directoryItems(ctx, ofDirectory, at),
    ofOthers(ground, [...new Set(others)]),
  ])
  const known = new Map([...places, ...further].map((item) => [placeOf(item), item]))
  const found = new Map<string, Item>()
  for (const { reference, type, ...place } of wanted) {
    const item = items.get(placeOf(place)) ?? known.get(placeOf(place))
    if (item?.type === type) found.set(reference, item)
  }
  return found
}
