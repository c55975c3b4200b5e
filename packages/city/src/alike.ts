import { asciiKey } from '@sokhoe/model/names'
import { DEMO_WARDS } from './addresses.ts'
import { type CityPlan, cityOf } from './city.ts'
import type { Household, Resident, Sex } from './resident.ts'

/** A book of somebody who looks like somebody else of the city, or who is the same and has declared twice. */
export interface SecondBook {
  /** With this one as its last member. */
  readonly household: Household
  readonly resident: Resident
  /** Of the household's first member in the city, counted from 0; this one is not counted. */
  readonly first: number
}

/** What a hospital writes of somebody who brings no paper. */
export interface Sighting {
  /** Code in the list of facilities. */
  readonly facility: string
  readonly name: string
  readonly sex: Sex
  /** YYYY-MM-DD or YYYY */
  readonly birthDate: string
  /** Null where nobody asked. */
  readonly ward: string | null
  /** YYYY-MM-DD */
  readonly day: string
}

/** What makes the stations of a city ask whether two records are one person's. */
export interface LookAlikes {
  readonly books: readonly SecondBook[]
  readonly sightings: readonly Sighting[]
}

interface Living {
  readonly household: Household
  readonly first: number
  readonly resident: Resident
  /** Another house of the ward. */
  readonly elsewhere: Household | undefined
  /** The city's today. */
  readonly until: string
}

/** One of the ways in which a register comes by two records, made from somebody whom it fits. */
type Case = (living: Living) => LookAlikes | undefined

const HOSPITALS = ['HCM-001', 'HCM-004'] as const

const NOTHING_KNOWN = {
  phone: null,
  idNumber: null,
  idIssuedOn: null,
  oldIdNumber: null,
  insurance: null,
  level: 'phone',
  father: null,
  mother: null,
  vaccinations: [],
  visits: [],
} as const

const wordsOf = ({ name }: Resident): string[] => name.split(' ')
const yearOf = ({ birthDate }: Resident): number => Number(birthDate.slice(0, 4))
const inCapitals = (name: string): string => asciiKey(name).toUpperCase()

function book({ household, first }: Living, resident: Resident): LookAlikes {
  const members = [...household.members, resident]
  return { books: [{ household: { ...household, members }, resident, first }], sightings: [] }
}

const seen = ({ household, until }: Living, of: Pick<Sighting, 'name' | 'sex' | 'birthDate'>, at: 0 | 1) => ({
  ...{ facility: HOSPITALS[at], name: of.name, sex: of.sex, birthDate: of.birthDate },
  ...{ ward: household.address.ward, day: until },
})

/** Somebody has declared for an elder a second time: without tones, without Văn or Thị, without a number. */
const declaredTwice: Case = (living) => {
  const { resident, until } = living
  const [family = '', filler = '', ...given] = wordsOf(resident)
  const fits = resident.declaredOn !== null && yearOf(resident) <= Number(until.slice(0, 4)) - 60
  if (!fits || given.length !== 1 || (filler !== 'Văn' && filler !== 'Thị')) return undefined
  return book(living, { ...resident, ...NOTHING_KNOWN, name: inCapitals([family, ...given].join(' ')) })
}

/** A hospital writes day and month the other way round, and neither a number nor a ward. */
const dayForMonth: Case = (living) => {
  const { resident } = living
  const [year = '', month = '', day = ''] = resident.birthDate.split('-')
  if (resident.declaredOn === null || day === month || Number(day) > 12) return undefined
  const birthDate = `${year}-${day}-${month}`
  return { books: [], sightings: [{ ...seen(living, { ...resident, birthDate }, 0), ward: null }] }
}

/** A twin, whose name differs in the middle alone. */
const twins: Case = (living) => {
  const { resident, until } = living
  const [family = '', middle = '', ...given] = wordsOf(resident)
  const fits = resident.declaredOn !== null && resident.phone === null && resident.mother !== null
  if (!fits || given.length !== 1 || yearOf(resident) < Number(until.slice(0, 4)) - 12) return undefined
  const name = [family, middle === 'Gia' ? 'Minh' : 'Gia', ...given].join(' ')
  const { mother, father } = resident
  return book(living, { ...resident, ...NOTHING_KNOWN, name, mother, father })
}

/** A father who bears his son's name and lives behind the same door. */
const fatherAndSon: Case = (living) => {
  const { resident, household } = living
  const { declaredOn, sex, relation, birthDate } = resident
  if (declaredOn === null || sex !== 'male' || relation !== 'CHU_HO' || yearOf(resident) < 1975)
    return undefined
  if (household.members.some((one) => one.relation === 'CHA')) return undefined
  // of a leap day there is not one in each year
  const born = `${yearOf(resident) - 26}-${birthDate.slice(5).replace('02-29', '02-28')}`
  return book(living, { ...resident, ...NOTHING_KNOWN, birthDate: born, relation: 'CHA' })
}

/** Two people of one name and one birth date at two streets of a ward. */
const namesakes: Case = (living) => {
  const { resident, elsewhere, household } = living
  if (resident.declaredOn === null || resident.sex !== 'female') return undefined
  if (elsewhere === undefined || elsewhere.address.street === household.address.street) return undefined
  const alone = { ...resident, ...NOTHING_KNOWN, relation: 'CHU_HO' } as const
  return book({ ...living, household: { ...elsewhere, members: [] } }, alone)
}

/** Somebody without a book in two hospitals, one of which knows no more of the birth date than the year. */
const inTwoHospitals: Case = (living) => {
  const { resident } = living
  if (resident.declaredOn !== null) return undefined
  const short = { ...resident, birthDate: resident.birthDate.slice(0, 4) }
  return { books: [], sightings: [seen(living, resident, 0), seen(living, short, 1)] }
}

const CASES: readonly Case[] = [declaredTwice, dayForMonth, twins, fatherAndSon, namesakes, inTwoHospitals]

/** So many residents a ward are looked at for one whom a case fits: enough for each. */
const LOOKED_AT = 1500

/** The first case that fits somebody of a house. */
function* fitting(cases: Set<Case>, living: Omit<Living, 'resident'>): Generator<LookAlikes> {
  for (const one of cases)
    for (const resident of living.household.members) {
      const found = one({ ...living, resident })
      if (!found) continue
      cases.delete(one)
      yield found
      return
    }
}

/**
 * Of every ward a handful of records that the city's stations will ask about, each made from a house of its own: who
 * declared twice, twins, father and son of one name, namesakes born on one day, hospitals' patients without a number.
 * Which of them are one person is said nowhere: whoever looks at them decides.
 */
export function lookAlikesOf(plan: CityPlan): LookAlikes {
  const wards = plan.wards ?? DEMO_WARDS
  const open = new Map(wards.map((ward) => [ward, new Set(CASES)]))
  const last = new Map<string, Household>()
  const [books, sightings]: [SecondBook[], Sighting[]] = [[], []]
  let first = 0
  for (const household of cityOf({
    ...plan,
    residents: Math.min(plan.residents, LOOKED_AT * wards.length),
  })) {
    const { ward } = household.address
    const cases = open.get(ward) ?? new Set()
    for (const found of fitting(cases, { household, first, elsewhere: last.get(ward), until: plan.until })) {
      books.push(...found.books)
      sightings.push(...found.sightings)
    }
    if (cases.size === 0) open.delete(ward)
    if (open.size === 0) break
    first += household.members.length
    last.set(ward, household)
  }
  return { books, sightings }
}
