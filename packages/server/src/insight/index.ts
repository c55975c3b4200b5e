/** What the city can be told of itself: counts kept from the feeds of the rooms below, and who may read which. */
export { followEnrolment, recountEverything } from './follow.ts'
export { insightRoutes } from './routes.ts'
