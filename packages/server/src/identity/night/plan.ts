import { homeOf, PATIENTS_A_HOME } from '../../platform/ids.ts'
import { chooseHome } from '../linking/links.ts'
import { type Person, type Records, rankOf } from './standing.ts'

/** A Patient that is to belong to another person. */
export interface Move {
  readonly patientId: number
  readonly from: number
}

/** Patients that go to one person; null: to a person of their own, whom nobody is yet. */
export interface Going {
  readonly to: number | null
  readonly moves: readonly Move[]
}

/** Ranks of a group. */
type Group = readonly number[]

/**
 * Which Patients must change the person so that each group is one person and each person one group. Most of a city stands
 * as it should: only what does not is looked at closely.
 * @param first by rank, the smallest rank of its group
 * @returns what goes together stands or falls together: persons that exchange Patients are in one step
 */
export function planMoves(
  records: Records,
  persons: ReadonlyMap<number, Person>,
  first: Int32Array,
): Going[][] {
  return unsettled(records, first).map((groups) => planStep(records, persons, groups))
}

/** Groups that do not stand as they should, those together that have Patients of one person. */
function unsettled(records: Records, first: Int32Array): Group[][] {
  const { mixed, split } = whereTheyDiffer(records, first)
  const groups = new Map<number, number[]>()
  const ofPerson = new Map<number, Set<number[]>>()
  first.forEach((at, rank) => {
    const person = records.persons[rank] ?? -1
    if (!mixed.has(at) && !split.has(person)) return
    const group = groups.get(at) ?? []
    groups.set(at, group)
    group.push(rank)
    ofPerson.set(person, (ofPerson.get(person) ?? new Set()).add(group))
  })
  const seen = new Set<Group>()
  return [...groups.values()].flatMap((group) => {
    const step = seen.has(group) ? [] : reachable(group, records, ofPerson)
    for (const one of step) seen.add(one)
    return step.length > 0 ? [step] : []
  })
}

/** A group and all that exchange Patients with it, directly or through others. */
function reachable(
  group: Group,
  { persons }: Records,
  ofPerson: ReadonlyMap<number, ReadonlySet<Group>>,
): Group[] {
  const [step, asked] = [new Set([group]), new Set<number>()]
  for (const one of step)
    for (const rank of one) {
      const person = persons[rank] ?? -1
      if (asked.has(person)) continue
      asked.add(person)
      for (const other of ofPerson.get(person) ?? []) step.add(other)
    }
  return [...step]
}

/** Groups with Patients of several persons, and persons with Patients in several groups. */
function whereTheyDiffer({ persons }: Records, first: Int32Array) {
  const [mixed, split] = [new Set<number>(), new Set<number>()]
  const groupOf = new Map<number, number>()
  first.forEach((group, rank) => {
    const person = persons[rank] ?? -1
    if (person !== persons[group]) mixed.add(group)
    const known = groupOf.get(person)
    if (known === undefined) groupOf.set(person, group)
    else if (known !== group) split.add(person)
  })
  return { mixed, split }
}

function planStep(records: Records, persons: ReadonlyMap<number, Person>, groups: readonly Group[]): Going[] {
  const personAt = (rank: number) => records.persons[rank] ?? -1
  const keepers = new Map(
    [...holders(groups, personAt)].map(([person, held]) => [person, keeperOf(records, person, held)]),
  )
  return groups.flatMap((group): Going[] => {
    const own = [...keepers].flatMap(([person, keeper]) =>
      keeper === group ? (persons.get(person) ?? []) : [],
    )
    const to = chooseHome(own) ?? null
    const moves = group
      .filter((rank) => personAt(rank) !== to)
      .map((rank) => ({ patientId: records.patientIds[rank] ?? -1, from: personAt(rank) }))
      .filter(({ patientId, from }) => !isOwnOfBook(patientId, persons.get(from)))
    return moves.length > 0 ? [{ to, moves }] : []
  })
}

/** A book's own Patient never leaves it: two books are joined and parted by people alone. */
const isOwnOfBook = (patientId: number, from: Person | undefined): boolean =>
  from?.book === true && homeOf(patientId) === from.home && patientId % PATIENTS_A_HOME === 0

/** In which groups a person has Patients. */
function holders(
  groups: readonly Group[],
  personAt: (rank: number) => number,
): Map<number, Map<Group, number>> {
  const held = new Map<number, Map<Group, number>>()
  for (const group of groups)
    for (const rank of group) {
      const of = held.get(personAt(rank)) ?? new Map<Group, number>()
      held.set(personAt(rank), of.set(group, (of.get(group) ?? 0) + 1))
    }
  return held
}

/** Who stays this person: the group with the first Patient of her home, else the one with most of her Patients. */
function keeperOf(records: Records, person: number, held: ReadonlyMap<Group, number>): Group | undefined {
  const firstRank = rankOf(records, person * PATIENTS_A_HOME)
  const first = [...held.keys()].find(
    (group) => group.includes(firstRank) && records.persons[firstRank] === person,
  )
  if (first) return first
  return [...held].toSorted(([a, one], [b, two]) => two - one || (a[0] ?? 0) - (b[0] ?? 0))[0]?.[0]
}
