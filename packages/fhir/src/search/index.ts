/** The search parameters of R4 and the Patient compartment, with what they select in a resource. */
export { isInPatientCompartment, patientsOf } from './compartment.ts'
export {
  type SearchComponent,
  type SearchParameter,
  type SearchType,
  searchParametersOf,
} from './parameters.ts'
export { compositeValues, searchValues } from './values.ts'
export type { SearchValue } from './way.ts'
