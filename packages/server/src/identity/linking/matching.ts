import { type Decision, decide } from '@sokhoe/signals/linkage'
import type { Context } from '../../platform/context.ts'
import { modelNow } from '../night/model.ts'
import { mayBeSeen, type Reach, reachOfPatients } from '../people/reach.ts'
import { arrivingOf, type StatedPatient } from './arriving.ts'
import { openCandidates, proposedAmong } from './candidates.ts'

/** How sure it is, in the words of FHIR's match-grade. */
export type Grade = 'certain' | 'probable' | 'possible' | 'certainly-not'

export interface Matched {
  readonly patientId: number
  readonly grade: Grade
  /** Probability that both are one person, 0 to 1; below 1 where a rule leaves it to people. */
  readonly score: number
}

const ORDER: readonly Grade[] = ['certain', 'probable', 'possible', 'certainly-not']
/** What people have to look at is never told as sure, however well it fits. */
const MOST_UNSURE = 0.95
/** From as many bits on it is likelier than not by far, and only a rule stands against it. */
const LIKELY = 6

function gradeOf({ verdict, score }: Decision): Grade {
  if (verdict === 'same') return 'certain'
  if (verdict === 'different') return 'certainly-not'
  return score >= LIKELY ? 'probable' : 'possible'
}

function scoreOf({ verdict, score }: Decision): number {
  const chance = verdict === 'different' ? 0 : 1 / (1 + 2 ** -score)
  return Number((verdict === 'same' ? chance : Math.min(chance, MOST_UNSURE)).toFixed(4))
}

const isSeen = (ctx: Context, patientId: number, reach: Reach): boolean => {
  const source = reach.sources[reach.patientIds.indexOf(patientId)]
  return source !== undefined && mayBeSeen(ctx, reach, { source, restricted: false })
}

/** Two persons can not both be the one who was asked for: then neither is certain. */
function withoutRivals(matched: readonly (Matched & { readonly whose: number })[]): Matched[] {
  const certain = new Set(matched.filter(({ grade }) => grade === 'certain').map(({ whose }) => whose))
  return matched.map(({ patientId, grade, score }) =>
    grade === 'certain' && certain.size > 1
      ? { patientId, grade: 'probable', score: Math.min(score, MOST_UNSURE) }
      : { patientId, grade, score },
  )
}

/** As many as a search looks at, where fewer are found: nobody is asked about then, in the same statements. */
const LOOKED_AT = 64
const atLeast = (found: readonly number[]): number[] => [
  ...found,
  ...Array.from({ length: Math.max(0, LOOKED_AT - found.length) }, (_, i) => -1 - i),
]

/**
 * Who of those whom the actor may see is the one described; the likeliest first. Whom she may not see is neither
 * compared nor counted, and takes nobody's place, so that the answer is the same, and comes by the same steps, as if there
 * were nobody.
 * @returns Patients; of a person whose record is open to the actor her likeliest one alone. 'certainly-not' only for
 *   whoever states one of the same numbers
 */
export async function matchPatients(ctx: Context, described: StatedPatient): Promise<Matched[]> {
  const { keys, prepared, numbers } = arrivingOf(ctx, described)
  const reaches = new Map<number, Reach>()
  const seen = await proposedAmong(ctx, keys, async (found) => {
    for (const [patientId, reach] of await reachOfPatients(ctx, atLeast(found)))
      if (isSeen(ctx, patientId, reach)) reaches.set(patientId, reach)
    return new Set(reaches.keys())
  })
  const model = modelNow(ctx)
  const matched = (await openCandidates(ctx, seen))
    .map((one) => ({ one, decision: decide(prepared, one.prepared, model) }))
    .filter(({ one, decision }) => decision.verdict !== 'different' || !one.numbers.isDisjointFrom(numbers))
    .map(({ one: { patientId }, decision }) => {
      const reach = reaches.get(patientId)
      const whose = reach?.all ? reach.home : -patientId
      return { patientId, whose, grade: gradeOf(decision), score: scoreOf(decision) }
    })
    .toSorted(
      (a, b) =>
        ORDER.indexOf(a.grade) - ORDER.indexOf(b.grade) || b.score - a.score || a.patientId - b.patientId,
    )
  return withoutRivals(
    [...Map.groupBy(matched, ({ whose }) => whose).values()].flatMap(([best]) => best ?? []),
  )
}
