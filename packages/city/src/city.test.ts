import { agePyramid, familyNames, icd10At, prevalences, seasons, wardAt } from '@sokhoe/codes'
import {
  readIdNumber,
  readInsuranceNumber,
  readOldIdNumber,
  readPhone,
  readSocialInsurance,
} from '@sokhoe/model'
import { expect, test } from 'vitest'
import { cityOf, type Household, lookAlikesOf, type Resident } from './index.ts'

const until = '2026-11-23'
const makeCity = (seed: string | number, residents: number): Household[] => [
  ...cityOf({ seed, residents, until }),
]

const homes = makeCity('tests', 12_000)
const people = homes.flatMap((home) => home.members)

const ageOf = (person: Resident): number =>
  Number(until.slice(0, 4)) -
  Number(person.birthDate.slice(0, 4)) -
  (until.slice(5) < person.birthDate.slice(5) ? 1 : 0)

const between = (from: number, to: number, sex?: string) =>
  people.filter((one) => ageOf(one) >= from && ageOf(one) <= to && (sex === undefined || one.sex === sex))

/** Five standard errors of a share among so many people: a right generator fails this about once in a million. */
const slack = (share: number, count: number): number => 5 * Math.sqrt((share * (1 - share)) / count)

test('the same seed makes the same city to the last byte, another seed another', () => {
  const text = JSON.stringify(makeCity(7, 3000))
  expect(JSON.stringify(makeCity(7, 3000))).toBe(text)
  expect(JSON.stringify(makeCity(8, 3000))).not.toBe(text)
})

test('a small city is the beginning of a large one', () => {
  const small = makeCity('tests', 900).slice(0, -1)
  expect(homes.slice(0, small.length)).toEqual(small)
})

test.each([0, 1, 2, 500, 4001])(
  'a city of %i has exactly that many residents, numbered in order',
  (count) => {
    const members = makeCity(3, count).flatMap((home) => home.members)
    expect(members.map((one) => one.no)).toEqual(Array.from({ length: count }, (_, at) => at + 1))
  },
)

test('every age and sex comes as often as the city has it', () => {
  for (const { from, to, male, female } of agePyramid())
    for (const [sex, percent] of [
      ['male', male],
      ['female', female],
    ] as const) {
      const share = between(from, to === 99 ? 120 : to, sex).length / people.length
      expect(Math.abs(share - percent / 100), `${sex} ${from}`).toBeLessThan(
        slack(percent / 100, people.length),
      )
    }
})

test('nobody is born after today or more than 105 years ago', () => {
  expect(people.filter((one) => !(one.birthDate <= until && ageOf(one) <= 105))).toEqual([])
})

test('family names come as often as in the city', () => {
  const rows = familyNames()
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  // one founder for each home: kin share their name and say nothing new
  const founders = homes.flatMap((home) => home.members.slice(0, 1))
  for (const { is, count } of rows.slice(0, 12)) {
    const share = founders.filter((one) => one.name.startsWith(`${is} `)).length / founders.length
    expect(Math.abs(share - count / total), is).toBeLessThan(slack(count / total, founders.length))
  }
})

test('children bear the name of the father, or of the mother where no father lives with them', () => {
  for (const { members } of homes)
    for (const one of members) {
      const parent = members[one.father ?? one.mother ?? -1]
      if (parent) expect(one.name.split(' ')[0]).toBe(parent.name.split(' ')[0])
    }
})

test('wives keep their own family name', () => {
  const wives = homes.flatMap(({ members: [head, wife] }) =>
    head && wife?.relation === 'VO' ? [[head, wife]] : [],
  )
  const same = wives.filter(([head, wife]) => head?.name.split(' ')[0] === wife?.name.split(' ')[0])
  expect(wives.length).toBeGreaterThan(1000)
  expect(same.length / wives.length).toBeLessThan(0.3)
})

/** Children with the parent who lives with them. */
const pairs = (which: 'mother' | 'father'): [parent: Resident, child: Resident][] =>
  homes.flatMap(({ members }) =>
    members.flatMap((child): [Resident, Resident][] => {
      const parent = members[child[which] ?? -1]
      return parent ? [[parent, child]] : []
    }),
  )

test('a mother is 18 to 44 years older than her child, a father at least 18', () => {
  expect(pairs('mother').length).toBeGreaterThan(2500)
  const gap = (parent: Resident, child: Resident) => ageOf(parent) - ageOf(child)
  const unlikely = [
    ...pairs('mother').filter(([mother, child]) => mother.sex !== 'female' || gap(mother, child) > 44),
    ...pairs('father').filter(([father]) => father.sex !== 'male'),
    ...[...pairs('mother'), ...pairs('father')].filter(([parent, child]) => gap(parent, child) < 17),
  ]
  expect(unlikely).toEqual([])
})

test('brothers and sisters are born ten months apart or more', () => {
  const gaps = homes.flatMap(({ members }) => {
    const births = members
      .filter((one) => one.relation === 'CON')
      .map((one) => Date.parse(one.birthDate) / 86_400_000)
      .sort((a, b) => a - b)
    return births.slice(1).map((born, at) => born - (births[at] ?? 0))
  })
  expect(gaps.length).toBeGreaterThan(500)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(300)
})

test('every home has one head, a grown-up, at an address in one of the three wards', () => {
  const wards = new Set(homes.map((home) => home.address.ward))
  expect(wards).toEqual(new Set(['26911', '26929', '26884']))
  const odd = homes.filter(({ members: [head, ...others], address }) => {
    const headed = head?.relation === 'CHU_HO' && ageOf(head) >= 18
    const named = address.text.includes(wardAt(address.ward, until)?.name ?? 'no ward')
    return !headed || !named || others.some((one) => one.relation === 'CHU_HO')
  })
  expect(odd).toEqual([])
  expect(homes.filter(({ address }) => !/^\d+(\/\d+){0,2}$/.test(address.house))).toEqual([])
})

test('neighbours share alleys, and larger wards have more residents', () => {
  const alleys = Map.groupBy(homes, (home) => `${home.address.ward} ${home.address.alley}`)
  expect([...alleys.values()].filter((neighbours) => neighbours.length >= 2).length).toBeGreaterThan(150)
  const inWard = (code: string) => homes.filter((home) => home.address.ward === code).length
  expect(inWard('26929') / inWard('26911')).toBeCloseTo(126_300 / 46_200, 0)
})

const given = <T>(values: readonly (T | null)[]): T[] => values.filter((value) => value !== null)

test('every phone lies in the range for tests, is read as one, and belongs to one resident', () => {
  const phones = given(people.map((one) => one.phone))
  expect(
    phones.filter((phone) => !/^0500(?!99)\d{6}$/.test(phone) || !readPhone(phone, { synthetic: true }).ok),
  ).toEqual([])
  expect(phones.filter((phone) => readPhone(phone).ok)).toEqual([])
  expect(new Set(phones).size).toBe(phones.length)
})

test('nearly every grown-up has a phone, no small child, and about half of the old', () => {
  const share = (from: number, to: number) => {
    const group = between(from, to)
    return group.filter((one) => one.phone !== null).length / group.length
  }
  expect(share(18, 59)).toBeGreaterThan(0.95)
  expect(share(0, 12)).toBe(0)
  expect(share(70, 79)).toBeGreaterThan(0.35)
  expect(share(70, 79)).toBeLessThan(0.65)
})

test('every identity number fits province, sex and year of birth, and is given once', () => {
  const numbered = people.filter((one) => one.idNumber !== null)
  const odd = numbered.filter(({ idNumber, sex, birthDate }) => {
    const reading = readIdNumber(idNumber ?? '', { sex, birthDate })
    return !reading.ok || reading.warnings.length > 0
  })
  expect(odd).toEqual([])
  expect(new Set(numbered.map((one) => one.idNumber)).size).toBe(numbered.length)
  expect(numbered.length / people.length).toBeGreaterThan(0.85)
})

test('old card numbers and insurance numbers are read without a warning and are given once', () => {
  const old = given(people.map((one) => one.oldIdNumber))
  const insurances = given(people.map((one) => one.insurance))
  expect(old.filter((number) => !readOldIdNumber(number).ok)).toEqual([])
  const odd = insurances.filter(({ number, card }) => {
    const reading = readInsuranceNumber(card)
    return !readSocialInsurance(number).ok || !reading.ok || reading.warnings.length > 0
  })
  expect(odd).toEqual([])
  expect(insurances.every(({ number, card }) => card.endsWith(number))).toBe(true)
  expect(new Set(old).size).toBe(old.length)
  expect(new Set(insurances.map((one) => one.number)).size).toBe(insurances.length)
})

test('only those with an identity number are known by card or verified, and some of each are', () => {
  const sure = people.filter((one) => one.level !== 'phone')
  expect(sure.filter((one) => one.idNumber === null)).toEqual([])
  expect(new Set(people.map((one) => one.level)).size).toBe(3)
})

test('small children carry a child card and the working mostly that of their firm', () => {
  expect(between(0, 5).filter((one) => one.insurance && !one.insurance.card.startsWith('TE1'))).toEqual([])
  const firm = between(25, 55).filter((one) => one.insurance?.card.startsWith('DN4'))
  expect(firm.length / between(25, 55).length).toBeGreaterThan(0.45)
})

test.each(['hypertension', 'diabetes', 'dyslipidaemia', 'copd', 'asthma', 'ckd', 'hbsag_positive'])(
  '%s comes as often as its table says, for each sex and age',
  (condition) => {
    for (const row of prevalences().filter(
      (one) => one.condition === condition && one.basis === 'assumption',
    )) {
      const group = between(row.from, row.to === 99 ? 109 : row.to, row.sex)
      const share = group.filter((one) => one.health.conditions.some(({ kind }) => kind === condition)).length
      const expected = row.percent / 100
      expect(Math.abs(share / group.length - expected), `${row.sex} ${row.from}`).toBeLessThan(
        slack(expected, group.length),
      )
    }
  },
)

test('smoking comes as often as its table says', () => {
  for (const row of prevalences().filter(
    (one) => one.condition === 'smoking_current' && one.basis === 'assumption',
  )) {
    const group = between(row.from, row.to === 99 ? 109 : row.to, row.sex)
    const share =
      group.filter((one) => ['daily', 'sometimes'].includes(one.health.smoking)).length / group.length
    expect(Math.abs(share - row.percent / 100), `${row.sex} ${row.from}`).toBeLessThan(
      slack(row.percent / 100, group.length),
    )
  }
})

test('hypertension and diabetes go together more often than by chance', () => {
  const old = between(45, 74)
  const share = (group: readonly Resident[]) =>
    group.filter((one) => one.health.conditions.some(({ kind }) => kind === 'diabetes')).length / group.length
  const hypertensive = old.filter((one) => one.health.conditions.some(({ kind }) => kind === 'hypertension'))
  expect(share(hypertensive)).toBeGreaterThan(1.3 * share(old))
})

test('bodies can be: height, weight, waist and pressure stay in human bounds and fit the diagnosis', () => {
  const bmi = ({ health }: Resident) => health.weight / (health.height / 100) ** 2
  expect(people.filter((one) => !(bmi(one) > 11.5 && bmi(one) < 46))).toEqual([])
  expect(people.filter(({ health: { waist } }) => waist !== null && (waist < 40 || waist > 140))).toEqual([])
  const odd = people.filter(({ health: { pressure, conditions } }) => {
    if (!pressure) return false
    const raised = pressure.systolic >= 140 || pressure.diastolic >= 90
    const told = conditions.some(({ kind }) => kind === 'hypertension')
    return pressure.systolic <= pressure.diastolic + 10 || (raised && !told)
  })
  expect(odd).toEqual([])
})

test('overweight among grown-ups is what the surveys of 2015 and 2020 bracket, 15 to 21 of 100', () => {
  const grown = between(18, 69)
  const heavy = grown.filter(({ health }) => health.weight / (health.height / 100) ** 2 >= 25)
  expect(heavy.length / grown.length).toBeGreaterThan(0.14)
  expect(heavy.length / grown.length).toBeLessThan(0.24)
})

test('a medicine is taken only against a known, treated condition, and none is prescribed against an allergy', () => {
  const odd = people.filter(({ health: { conditions, medicines } }) => {
    const treated = conditions.filter((one) => one.known && one.treated).map(({ kind }) => kind)
    return medicines.some(({ against }) => !treated.includes(against))
  })
  expect(odd).toEqual([])
  const allergic = people.filter(({ health }) => health.allergies.includes('ALG001'))
  const given = allergic.flatMap(({ visits }) =>
    visits.flatMap(({ medicines }) => medicines.map(({ atc }) => atc)),
  )
  expect(given.length).toBeGreaterThan(0)
  expect(given.filter((atc) => atc.startsWith('J01C'))).toEqual([])
})

test('what a mother in the home knows to have, the children tell as family history', () => {
  const text = (kinds: readonly string[]) => [...new Set(kinds)].sort().join()
  const differing = pairs('mother').filter(([mother, child]) => {
    const known = mother.health.conditions.filter((fact) => fact.known).map(({ kind }) => kind)
    const told = child.health.family.filter((fact) => fact.relative === 'mother').map(({ kind }) => kind)
    return text(known) !== text(told)
  })
  expect(differing).toEqual([])
})

test('doses lie between birth and today, and none comes before the one it follows', () => {
  const doses = people.flatMap(({ birthDate, vaccinations }) =>
    vaccinations.map((given, at) => ({
      given,
      birthDate,
      before: vaccinations.slice(0, at).filter((one) => one.vaccine === given.vaccine),
    })),
  )
  expect(doses.length).toBeGreaterThan(20_000)
  expect(doses.filter(({ given, birthDate }) => !(birthDate <= given.day && given.day <= until))).toEqual([])
  const early = doses.filter(({ given, before }) => {
    const counted = given.dose > 3 || before.length === given.dose - 1
    return !counted || before.some((one) => one.dose >= given.dose || one.day >= given.day)
  })
  expect(early).toEqual([])
})

test('nine of ten children of two years have had measles vaccine, not all', () => {
  const group = between(2, 5)
  const share =
    group.filter((one) => one.vaccinations.some(({ vaccine }) => vaccine === 'MR1')).length / group.length
  expect(share).toBeGreaterThan(0.85)
  expect(share).toBeLessThan(0.99)
})

test('every diagnosis of a visit stands in the list of its day, and no visit precedes the birth or follows today', () => {
  const visits = people.flatMap((one) => one.visits.map((visit) => ({ ...visit, birthDate: one.birthDate })))
  expect(visits.length).toBeGreaterThan(20_000)
  expect(visits.filter(({ birthDate, day }) => !(birthDate <= day && day <= until))).toEqual([])
  const listed = new Set(
    visits.flatMap(({ icd10, day }) => icd10.map((code) => `${code} ${day.slice(0, 7)}`)),
  )
  const odd = [...listed].filter((entry) => {
    const [code = '', month] = entry.split(' ')
    return typeof icd10At(code, `${month}-28`) === 'string'
  })
  expect(odd).toEqual([])
})

test('dengue comes in the rains: far more often from July to December as from January to June', () => {
  const months = people.flatMap(({ visits }) =>
    visits.filter(({ icd10 }) => icd10[0] === 'A97.0').map(({ day }) => Number(day.slice(5, 7))),
  )
  const rains = months.filter((month) => month >= 7).length
  expect(months.length).toBeGreaterThan(60)
  expect(rains).toBeGreaterThan(1.6 * (months.length - rains))
  expect(seasons().find((season) => season.disease === 'dengue')?.months).toHaveLength(12)
})

test('treated residents are seen again and again, and visit keys are unique in the city', () => {
  const treated = between(40, 80).filter((one) =>
    one.health.conditions.some((fact) => fact.treated && fact.since < 2024),
  )
  const seen = treated.filter((one) => one.visits.length >= 4)
  expect(seen.length / treated.length).toBeGreaterThan(0.9)
  const keys = people.flatMap((one) => [...one.visits, ...one.vaccinations].map(({ key }) => key))
  expect(new Set(keys).size).toBe(keys.length)
})

test('about three of four have declared, in the last ninety days, never before they were born', () => {
  const declared = people.filter((one) => one.declaredOn !== null)
  expect(declared.length / people.length).toBeCloseTo(0.75, 1)
  expect(
    declared.filter((one) => !((one.declaredOn ?? '') >= '2026-08-25' && (one.declaredOn ?? '') <= until)),
  ).toEqual([])
  expect(declared.filter((one) => (one.declaredOn ?? '') < one.birthDate)).toEqual([])
})

test('a ward that does not stand on the day, or a day that is none, is refused', () => {
  expect(() => [...cityOf({ seed: 1, residents: 1, until, wards: ['26962'] })]).toThrow(RangeError)
  expect(() => [...cityOf({ seed: 1, residents: 1, until: '2026-02-30' })]).toThrow(RangeError)
})

test('the look-alikes of a city are the same each time, a few of each ward, and none of them is a resident twice', () => {
  const plan = { seed: 'tests', residents: 3000, until }
  const found = lookAlikesOf(plan)
  expect(lookAlikesOf(plan)).toEqual(found)
  expect(found.books).toHaveLength(4 * 3)
  expect(found.sightings).toHaveLength(3 * 3)
  const everybody = new Set(
    homes.flatMap(({ members }) => members.map((one) => `${one.name} ${one.birthDate}`)),
  )
  const namesakes = found.books.filter(({ resident }) =>
    everybody.has(`${resident.name} ${resident.birthDate}`),
  )
  expect(namesakes.map(({ household }) => household.members.length)).toEqual([1, 1, 1])
  for (const { resident, household } of found.books) {
    expect(household.members.at(-1)).toBe(resident)
    expect(resident).toMatchObject({ phone: null, idNumber: null, insurance: null, level: 'phone' })
  }
})
