/** A book moves to another telephone, and can be kept where it was. */
export { moveRoutes } from './routes.ts'
export { settleChanges } from './steps.ts'
