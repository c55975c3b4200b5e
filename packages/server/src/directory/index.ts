/**
 * Whatever is not about one person. Places: wards and districts with their history, held in packages/codes. Resources of
 * the exchange that are about nobody in particular.
 */
export { districtsOn, LAST_DISTRICT_DAY, type OldDistrict } from './districts.ts'
export * from './resources/index.ts'
export { directoryRoutes } from './routes.ts'
