import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { maskNumber } from '@sokhoe/model/mask'
import { type Life, livesOf } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { enter, type Worker } from '../enter.ts'

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number is told by its last digits alone, wherever it stands. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      name,
      name === 'value' && typeof one === 'string' ? maskNumber(one) : masked(one),
    ]),
  )
}

function wardIn(value: unknown, day: string): unknown {
  if (!isObject(value) || typeof value['ward'] !== 'string') return value
  return { ...value, wardName: wardAt(value['ward'], day)?.name ?? value['ward'] }
}

function tellLife({ no, kind, at, facility, paper, told, undone_at, died_on }: Life) {
  const day = dayInVietnam(at)
  const { before, after, ...more } = told
  return {
    no,
    kind,
    at: at.toISOString(),
    facility,
    paper,
    before: wardIn(masked(before ?? null), day),
    after: wardIn(masked(after ?? null), day),
    ...(typeof more['why'] === 'string' && { why: more['why'] }),
    ...(typeof more['reference'] === 'string' && { reference: more['reference'] }),
    ...(died_on !== null && { diedOn: died_on }),
    undone: undone_at?.toISOString() ?? null,
    ...(typeof more['undoneWhy'] === 'string' && { undoneWhy: more['undoneWhy'] }),
  }
}

/** What has changed in who she is: numbers, names, homes; each with who recorded it and by which paper. */
export async function livesAt(ctx: Context, worker: Worker, person: string, present: string | undefined) {
  const errand = { action: 'station.life', what: 'identity', purpose: 'life', present } as const
  const book = await enter(ctx, worker, { ...errand, person })
  const lives = await livesOf(ctx, book.home)
  return { lives: lives.map(tellLife) }
}
