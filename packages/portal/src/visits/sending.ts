import type { Answer } from '@sokhoe/ui/http'
import { createStore } from '@sokhoe/ui/store'
import { codeOf, type Outcome, type Synced } from '../assist/visit.ts'
import { ask } from '../platform/ask.ts'
import { currentRound, told, type Waiting, waitingBoxes } from './round.ts'

/** Small enough that a journey that is cut costs little and progress is seen. */
const AT_ONCE = 10

interface Progress {
  readonly done: number
  readonly total: number
}

const progress = createStore<Progress | undefined>(undefined)
export const useProgress = progress.use

export type Refusal = Extract<Answer<Synced>, { is: 'refused' }>

/** One thing to send, as the server takes it. */
export interface Item {
  readonly uuid: string
}

/**
 * Sends what waits, some at a time; each answer is kept before the next journey begins. Sending again is harmless.
 * @returns why the rest was not sent
 */
export async function sendAll<T extends Item>(
  items: readonly T[],
  tell: (item: T, outcome: Outcome) => Promise<void> | void,
): Promise<Refusal | undefined> {
  if (progress.get() || items.length === 0) return undefined
  try {
    for (let from = 0; from < items.length; from += AT_ONCE) {
      progress.set({ done: from, total: items.length })
      const part = items.slice(from, from + AT_ONCE)
      const body = { clock: new Date().toISOString(), visits: part }
      const answer = await ask<Synced>('POST', '/api/station/sync', body)
      if (answer.is === 'refused') return answer
      for (const item of part) {
        const outcome = answer.data.visits.find(({ uuid }) => uuid === item.uuid)
        if (outcome) await tell(item, outcome)
      }
    }
    return undefined
  } finally {
    progress.set(undefined)
  }
}

function stateAfter(outcome: Outcome): Waiting['state'] {
  if (outcome.outcome === 'conflict') return { is: 'conflict', conflict: outcome }
  if (outcome.outcome === 'refused') return { is: 'refused', code: codeOf(outcome.problem.type) }
  return { is: 'kept', at: outcome.at }
}

/** What waits on the tablet, while its worker can read it; of what was settled, that one alone. */
export async function sendWaiting(only?: Waiting): Promise<Refusal | undefined> {
  const state = currentRound()
  if (state.is !== 'open') return undefined
  const waiting = only ? [only] : state.visits.filter((each) => each.state.is === 'waiting')
  const items = waiting.toReversed().map((each) => ({ uuid: each.uuid, visit: each.visit, each }))
  return await sendAll(
    items.map(({ uuid, visit }) => ({ uuid, visit })),
    async ({ uuid }, outcome) => {
      const found = waiting.find((each) => each.uuid === uuid)
      if (found) await told({ ...found, state: stateAfter(outcome) })
    },
  )
}

export interface BoxItem extends Item {
  readonly tablet: string
  readonly box?: string
}

/** What only the server can read any more. */
export async function boxItems(): Promise<BoxItem[]> {
  const state = currentRound()
  if (state.is !== 'sealed') return []
  const { tablet } = state.meta
  return (await waitingBoxes()).map(({ uuid, box }) => ({ uuid, tablet, box }))
}
