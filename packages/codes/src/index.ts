export { type Allergen, allAllergens, allergenOf } from './allergens.ts'
export { allFacilities, type Facility, facilityOf, stationName, stationOf } from './facilities.ts'
export { formOf, formOfVersion } from './form.ts'
export { formerWard, LAST_FORMER_DAY } from './former.ts'
export { type Icd10, icd10At, icd10Code, icd10Name } from './icd10.ts'
export { allLabTests, type LabTest, labTestByLoinc, labTestOf } from './labtests.ts'
export { allMedicines, type Medicine, medicinesOf } from './medicines.ts'
export { isRestricted, type RestrictedCode, restrictedCodes } from './restricted.ts'
export {
  type AgeBand,
  agePyramid,
  type Counted,
  familyNames,
  givenNames,
  namePairs,
  type Prevalence,
  prevalences,
  type Season,
  seasons,
} from './statistics.ts'
export { allVaccines, type Vaccine, vaccineOf } from './vaccines.ts'
export {
  fullName,
  type Successor,
  successors,
  type Unit,
  unitAt,
  wardAt,
  wardPolygons,
  wardsOn,
} from './wards.ts'
export { type Written, wardWritten } from './written.ts'
