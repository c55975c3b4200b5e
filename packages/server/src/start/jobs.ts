import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dayInVietnam } from '@sokhoe/model'
import { PgBoss } from 'pg-boss'
import { prepareMonths, rootOfDay } from '../audit/index.ts'
import { sweepDrafts } from '../declaration/index.ts'
import { sweepExchange, sweepTokens } from '../exchange/index.ts'
import { drawSample, expireProposals, lookAtAges, settleChanges, sweepCodes } from '../identity/index.ts'
import { followEnrolment } from '../insight/index.ts'
import { asSystem, type Context } from '../platform/context.ts'
import { faultOf } from '../platform/log.ts'
import { sealLong } from '../record/index.ts'
import { relinkApart } from './night.ts'

interface Job {
  readonly name: string
  /** Cron, in Vietnam's time. */
  readonly when: string
  readonly run: (ctx: Context, until: AbortSignal) => Promise<unknown>
  /** After so long it is held to be lost; else a quarter of an hour, s. */
  readonly lasts?: number
}

/** The audit log's root of yesterday goes to a file outside the database, where a changed database cannot reach it. */
async function keepRoot(ctx: Context, dir: string): Promise<void> {
  const day = dayInVietnam(new Date(ctx.now().getTime() - 86_400_000))
  const { root, heads } = await rootOfDay(ctx.pool, day, ctx.now())
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writeFile(join(dir, `${day}.txt`), `${day} ${heads} ${root.toString('hex')}\n`, { mode: 0o600 })
}

const jobsOf = (dataDir: string): readonly Job[] => [
  { name: 'audit.months', when: '10 1 * * *', run: (ctx) => prepareMonths(ctx.pool, ctx.now()) },
  { name: 'audit.root', when: '5 0 * * *', run: (ctx) => keepRoot(ctx, join(dataDir, 'audit-roots')) },
  { name: 'identity.sweep', when: '*/10 * * * *', run: (ctx) => sweepCodes(ctx) },
  { name: 'identity.moves', when: '*/10 * * * *', run: (ctx) => settleChanges(ctx) },
  { name: 'identity.proposals', when: '35 * * * *', run: (ctx) => expireProposals(ctx) },
  { name: 'identity.ages', when: '15 0 * * *', run: (ctx) => lookAtAges(ctx) },
  { name: 'identity.night', when: '0 1 * * *', run: relinkApart, lasts: 12 * 3600 },
  { name: 'identity.sample', when: '0 6 * * 1', run: (ctx) => drawSample(ctx) },
  { name: 'declaration.sweep', when: '20 2 * * *', run: (ctx) => sweepDrafts(ctx) },
  { name: 'exchange.sweep', when: '*/10 * * * *', run: (ctx) => sweepExchange(ctx) },
  { name: 'exchange.tokens', when: '25 * * * *', run: (ctx) => sweepTokens(ctx) },
  { name: 'insight.follow', when: '* * * * *', run: (ctx) => followEnrolment(ctx) },
  { name: 'record.seal', when: '40 2 * * *', run: (ctx) => sealLong(ctx) },
]

/** Work by the clock: each job once over all server processes. @returns how to end it */
export async function openJobs(url: string, dataDir: string, ctx: Context): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: url,
    schema: 'pgboss',
    application_name: 'sokhoe-jobs',
    max: 2,
  })
  boss.on('error', (error) => ctx.log.warn({ fault: faultOf(error) }, 'jobs'))
  await boss.start()
  const ending = new AbortController()
  for (const { name, when, run, lasts } of jobsOf(dataDir)) {
    await boss.createQueue(name, lasts === undefined ? {} : { expireInSeconds: lasts })
    const work = () => run(asSystem(ctx, name), ending.signal)
    await boss.work(name, { pollingIntervalSeconds: 30 }, async () => void (await work()))
    await boss.schedule(name, when, null, { tz: 'Asia/Ho_Chi_Minh' })
  }
  return async () => {
    ending.abort()
    await boss.stop({ graceful: true, timeout: 5000 })
  }
}
