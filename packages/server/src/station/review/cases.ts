import type { AskedPair } from '../../identity/index.ts'

/** A group of records that one look decides. */
export interface Case {
  /** The least of its Patients: no other case has it. */
  readonly id: number
  readonly sample: boolean
  /** What is asked is one person already. */
  readonly linked: boolean
  readonly pairs: readonly AskedPair[]
  /** The columns of the screen: Patients that are one person already stand in one, but not where that is what is asked. */
  readonly units: readonly (readonly number[])[]
  /** Since when the oldest of its questions stands. */
  readonly since: Date
}

/**
 * Relatives and namesakes whom a rule keeps apart: two people as a rule, and no look at records tells more. They are asked
 * after all others, so that they never bury a question that has an answer.
 */
const HARDLY_ONE: readonly string[] = [
  'two-generations',
  'twins',
  'multiple-birth',
  'other-marks',
  'like-names',
  'nothing-else-to-tell',
]

const isHardlyOne = ({ pairs, sample }: Case): boolean =>
  !sample && pairs.every(({ rule }) => rule !== null && HARDLY_ONE.includes(rule))

/** What is compared at one glance; what hangs together with more is asked in several steps. */
const MOST_UNITS = 6

interface Growing {
  readonly pairs: AskedPair[]
  readonly persons: Set<number>
}

function caseOf(pairs: readonly AskedPair[]): Case[] {
  const [first] = pairs
  if (!first) return []
  const { linked, state } = first
  const owner = new Map<number, number>()
  for (const { patients, persons } of pairs)
    for (const [i, patient] of patients.entries()) owner.set(patient, linked ? patient : (persons[i] ?? 0))
  const patients = [...owner.keys()].toSorted((a, b) => a - b)
  const units = [...Map.groupBy(patients, (patient) => owner.get(patient)).values()]
  return [{ id: patients[0] ?? 0, sample: state === 'sample', linked, pairs, units, since: first.at }]
}

/**
 * Groups what a ward is asked into cases, longest waiting first, relatives and namesakes behind all others. Records hang together through pairs and through persons;
 * of those who are one person already each two are asked by
 * themselves, as if nothing were known of it.
 * @param pairs longest waiting first
 */
export function casesOf(pairs: readonly AskedPair[]): Case[] {
  const groups = new Set<Growing>()
  for (const pair of pairs.filter(({ linked }) => !linked)) {
    const touched = [...groups].filter(({ persons }) => pair.persons.some((person) => persons.has(person)))
    const persons = new Set([...pair.persons, ...touched.flatMap((group) => [...group.persons])])
    if (persons.size > MOST_UNITS) continue
    for (const group of touched) groups.delete(group)
    groups.add({ persons, pairs: [...touched.flatMap((group) => group.pairs), pair] })
  }
  const open = [...groups].flatMap((group) =>
    caseOf(group.pairs.toSorted((a, b) => a.at.getTime() - b.at.getTime())),
  )
  const alone = pairs.filter(({ linked }) => linked).flatMap((pair) => caseOf([pair]))
  return [...open, ...alone].toSorted(
    (a, b) =>
      Number(isHardlyOne(a)) - Number(isHardlyOne(b)) || a.since.getTime() - b.since.getTime() || a.id - b.id,
  )
}
