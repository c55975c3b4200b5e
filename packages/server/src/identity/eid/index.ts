/** The State's electronic identity, where the house is connected to it. */
export { eidRoutes } from './routes.ts'
export type { EidSettings } from './service.ts'
