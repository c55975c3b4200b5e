/** People who work for a station, a facility or the Department: accounts, password and code, shifts. */
export { type Credentials, newStaff, staffAccount } from './accounts.ts'
export { staffIn, staffRoutes } from './routes.ts'
export { STAFF_COOKIE, staffBy } from './sign-in.ts'
