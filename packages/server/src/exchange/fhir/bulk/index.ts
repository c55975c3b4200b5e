/** Many records at once: export and import, each a job that goes on after its request was answered. */

export { type Loaded, loadFolder } from './import/load.ts'
export { bulk } from './interactions.ts'
export { sweepJobs } from './jobs.ts'
export { bulkWork } from './work.ts'
