import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { Pair } from '@sokhoe/fhir/query'
import { z } from 'zod'
import type { Actor, Context } from '../../../platform/context.ts'
import { openBytesForHouse, sealBytesForHouse } from '../../../platform/houseseal.ts'
import { Problem } from '../../../platform/problem.ts'
import { issues } from '../outcome.ts'

/** Where the next page of a search begins, and all that it needs to go on. */
export interface Place {
  readonly types: readonly string[]
  readonly pairs: readonly Pair[]
  /** Whose compartment was searched. */
  readonly within: number | null
  /** How far each shelf had come when the first page was asked for: [patientId, mark]. */
  readonly marks: readonly (readonly [number, number])[]
  /** When the first page was asked for, ms since 1970. */
  readonly at: number
  /** Behind which resource. */
  readonly after?: {
    readonly keys: readonly (number | string | null)[]
    readonly patientId: number
    readonly no: number
  }
  /** Numbers in the directory that were looked at; null: all of the type. */
  readonly nos: readonly number[] | null
  /** Persons are looked at in turn. */
  readonly inTurn?: boolean | undefined
}

const Written = z.object({
  types: z.array(z.string()),
  pairs: z.array(z.tuple([z.string(), z.string()])),
  within: z.number().nullable(),
  marks: z.array(z.tuple([z.number(), z.number()])),
  at: z.number(),
  after: z.object({
    keys: z.array(z.union([z.number(), z.string(), z.null()])),
    patientId: z.number(),
    no: z.number(),
  }),
  nos: z.array(z.number()).nullable(),
  inTurn: z.boolean().optional(),
})

const PURPOSE = 'exchange page'
/** A page is asked for soon, or the search is begun anew. */
const LASTS_MS = 1_800_000
/** An address is not longer than this anywhere. */
const LONGEST = 12_000

/** A page is good for whoever was given it. */
function holder(actor: Actor): string {
  if (actor.kind === 'client') return `${PURPOSE} client ${actor.no}`
  return actor.kind === 'resident' ? `${PURPOSE} resident ${actor.account}` : PURPOSE
}

/** An opaque text that tells nothing of the search; undefined where it would be too long for an address. */
export function pageToken({ keys, actor }: Context, place: Place): string | undefined {
  const packed = deflateRawSync(JSON.stringify(place))
  const token = sealBytesForHouse(keys, PURPOSE, packed, holder(actor)).toString('base64url')
  return token.length > LONGEST ? undefined : token
}

const refuse = (code: 'fhir.malformed' | 'fhir.gone', issue: string, text: string): never => {
  throw new Problem(code, { more: issues([{ severity: 'error', code: issue, expression: '_page', text }]) })
}

function openToken({ keys, actor }: Context, token: string): Place | undefined {
  const sealed = Buffer.from(token.slice(0, LONGEST), 'base64url')
  // a text that only decodes to the same is another one
  if (sealed.toString('base64url') !== token) return undefined
  try {
    const packed = openBytesForHouse(keys, PURPOSE, sealed, holder(actor))
    const text = inflateRawSync(packed, { maxOutputLength: 1_000_000 }).toString()
    return Written.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** @throws {Problem} fhir.malformed: not given by this house to whoever asks; fhir.gone: too old */
export function placeOfToken(ctx: Context, token: string): Place {
  const place =
    openToken(ctx, token) ??
    refuse('fhir.malformed', 'invalid', 'This is no page that was given to you: search anew')
  if (ctx.now().getTime() - place.at > LASTS_MS)
    refuse('fhir.gone', 'expired', 'This page is older than half an hour: search anew')
  return place
}
