import type { Pair } from '@sokhoe/fhir/query'
import type { Context } from '../../../platform/context.ts'
import type { ResourceKey } from '../../../platform/ids.ts'
import { find } from './run.ts'

export interface Match extends ResourceKey {
  readonly id: string
}

interface Where {
  readonly base: string
  /** Only what stands with this Patient. */
  readonly within?: number
  /** Also what others stated, as far as the token and the persons let it be seen: what is only referred to. */
  readonly others?: boolean
}

/**
 * Which resources that the asking facility itself stated meet a condition: for conditional interactions, whose right is
 * theirs to ask. An unknown parameter refuses, since a condition that is not understood must not seem to be met.
 *
 * @throws {Problem} fhir.malformed, fhir.not-supported, fhir.too-costly
 */
export async function matchesOf(
  ctx: Context,
  type: string,
  pairs: readonly Pair[],
  { others = false, ...where }: Where,
): Promise<Match[]> {
  const { matches } = await find({ ctx, types: [type], pairs, strict: true, ownOnly: !others, ...where })
  return matches.map((item) => ({ patientId: item.patientId, no: item.no, id: item.id() }))
}
