import { note, noteRefusal } from '../../../audit/index.ts'
import type { Item } from './item.ts'
import type { Scene } from './scene.ts'

const ACTION = 'exchange.search'

/** Why somebody looked: by her own token, by a person's grant, or at what the facility itself stated. */
function purposeOf({ ctx, reaches }: Scene, patientId: number): string {
  if (ctx.actor.kind === 'resident') return 'own'
  return reaches.get(patientId)?.all ? 'treatment' : 'own-contribution'
}

export interface Told {
  readonly scene: Scene
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
export async function noteSearch({ scene, items, about, hidden, what }: Told): Promise<void> {
  const { ctx, reaches } = scene
  const shelves = items.map(({ patientId }) => patientId).filter((patientId) => patientId !== 0)
  const told = [...new Set([...about, ...shelves])]
  const there = hidden.filter((patientId) => reaches.has(patientId))
  const notes = [
    ...told.map((patientId) =>
      note(ctx, { action: ACTION, patientId, purpose: purposeOf(scene, patientId), what }),
    ),
    ...there.map((patientId) => noteRefusal(ctx, { action: ACTION, patientId, what })),
  ]
  await Promise.all(notes.length > 0 ? notes : [note(ctx, { action: ACTION, what })])
}
