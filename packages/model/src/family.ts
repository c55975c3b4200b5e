import { ageOn, daysInMonth, daysOf } from './dates.ts'
import { SENSITIVE, type Topic } from './topics.ts'

/** What holds for families from a day on: law and house rules as data, so that the date chooses the version. */
export interface FamilyRules {
  /** First day, 'YYYY-MM-DD'. */
  readonly from: string
  readonly source: string
  /** Age from which a child confirms beside her representative. */
  readonly alsoFrom: number
  /** Age from which the sensitive parts are hidden from proxies unless the person herself shared them. */
  readonly privateFrom: number
  /** Age at which nobody represents her any more unless she grants it anew. */
  readonly adultFrom: number
  /** Days after the seventh birthday in which the representative goes on while the child is asked. */
  readonly graceDays: number
  /** Children a person may add by herself; more go to the station. */
  readonly mostAdded: number
  /** Days for which an invitation stands. */
  readonly invitationDays: number
  /** Longest time for which an invitation may give a proxy, in days. */
  readonly longestDays: number
  /** Hours in which the old number may undo a change of telephone. */
  readonly undoHours: number
  /** Days without another change after one was undone. */
  readonly lockDays: number
  /** Days without a proven code after which a number may have been given to somebody new. */
  readonly reissueDays: number
}

/**
 * Ages 7 and 18: Law 91/2025/QH15 art. 24, Decree 330/2026 art. 60 (requirement VN-30). The other figures are rules of
 * this house.
 */
const RULES: readonly FamilyRules[] = [
  {
    from: '2026-01-01',
    source: 'Luật 91/2025/QH15 điều 24; Nghị định 330/2026 điều 60',
    alsoFrom: 7,
    privateFrom: 15,
    adultFrom: 18,
    graceDays: 60,
    mostAdded: 8,
    invitationDays: 7,
    longestDays: 3653,
    undoHours: 72,
    lockDays: 30,
    reissueDays: 30,
  },
]

/** The rules in force on a day 'YYYY-MM-DD'; before the first, the first: nothing is freer for being early. */
export function familyRulesOn(day: string): FamilyRules {
  const rules = RULES.findLast(({ from }) => from <= day) ?? RULES[0]
  if (!rules) throw new RangeError('no family rules')
  return rules
}

/** The day so many days later, 'YYYY-MM-DD'. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/**
 * The first day on which somebody may have completed so many years.
 * @param birth FHIR date of any precision
 */
export function birthdayOn(birth: string, years: number): string {
  const { first } = daysOf(birth)
  const [year = '', month = '', day = ''] = first.split('-')
  const then = Number(year) + years
  // born on 29 February: a year is complete on 1 March of common years
  return Number(day) > daysInMonth(then, Number(month)) ? `${then}-03-01` : `${then}-${month}-${day}`
}

interface Ages {
  readonly min: number
  readonly max: number
}

/** Somebody whose birth date nobody knows, or who is not born yet by it, may be of any age. */
const ANY_AGE: Ages = { min: 0, max: Number.POSITIVE_INFINITY }

const agesOf = (birth: string | null, day: string): Ages =>
  (birth === null ? null : ageOn(birth, day)) ?? ANY_AGE

/** What the rule needs to know of a proxy: days as the Vietnamese calendar has them. */
export interface Represented {
  /** Whose book it is about: her birth date as far as it is known. */
  readonly birth: string | null
  /** When the proxy began. */
  readonly since: string
  /** When she herself last confirmed it, or gave it; null where she never did. */
  readonly confirmed: string | null
}

/**
 * Where a proxy stands by the age of whom it is about: 'stands'; 'ask-again', which stands for some time while the child
 * is asked; 'waiting', which opens nothing until the child confirms; 'of-age', over since she is grown up.
 */
export type AgeStanding = 'stands' | 'ask-again' | 'waiting' | 'of-age'

/** Nobody is taken for grown up before she surely is; everybody is asked as soon as she may be old enough. */
export function standingByAge(rules: FamilyRules, proxy: Represented, day: string): AgeStanding {
  const { alsoFrom, adultFrom, graceDays } = rules
  const { birth, since, confirmed } = proxy
  const ageAt = (at: string): Ages => agesOf(birth, at)
  const agreed = confirmed === null ? undefined : ageAt(confirmed)
  const beganAsChild = ageAt(since).min < adultFrom
  if (ageAt(day).min >= adultFrom)
    return beganAsChild && !(agreed && agreed.min >= adultFrom) ? 'of-age' : 'stands'
  if (ageAt(day).max < alsoFrom || (agreed && agreed.max >= alsoFrom)) return 'stands'
  if (birth === null || ageAt(since).max >= alsoFrom) return 'waiting'
  return day < dayAfter(birthdayOn(birth, alsoFrom), graceDays) ? 'ask-again' : 'waiting'
}

/** Whether the sensitive parts of her book are her own to share: from 15, and wherever that cannot be ruled out. */
export const isPrivate = ({ privateFrom }: FamilyRules, birth: string | null, day: string): boolean =>
  agesOf(birth, day).max >= privateFrom

/** Whether she is surely old enough to share them. */
export const mayShare = ({ privateFrom }: FamilyRules, birth: string | null, day: string): boolean =>
  agesOf(birth, day).min >= privateFrom

export interface GivenTopics extends Represented {
  readonly topics: readonly Topic[]
  /** Those of the sensitive topics that she herself shared, being 15 or older. */
  readonly shared: readonly Topic[]
}

/** The topics that a proxy really opens on a day; none where it opens nothing. */
export function effectiveTopics(rules: FamilyRules, proxy: GivenTopics, day: string): readonly Topic[] {
  const standing = standingByAge(rules, proxy, day)
  if (standing === 'waiting' || standing === 'of-age') return []
  if (!isPrivate(rules, proxy.birth, day)) return proxy.topics
  return proxy.topics.filter((topic) => !SENSITIVE.includes(topic) || proxy.shared.includes(topic))
}

/** Which basis a representative acts on for a child of this age: alone, together with the child, or not at all. */
export function basisFor(rules: FamilyRules, birth: string, day: string): 'parent' | 'both' | 'none' {
  const ages = agesOf(birth, day)
  if (ages.min >= rules.adultFrom) return 'none'
  return ages.max >= rules.alsoFrom ? 'both' : 'parent'
}
