import type { Decision } from '@sokhoe/signals/linkage'
import type { Candidate } from './candidates.ts'
import { type Outcome, policyFor, type Side } from './policy.ts'

/** Somebody who is compared, kept in the database or not yet, with the blind indexes of its numbers. */
interface Compared extends Side {
  readonly numbers: ReadonlySet<string>
}

export interface Judged {
  readonly candidate: Candidate
  readonly decision: Decision
  readonly outcome: Outcome
}

const RANK: Readonly<Record<Outcome, number>> = { linked: 0, waits: 1, open: 2, none: 3 }

const surer = (a: Judged, b: Judged): number =>
  RANK[a.outcome] - RANK[b.outcome] ||
  b.decision.score - a.decision.score ||
  a.candidate.patientId - b.candidate.patientId

/** One of her Patients can not be this one by a rule, whatever the others say: then people decide. */
function careful(ofOnePerson: readonly Judged[]): Judged | undefined {
  const [best] = ofOnePerson.toSorted(surer)
  if (!best || best.outcome === 'none') return undefined
  const isRuledOut = ofOnePerson.some(
    ({ decision: { verdict, rule } }) => verdict === 'different' && rule !== undefined,
  )
  return isRuledOut ? { ...best, outcome: 'open' } : best
}

/**
 * Compares one with all who may be the same. Pure.
 * @param ruled persons of whom people have decided already, for or against: they are left as they are
 * @returns for each person of whom there is something to say her likeliest Patient, likeliest person first
 */
export function judge(
  one: Compared,
  candidates: readonly Candidate[],
  decideOn: (candidate: Candidate) => Decision,
  ruled: ReadonlySet<number> = new Set(),
): Judged[] {
  const all = candidates
    .filter(({ person }) => !ruled.has(person))
    .map((candidate): Judged => {
      const decision = decideOn(candidate)
      const outcome = policyFor(decision, one, candidate, !one.numbers.isDisjointFrom(candidate.numbers))
      return { candidate, decision, outcome }
    })
  return [...Map.groupBy(all, ({ candidate }) => candidate.person).values()]
    .flatMap((some) => careful(some) ?? [])
    .toSorted(surer)
}
