/** Families: for whom somebody acts, how both sides agree, and what age makes of it. */

export { lookAtAges } from './ages.ts'
export { type Added, addChild } from './children.ts'
export { familyRoutes } from './routes.ts'
export { familyAtStation } from './station.ts'
