import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { prepareMonths } from '../audit/index.ts'
import { openCity, openDemoClients, openDemoStaff } from '../city/index.ts'
import { openExchange } from '../exchange/index.ts'
import { nightProgress, readModel } from '../identity/index.ts'
import { followEnrolment } from '../insight/index.ts'
import { type Config, isMakeBelieve } from '../platform/config.ts'
import { asSystem, type Context } from '../platform/context.ts'
import { refuse } from '../platform/keys.ts'
import { openLog } from '../platform/log.ts'
import { gauge, openMetrics } from '../platform/metrics.ts'
import { openApp } from './app.ts'
import { adviceFor, openDatabase, openRecordDatabase } from './database.ts'
import { openJobs } from './jobs.ts'
import { openDoor, type Stage } from './readiness.ts'

export interface OpenHouse {
  readonly base: string
  readonly metricsPort: number
  readonly ctx: Context
  readonly close: () => Promise<void>
}

export interface Watch {
  readonly onStage: (stage: Stage) => void
  /** What the operator should change, in plain words; the house goes on. */
  readonly onAdvice: (text: string) => void
  readonly onProgress: (done: number, total: number) => void
}

function prepareFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o755 })
    accessSync(dir, constants.W_OK)
  } catch {
    throw refuse('data-dir', `DATA_DIR ${dir} cannot be written: choose another folder or change its owner.`)
  }
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? refuse('port', `Port ${port} is already taken: stop what uses it, or set PORT to another one.`)
          : refuse(
              'port',
              `Cannot listen on ${host}:${port} (${error.code ?? 'unknown'}): set HOST and PORT.`,
            ),
      ),
    )
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

const hostInUrl = (host: string): string => (host === '0.0.0.0' || host === '::' ? 'localhost' : host)

/** For commands and other programs on this machine: where the running server is. Names no secret. */
function tellRunning(dir: string, base: string): () => void {
  const path = join(dir, 'run.json')
  writeFileSync(path, `${JSON.stringify({ pid: process.pid, base })}\n`, { mode: 0o600 })
  return () => rmSync(path, { force: true })
}

/** Undoes in the reverse order what was opened, each once, also after a failure half-way. */
function closing() {
  const steps: (() => Promise<void> | void)[] = []
  return {
    add: (step: () => Promise<void> | void) => void steps.push(step),
    all: async () => {
      for (const step of steps.splice(0).reverse()) await step()
    },
  }
}

async function advise(db: Context['pool'], log: Context['log'], { onAdvice }: Watch): Promise<void> {
  const advice = await adviceFor(db)
  if (advice === undefined) return
  log.warn({ part: 'database' }, advice)
  onAdvice(advice)
}

/** Opens everything in order; alive from the first moment, ready at the end. @throws with one clear sentence */
export async function openHouse(config: Config, watch: Watch): Promise<OpenHouse> {
  prepareFolder(config.DATA_DIR)
  const log = openLog(config.LOG_LEVEL)
  const end = closing()
  const door = openDoor()
  const enter = (stage: Stage): void => {
    door.enter(stage)
    watch.onStage(stage)
  }
  try {
    const port = await listen(door.server, config.PORT, config.HOST)
    end.add(() => void door.server.close())
    const base = `http://${hostInUrl(config.HOST)}:${port}`
    const database = await openDatabase(config, (text) => log.warn({ part: 'database' }, text))
    end.add(database.stop)
    enter('migrating')
    const { db, keys } = await openRecordDatabase(config, database.url)
    end.add(() => db.destroy())
    await advise(db, log, watch)
    const ctx: Context = { db, pool: db, keys, now: () => new Date(), actor: { kind: 'nobody' }, log }
    await prepareMonths(db, ctx.now())
    if (isMakeBelieve(config.MODE) && config.DEMO) {
      enter('filling')
      await openCity(asSystem(ctx, 'city'), database.url, watch.onProgress)
      await openDemoStaff(asSystem(ctx, 'city'))
      await openDemoClients(asSystem(ctx, 'city'))
    }
    await followEnrolment(asSystem(ctx, 'insight'))
    await readModel(ctx)
    const app = await openApp({ config, ctx, base, server: door.server, hand: door.hand })
    end.add(app.close)
    end.add(
      openExchange(asSystem(ctx, 'exchange'), {
        mode: config.MODE,
        publicUrl: config.PUBLIC_URL ?? base,
        server: door.server,
      }),
    )
    end.add(await openJobs(database.url, config.DATA_DIR, ctx))
    const metrics = await openMetrics(config.METRICS_PORT, '127.0.0.1')
    end.add(metrics.close)
    gauge('sokhoe_ready', '1 when the house answers', async () => (door.stage() === 'ready' ? 1 : 0))
    gauge('sokhoe_night_done', 'How far the newest comparison of the whole city is, 0 to 1', () =>
      nightProgress(ctx),
    )
    end.add(tellRunning(config.DATA_DIR, base))
    enter('ready')
    const close = async (): Promise<void> => {
      enter('ending')
      await end.all()
    }
    return { base, metricsPort: metrics.port, ctx, close }
  } catch (error) {
    await end.all()
    throw error
  }
}
