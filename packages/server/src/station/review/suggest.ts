import type { Decision, FieldName } from '@sokhoe/signals/linkage'
import type { Saying } from '../../identity/index.ts'

/** Rules that say that nothing but asking tells these two apart. */
const ASK = [
  'nothing-else-to-tell',
  'two-sexes',
  'named-by-mother',
  'no-birth-date',
  'other-marks',
  'like-names',
]
/** Rules that say who else it likely is. */
const OTHERS = ['two-verified-numbers', 'number-of-another', 'twins', 'multiple-birth', 'two-generations']

/** What two people may well share. */
const COMMON: readonly FieldName[] = ['name', 'birthDate', 'sex']

/** What is likely of two, by their comparison alone; 'later' where only asking helps. */
function leaning({ verdict, score, rule, reasons }: Decision): 'same' | 'different' | 'later' {
  if (rule !== undefined && OTHERS.includes(rule)) return 'different'
  if (verdict === 'same') return 'same'
  if (verdict === 'different') return 'different'
  if (rule !== undefined && ASK.includes(rule)) return 'later'
  if (score < 0) return 'different'
  // in a big city many bear one name and one birth date: without anything else somebody has to ask
  return reasons.some(({ field, weight }) => !COMMON.includes(field) && weight > 0) ? 'same' : 'later'
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
