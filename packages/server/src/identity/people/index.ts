/** Persons, the Patients they are made of, and which telephone opens which book. */
export { lockPerson, peopleAlike } from './alike.ts'
export { cardToken, lockTelephone, openBook, openBookWith, restate } from './book.ts'
export { bookNumber, readBookNumber } from './booknumber.ts'
export { type Book, bookOfShelf, booksAt, booksOf, type KeptBook, livingPersonOf, personOf } from './books.ts'
export { type Demographics, type EndedNumber, mayBeSame, type StatedIdentifier } from './demographics.ts'
export { closePerson, forgetPerson } from './ending.ts'
export { recount } from './enrolment.ts'
export {
  type Entered,
  enterAllAtStation,
  enterAtStation,
  enterBook,
  homeKeeping,
  homeNamed,
  ownBook,
  type Whose,
} from './enter.ts'
export { type Homes, homeAt, newHomes } from './homes.ts'
export { linkedPatients, type RestatedPatient, restatePatient } from './joining.ts'
export { homesNow, homesOf } from './kin.ts'
export { raiseLevel } from './levels.ts'
export { personId, tellMe } from './me.ts'
export type { OwnNumber } from './numbers.ts'
export { provePeople } from './prove.ts'
export { mayBeSeen, patientsOfPersons, patientsOfSource, type Reach, reachOfPatients } from './reach.ts'
export { peopleRoutes } from './routes.ts'
export { bookRows, facilityPatientRow, firstPatientOf } from './rows.ts'
export { patientsByName, patientsByNumber } from './sought.ts'
export { type SourcePatient, sourcePatient } from './sources.ts'
export { type MadePatient, statePatients } from './stated.ts'
