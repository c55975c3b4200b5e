/** What the person sees of her record: card, record, who looked. */

export { rightsRoutes } from './own/routes.ts'
export { paperRoutes } from './paper/routes.ts'
export { readingRoutes } from './reading/routes.ts'
export { bookRoutes } from './routes.ts'
