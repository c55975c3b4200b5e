/** Places: wards and districts with their history, as anybody may know them. Held in packages/codes; no table yet. */
export { districtsOn, LAST_DISTRICT_DAY, type OldDistrict } from './districts.ts'
export { directoryRoutes } from './routes.ts'
