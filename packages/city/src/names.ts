import { familyNames, givenNames, namePairs } from '@sokhoe/codes'
import { byAge } from './ages.ts'
import { type Dice, weighted } from './random.ts'
import type { Sex } from './resident.ts'

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly is: T } | undefined
  return () => {
    made ??= { is: make() }
    return made.is
  }
}

const family = once(() => weighted(familyNames()))

const given = once(() => {
  const leaning = (lean: string) =>
    weighted(
      givenNames()
        .filter(({ is, count }) => count > 0 && (is.lean === lean || is.lean === 'U'))
        .map(({ is, count }) => ({ is: is.name, count })),
    )
  return { male: leaning('M'), female: leaning('F') }
})

const pairs = once(() => {
  const even = (names: readonly string[]) => weighted(names.map((is) => ({ is, count: 1 })))
  return { male: even(namePairs.male()), female: even(namePairs.female()) }
})

/** Assumption: share of men called Văn and of women called Thị, by year of birth: a custom that wanes. */
const CUSTOM = {
  male: byAge([0, 0.6], [1965, 0.4], [1980, 0.22], [1995, 0.1], [2010, 0.04]),
  female: byAge([0, 0.85], [1965, 0.7], [1980, 0.5], [1995, 0.25], [2010, 0.07]),
} as const

const CUSTOMARY = { male: 'Văn', female: 'Thị' } as const

/** A family name, as often as the city has it. */
export const familyName = (dice: Dice): string => family()(dice)

/** Middle and given name, as parents of the birth year chose. */
export function ownName(dice: Dice, sex: Sex, birthYear: number): string {
  if (dice.chance(CUSTOM[sex](birthYear))) return `${CUSTOMARY[sex]} ${given()[sex](dice)}`
  return pairs()[sex](dice)
}
