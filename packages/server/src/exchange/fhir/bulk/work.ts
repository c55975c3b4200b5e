import type { Context } from '../../../platform/context.ts'
import { isPassing } from '../../../platform/database.ts'
import { faultOf } from '../../../platform/log.ts'
import type { Work } from '../work/loop.ts'
import { exportStep } from './exporting.ts'
import { importStep } from './import/job.ts'
import { claimJob, endJob } from './jobs.ts'

const STEPS = { export: exportStep, import: importStep } as const

/** A fault that passes is tried again by whoever takes the job next; any other ends the job. */
async function step(ctx: Context): Promise<boolean> {
  const job = await claimJob(ctx)
  if (!job) return false
  try {
    await STEPS[job.kind](ctx, job)
    return true
  } catch (error) {
    if (isPassing(error)) throw error
    ctx.log.error({ job: job.kind, fault: faultOf(error) }, 'exchange')
    await endJob(ctx, job, 'fault')
    return true
  }
}

export const bulkWork: readonly Work[] = [{ name: 'bulk', step }]
