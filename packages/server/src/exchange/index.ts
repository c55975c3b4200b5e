/**
 * The exchange: how other systems send and read records. `fhir/` is the door in FHIR R4, the standard that facilities and
 * apps speak; `clients/` says which programs may come, and by which token.
 */
export {
  addKey,
  clientBy,
  clientRoutes,
  clientsTold,
  endKey,
  newClient,
  oauthRoutes,
  setKeyAddress,
  suspendClient,
  sweepTokens,
  tokenFor,
} from './clients/index.ts'
export {
  addHook,
  fhirRoutes,
  type Loaded,
  loadFolder,
  openExchange,
  removeHook,
  sweepExchange,
} from './fhir/index.ts'
