/** The ward's station: who stands before the worker, and whether the book is hers. */
export { stationRoutes } from './routes.ts'
