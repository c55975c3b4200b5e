import { stationOf } from '@sokhoe/codes'
import { addressesIn, DEMO_WARDS } from './addresses.ts'
import { dayNumber, dayText } from './days.ts'
import { familyOf, healthOf } from './health.ts'
import { homesOf, type Place } from './homes.ts'
import { familyName, ownName } from './names.ts'
import { numbersOf } from './numbers.ts'
import { type Dice, diceOf } from './random.ts'
import type { Household, Resident } from './resident.ts'
import { vaccinationsOf } from './vaccinations.ts'
import { visitsOf } from './visits.ts'

export interface CityPlan {
  /** Any text or number; the same seed gives the same city to the last byte. */
  readonly seed: string | number
  /** How many people; a city of fewer is the beginning of a city of more. */
  readonly residents: number
  /** The city's today, YYYY-MM-DD: ages are reckoned to it, nothing happens after it. */
  readonly until: string
  /** 5-digit ward codes; three wards of the demonstration where left out. */
  readonly wards?: readonly string[]
}

/** Share of residents who have declared, in the last ninety days. Assumption. */
const DECLARED = 0.75

interface Home {
  readonly dice: Dice
  readonly station: string
  readonly until: string
}

/** Children bear the father's family name, or the mother's where there is no father; wives keep theirs. */
function familyNames(dice: Dice, places: readonly Place[]): string[] {
  const names = new Map<number, string>()
  const nameAt = (at: number): string => {
    const place = places[at]
    const parent = place?.father ?? place?.mother
    const inherited = parent === null || parent === undefined || !places[parent] ? undefined : nameAt(parent)
    const name = names.get(at) ?? inherited ?? familyName(dice)
    names.set(at, name)
    return name
  }
  return places.map((_, at) => nameAt(at))
}

type Person = Omit<Resident, 'health'> & { readonly health: Omit<Resident['health'], 'family'> }

function personAt(
  home: Home,
  place: Place,
  no: number,
  family: string,
  numbers: ReturnType<typeof numbersOf>,
): Person {
  const { dice, station, until } = home
  const { sex, born, age } = place.soul
  const birthDate = dayText(born)
  const year = Number(birthDate.slice(0, 4))
  const health = healthOf(dice, sex, age, Number(until.slice(0, 4)))
  return {
    no,
    name: `${family} ${ownName(dice, sex, year)}`,
    sex,
    birthDate,
    relation: place.relation,
    father: place.father,
    mother: place.mother,
    ...numbers(dice, sex, birthDate, age),
    declaredOn: dice.chance(DECLARED) ? lateDay(dice, birthDate, until) : null,
    health,
    vaccinations: vaccinationsOf(dice, { no, birthDate, age }, station, until),
    visits: visitsOf(dice, { no, age, birthDate, health }, station, until),
  }
}

/** A day in the last ninety, not before the birth. */
function lateDay(dice: Dice, birthDate: string, until: string): string {
  const day = dayText(dayNumber(until) - dice.whole(90))
  return day < birthDate ? birthDate : day
}

const present = (place: number | null, count: number): number | null =>
  place !== null && place < count ? place : null

/** What parents in the household know of themselves, their children tell as family history. */
function related(dice: Dice, people: readonly Person[]): Resident[] {
  const healthAt = (place: number | null): Resident['health'] | undefined => {
    const parent = place === null ? undefined : people[place]
    return parent && { ...parent.health, family: [] }
  }
  return people.map((person) => {
    const father = present(person.father, people.length)
    const mother = present(person.mother, people.length)
    const family = familyOf(dice, { father: healthAt(father), mother: healthAt(mother) })
    return { ...person, father, mother, health: { ...person.health, family } }
  })
}

/**
 * Makes a city, household by household, in constant memory: everything invented from real frequencies, nobody real.
 *
 * @yields households of at least one adult, the head first, until the number of residents is reached; the last one is
 * cut short where it would pass it
 * @throws {RangeError} a day that is none, or a ward code that no ward carries on it
 */
export function* cityOf({
  seed,
  residents,
  until,
  wards = DEMO_WARDS,
}: CityPlan): Generator<Household, void> {
  const today = dayNumber(until)
  const address = addressesIn(wards, until)
  const numbers = numbersOf(diceOf(seed, 'numbers'), until)
  let made = 0
  let no = 0
  for (let neighbourhood = 0; made < residents; neighbourhood += 1)
    for (const all of homesOf(diceOf(seed, 'neighbourhood', neighbourhood), today)) {
      if (made >= residents) return
      no += 1
      const places = all.slice(0, residents - made)
      const dice = diceOf(seed, 'household', no)
      const where = address(dice)
      const home = { dice, station: stationOf(where.ward)?.id ?? `TYT-${where.ward}`, until }
      const names = familyNames(dice, places)
      const first = made + 1
      const people = places.map((place, at) => personAt(home, place, first + at, names[at] ?? '', numbers))
      made += places.length
      yield { no, address: where, members: related(dice, people) }
    }
}
