import { randomUUID } from 'node:crypto'
import { parseJson, writeJson } from '@sokhoe/fhir'
import { NOON } from './house.ts'
import { type Answers, responseOf } from './resident.ts'
import type { WorkerAt } from './worker.ts'

/** What a tablet brings of one visit. */
const visitOf = (answers: Answers, more: object = {}) => ({
  response: responseOf(answers),
  confirmation: { kind: 'thumb', paper: 'BQ-0007' },
  takenAt: NOON.toISOString(),
  ...more,
})

export const waitingOf = (answers: Answers, more: object = {}, uuid: string = randomUUID()) => ({
  uuid,
  visit: visitOf(answers, more),
})

/** Sends as the portal does: text with every number as written. */
export function assistantAt(worker: WorkerAt) {
  const sync = async (visits: readonly object[], clock: string = worker.clock.at.toISOString()) => {
    const reply = await worker.ask('POST', '/api/station/sync', writeJson({ clock, visits }))
    return { reply, told: reply.statusCode === 200 ? (parseJson(reply.body) as Synced).visits : [] }
  }
  const declare = (answers: Answers, more: object = {}, uuid: string = randomUUID()) =>
    worker.ask('PUT', `/api/station/declarations/${uuid}`, writeJson(visitOf(answers, more)))
  return { sync, declare }
}

interface Synced {
  readonly visits: readonly {
    readonly uuid: string
    readonly outcome: string
    readonly person?: string
    readonly seen?: string
    readonly fields?: readonly { readonly linkId: string }[]
    readonly same?: readonly { readonly person: string; readonly name: string }[]
    readonly problem?: { readonly type: string; readonly at: readonly string[] }
  }[]
}
