/** The demonstration city: people who could be, made from the city's frequencies, for any number of residents. */
export { DEMO_WARDS } from './addresses.ts'
export { type LookAlikes, lookAlikesOf, type SecondBook, type Sighting } from './alike.ts'
export { answersOf } from './answers.ts'
export { type CityPlan, cityOf } from './city.ts'
export type { Relation } from './homes.ts'
export type {
  Address,
  ConditionFact,
  ConditionKind,
  Health,
  Household,
  Insurance,
  Level,
  MedicineFact,
  Resident,
  Vaccination,
  Visit,
} from './resident.ts'
export { type FacilityStatement, vaccinationStatement, visitStatements } from './resources.ts'
