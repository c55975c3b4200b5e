import { dayNumber, dayText, monthsAfter } from './days.ts'
import type { Dice } from './random.ts'
import type { Vaccination } from './resident.ts'

/**
 * The national programme as children of the city meet it: vaccine, dose, month of age.
 * Share given in the end: 95 of 100, a little less for later doses (assumption).
 */
const PROGRAMME: readonly (readonly [vaccine: string, dose: number, month: number])[] = [
  ['HBV0', 1, 0],
  ['BCG', 1, 0],
  ['DPT-VGB-HIB', 1, 2],
  ['OPV', 1, 2],
  ['ROTA', 1, 2],
  ['DPT-VGB-HIB', 2, 3],
  ['OPV', 2, 3],
  ['DPT-VGB-HIB', 3, 4],
  ['OPV', 3, 4],
  ['ROTA', 2, 4],
  ['IPV', 1, 5],
  ['MR1', 1, 9],
  ['IPV', 2, 9],
  ['JE', 1, 12],
  ['JE', 2, 13],
  ['MR2', 1, 18],
  ['DPT4', 4, 18],
  ['JE', 3, 25],
  ['TD', 1, 84],
]

/** Records are kept for children up to this age; older ones have theirs on paper. */
const RECORDED_UNDER = 12

const later = (a: string, b: string): string => (a > b ? a : b)

/** When a dose falls due: at its month of age, and a month after the dose before. */
function dueOn(birthDate: string, month: number, earlier: string | undefined): string {
  const due = month === 0 ? birthDate : monthsAfter(birthDate, month)
  return earlier ? later(due, monthsAfter(earlier, 1)) : due
}

/** Second and third doses need the one before; the booster counts from the basic series of another vaccine. */
const follows = (dose: number): boolean => dose === 2 || dose === 3

/**
 * The doses a child has had by a day, at the station of the ward. A dose that is missed stays missed, and with it
 * those of the same vaccine that follow.
 */
export function vaccinationsOf(
  dice: Dice,
  child: { readonly no: number; readonly birthDate: string; readonly age: number },
  facility: string,
  until: string,
): Vaccination[] {
  if (child.age >= RECORDED_UNDER) return []
  const late = dice.chance(0.25) ? 25 : 6
  const last = new Map<string, { readonly dose: number; readonly day: string }>()
  const given: Vaccination[] = []
  for (const [vaccine, dose, month] of PROGRAMME) {
    const missed = dice.chance(month < 9 ? 0.04 : 0.09)
    const wait = Math.floor(-late * Math.log(1 - dice.unit()))
    const earlier = last.get(vaccine)
    const due = dueOn(child.birthDate, month, earlier?.day)
    const day = dayText(dayNumber(due) + (month === 0 ? Math.min(1, wait) : wait))
    if (missed || day > until || (follows(dose) && earlier?.dose !== dose - 1)) continue
    last.set(vaccine, { dose, day })
    given.push({ key: `tc-${child.no}-${vaccine}-${dose}`, vaccine, dose, day, facility })
  }
  return given
}
