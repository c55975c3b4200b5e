import type { Context } from '../../../platform/context.ts'
import { isPassing, sqlState } from '../../../platform/database.ts'
import { faultOf } from '../../../platform/log.ts'
import type { Work } from '../work/loop.ts'
import { exportStep } from './exporting.ts'
import { importStep } from './import/job.ts'
import { claimJob, endJob, type Job } from './jobs.ts'

const STEPS = { export: exportStep, import: importStep } as const

/** Disk, memory or connections of the database are used up. */
const isFull = (error: unknown): boolean => sqlState(error)?.startsWith('53') ?? false

/** Whoever asked is told now, instead of a job that is tried again all day; where not even that can be kept, later. */
async function giveUp(ctx: Context, job: Job): Promise<boolean> {
  ctx.log.error({ job: job.kind }, 'exchange: the database is full')
  await endJob(ctx, job, 'storage')
  return true
}

/** A fault that passes is tried again by whoever takes the job next; any other ends the job. */
async function step(ctx: Context): Promise<boolean> {
  const job = await claimJob(ctx)
  if (!job) return false
  try {
    await STEPS[job.kind](ctx, job)
    return true
  } catch (error) {
    if (isFull(error)) return await giveUp(ctx, job)
    if (isPassing(error)) throw error
    ctx.log.error({ job: job.kind, fault: faultOf(error) }, 'exchange')
    await endJob(ctx, job, 'fault')
    return true
  }
}

export const bulkWork: readonly Work[] = [{ name: 'bulk', step }]
