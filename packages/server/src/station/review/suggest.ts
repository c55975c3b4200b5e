import type { Decision } from '@sokhoe/signals/linkage'
import type { Saying } from '../../identity/index.ts'

/** Rules that say that nothing but asking tells these two apart. */
const ASK = ['nothing-else-to-tell', 'twins', 'father-and-son', 'namesakes']
/** Rules that no comparison overrules. */
const NEVER = ['two-verified-numbers']

/** What is likely of two, by their comparison alone; 'later' where only asking helps. */
export function leaning({ verdict, score, rule }: Decision): 'same' | 'different' | 'later' {
  if (rule !== undefined && NEVER.includes(rule)) return 'different'
  if (verdict === 'same') return 'same'
  if (verdict === 'different') return 'different'
  if (rule !== undefined && ASK.includes(rule)) return 'later'
  return score >= 0 ? 'same' : 'different'
}

/**
 * What the house would say of a whole group, by how each other column compares with the first.
 * @returns undefined where a column could not be compared: nothing is suggested then
 */
export function suggestion(decisions: readonly (Decision | undefined)[]): Saying | undefined {
  const each = decisions.map((one) => one && leaning(one))
  if (each.length === 0 || each.includes(undefined)) return undefined
  if (each.every((one) => one === 'same')) return 'same'
  if (each.every((one) => one === 'different')) return 'different'
  return each.some((one) => one === 'later') ? 'later' : 'partly'
}
