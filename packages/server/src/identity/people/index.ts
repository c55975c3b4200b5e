/** Persons, the Patients they are made of, and which telephone opens which book. */
export { type Book, booksOf, cardToken, lockTelephone, openBook, openBookWith, restate } from './book.ts'
export { bookNumber } from './booknumber.ts'
export { type Demographics, mayBeSame, type StatedIdentifier } from './demographics.ts'
export { type Homes, homeAt, newHomes } from './homes.ts'
export { personId, tellMe } from './me.ts'
export { provePeople } from './prove.ts'
export { peopleRoutes } from './routes.ts'
export { bookRows, facilityPatientRow } from './rows.ts'
