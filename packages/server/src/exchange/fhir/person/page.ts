import { z } from 'zod'
import type { Actor, Context } from '../../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../../platform/houseseal.ts'
import { Problem } from '../../../platform/problem.ts'
import { issues } from '../outcome.ts'
import type { Wanted } from './wanted.ts'

/** Where a reading of a whole person goes on. */
export interface PagePlace {
  readonly wanted: Wanted
  /** How far each shelf had come when the first page was asked for. */
  readonly marks: readonly (readonly [patientId: number, mark: number])[]
  /** When the first page was asked for, ms since 1970. */
  readonly at: number
  /** How many were told on the pages before. */
  readonly told: number
}

const Written = z.object({
  wanted: z.object({
    types: z.array(z.string()).nullable(),
    since: z.number().nullable(),
    start: z.string().nullable(),
    end: z.string().nullable(),
    count: z.number().nullable(),
  }),
  marks: z.array(z.tuple([z.number(), z.number()])),
  at: z.number(),
  told: z.number(),
})

const PURPOSE = 'exchange everything'
const LASTS_MS = 3_600_000

/** A page is good for whoever was given it, and for that Patient. */
const about = (actor: Actor, id: string): string =>
  actor.kind === 'client'
    ? `client ${actor.no} ${id}`
    : actor.kind === 'resident'
      ? `resident ${actor.account} ${id}`
      : id

export const sealPage = ({ keys, actor }: Context, id: string, place: PagePlace): string =>
  sealForHouse(keys, PURPOSE, JSON.stringify(place), about(actor, id)).toString('base64url')

function unsealed({ keys, actor }: Context, id: string, token: string): PagePlace | undefined {
  try {
    const text = openForHouse(keys, PURPOSE, Buffer.from(token, 'base64url'), about(actor, id))
    return Written.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** @throws {Problem} fhir.malformed: not given by this house to whoever asks, or too old */
export function openPage(ctx: Context, id: string, token: string): PagePlace {
  const place = unsealed(ctx, id, token)
  if (place && ctx.now().getTime() - place.at <= LASTS_MS) return place
  const text = 'This is no page that was given to you within the last hour: begin anew'
  throw new Problem('fhir.malformed', {
    more: issues([{ severity: 'error', code: 'invalid', expression: 'http._page', text }]),
  })
}
