import type { Decision } from '@sokhoe/signals/linkage'
import { speaksAgainst } from '../people/agreement.ts'
import type { Candidate } from './candidates.ts'

/** Bits: more than a misspelt name, a slipped date or a move speak against. */
const STRONG = -8

const againstIn = ({ reasons }: Decision): number =>
  reasons.reduce((sum, { weight }) => sum + Math.min(weight, 0), 0)

const hasOtherNumber = ({ reasons }: Decision): boolean =>
  reasons.some(({ field, level }) => field === 'identity' && level === 'different')

/** A statement of before and of now, each compared with the same other Patient. */
export interface SaidAnew {
  readonly was: Candidate
  readonly now: Candidate
  readonly other: Candidate
  readonly before: Decision
  readonly after: Decision
}

/**
 * Whether a source has just said that its Patient is plainly somebody else than the other. Pure. What was as far from
 * the other before says nothing new: somebody may have joined the two knowing it.
 */
export function contradicts({ was, now, other, before, after }: SaidAnew): boolean {
  const isNew = (speaks: (one: Candidate, compared: Decision) => boolean): boolean =>
    speaks(now, after) && !speaks(was, before)
  return (
    isNew((one) => speaksAgainst(one.demographics, other.demographics)) ||
    // of a confirmed book only the number that was seen is compared: another one is another person's
    isNew((_, compared) => compared.rule === 'two-verified-numbers' || hasOtherNumber(compared)) ||
    (after.verdict === 'different' && againstIn(after) <= STRONG && againstIn(after) < againstIn(before))
  )
}
