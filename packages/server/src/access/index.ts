/** May this actor do this to this person's record? Grants, and the one place that asks and writes it down. */
export {
  type About,
  type Action,
  may,
  mayWork,
  proxyFor,
  type ResidentAction,
  type StationAction,
  type WorkAction,
} from './may.ts'
export { holdProxy, proxiesFor } from './proxies.ts'
export { type Asked, authorize, authorizeWork, type Given, grantsOf, setGrants } from './store.ts'
export type { ProxyRow, Purpose } from './tables.ts'
