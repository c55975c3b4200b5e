/** The night in which the whole city is compared anew. */
import './tables.ts'

export { readModel } from './model.ts'
export { type Night, nightProgress, type Progress, relinkCity } from './nightly.ts'
export { drawSample } from './sample.ts'
