/** What the person sees of her record: card, record, who looked. */

export { paperRoutes } from './paper/routes.ts'
export { bookRoutes } from './routes.ts'
