/** Loads a synthetic city into the house: the demonstration's once, or one of any size. */
export { type DemoCity, demoCity, loadCity, openCity, type Progress, withClient } from './city.ts'
