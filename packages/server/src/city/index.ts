/** Loads a synthetic city into the house: the demonstration's once, or one of any size. */

export { askAboutLookAlikes } from './alike.ts'
export {
  type DemoCity,
  demoCity,
  type Loaded,
  loadCity,
  openCity,
  type Progress,
  withClient,
} from './city.ts'
export { type DemoClient, demoClients, openDemoClients } from './clients.ts'
export { demoStaff, openDemoStaff } from './staff.ts'
