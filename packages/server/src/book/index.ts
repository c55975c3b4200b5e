/** What the person sees of her record: card, record, who looked. */
export { bookRoutes } from './routes.ts'
