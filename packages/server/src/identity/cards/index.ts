/** The two codes of a card: one that the screen shows for a minute, one that is printed. Neither opens anything. */
export { redeemLiveCode } from './live.ts'
export { readCardLink } from './printed.ts'
export { cardRoutes } from './routes.ts'
