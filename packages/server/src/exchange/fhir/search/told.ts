import { note, noteRefusal } from '../../../audit/index.ts'
import type { Ground } from './evaluate.ts'
import type { Item } from './item.ts'

const ACTION = 'exchange.search'

/** Why somebody looked: by her own token, by a person's grant, or at what the facility itself stated. */
function purposeOf({ scene, others }: Pick<Ground, 'scene' | 'others'>, patientId: number): string {
  if (scene.ctx.actor.kind === 'resident') return 'own'
  const reach = scene.reaches.get(patientId) ?? others.get(patientId)
  return reach?.all ? 'treatment' : 'own-contribution'
}

export interface Told {
  readonly ground: Pick<Ground, 'scene' | 'others'>
  /** What leaves the house. */
  readonly items: readonly Item[]
  readonly about: readonly number[]
  readonly hidden: readonly number[]
  /** Kind of data. */
  readonly what: string
}

/**
 * Writes down on the chain of everybody of whom the answer tells something that it was searched; where it tells of
 * nobody, on the process's. Durable when it returns.
 */
export async function noteSearch({ ground, items, about, hidden, what }: Told): Promise<void> {
  const { ctx, reaches } = ground.scene
  const shelves = items.map(({ patientId }) => patientId).filter((patientId) => patientId !== 0)
  const told = [...new Set([...about, ...shelves])]
  const there = hidden.filter((patientId) => reaches.has(patientId))
  const notes = [
    ...told.map((patientId) =>
      note(ctx, { action: ACTION, patientId, purpose: purposeOf(ground, patientId), what }),
    ),
    ...there.map((patientId) => noteRefusal(ctx, { action: ACTION, patientId, what })),
  ]
  await Promise.all(notes.length > 0 ? notes : [note(ctx, { action: ACTION, what })])
}
