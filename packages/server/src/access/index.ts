/** May this actor do this to this person's record? Grants, and the one place that asks and writes it down. */
export { beginProxy, type Change, changeProxy, confirmProxy, endProxy, type NewProxy } from './begin.ts'
export { closeAccess, reopenAccess } from './closing.ts'
export { invitationOf, invite, newSpokenCode, readSpokenCode, useInvitation } from './invitations.ts'
export { levelLets, levelShows, wordOf } from './levels.ts'
export {
  type About,
  type Action,
  type ExchangeAction,
  may,
  mayWork,
  proxyFor,
  type ResidentAction,
  type StationAction,
  type WorkAction,
} from './may.ts'
export { type NamedProxy, numberInMany, placeOfProxy } from './named.ts'
export {
  type Births,
  childrenAddedBy,
  followProxies,
  holdersOf,
  holdProxy,
  markAsked,
  openProxies,
  openProxiesAfter,
  type ProxyHolder,
  proxiesFor,
  proxiesHeldBy,
  type StandingProxy,
  standProxy,
} from './proxies.ts'
export {
  type Asked,
  authorize,
  authorizeWork,
  endGrantsSince,
  type Given,
  type GrantWord,
  grantsOf,
  grantWords,
  homesGranting,
  setGrants,
  standingOf,
} from './store.ts'
export {
  type Confirmation,
  type Giver,
  type ProxyRow,
  type Purpose,
  RELATIONS,
  type Relation,
} from './tables.ts'
