/** The code tables as a terminology server sees them: systems with versions, sets to choose from, maps. No I/O but reading the tables. */
export {
  type Chosen,
  chosen,
  expand,
  isCalled,
  missingSystems,
  type Subsumption,
  subsumption,
} from './expand.ts'
export { above, childrenOf, conceptOf, properCode, warm } from './find.ts'
export { allConceptMaps } from './maps.ts'
export type { Concept, ConceptMap, Include, Property, System, Target, ValueSet } from './system.ts'
export { allSystems, systemOf, versionsOf, type Which } from './systems.ts'
export { allValueSets, valueSetOf } from './value-sets.ts'
