import { sql } from 'kysely'
import { type Night, type Progress, relinkCity } from '../packages/server/src/identity/index.ts'
import type { Context } from '../packages/server/src/platform/context.ts'
import { cpuOf, databaseCpu, databaseMemory } from './cpu.ts'
import { type Figure, figure } from './figure.ts'
import { openCity } from './link-city.ts'

const MINUTE = 60_000
/** Kilobytes of memory. */
const GIGABYTE = 2 ** 20
/** At most so often a line tells how far it is, ms. */
const EVERY = 5000

const say = (line: string) => process.stderr.write(`${line}\n`)
const minutes = (ms: number): string => (ms / MINUTE).toFixed(2)
const seconds = (ms: number): string => (ms / 1000).toFixed(1)

interface Timed {
  readonly night: Night
  readonly took: number
  /** Processor time of this process and of the database, ms. */
  readonly own: number
  readonly database: number
  /** Most memory of the database, GB. */
  readonly memory: number
}

/** Tells how far the night is, and where it was so long. */
function telling(started: number): {
  readonly tell: (progress: Progress) => void
  readonly phases: string[]
} {
  const phases: string[] = []
  let [phase, since, told] = ['', started, 0]
  const tell = (progress: Progress) => {
    const now = performance.now()
    if (progress.phase !== phase) {
      if (phase !== '') phases.push(`${phase} ${seconds(now - since)} s`)
      ;[phase, since, told] = [progress.phase, now, 0]
    }
    if (now - told < EVERY) return
    told = now
    const far = progress.of > 1 ? ` ${progress.done} of ${progress.of}` : ''
    say(
      `  ${seconds(now - started)} s: ${phase}${far}, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MB`,
    )
  }
  return { tell, phases }
}

async function timed(ctx: Context, name: string): Promise<Timed> {
  const [started, own, database] = [performance.now(), cpuOf(process.pid), databaseCpu()]
  let memory = databaseMemory()
  const watch = setInterval(() => {
    memory = Math.max(memory, databaseMemory())
  }, EVERY)
  const { tell, phases } = telling(started)
  const night = await relinkCity(ctx, tell).finally(() => clearInterval(watch))
  if (!night) throw new Error('somebody else compares this city')
  const { compared, same, review, moved } = night
  say(`${name}: ${compared} pairs compared, ${same} the same, ${review} to review, ${moved} Patients moved`)
  say(`  ${phases.join(', ')}`)
  const used = { own: cpuOf(process.pid) - own, database: databaseCpu() - database }
  return { night, took: performance.now() - started, ...used, memory }
}

/** What the city looks like after it. */
async function tellOutcome({ db }: Context): Promise<void> {
  const { rows: groups } = await sql<{ persons: number; several: number }>`
    select count(*) as persons, count(*) filter (where patients > 1) as several
    from (select count(*) as patients from identity.patient group by person) person`.execute(db)
  const { rows: pairs } = await sql<{ state: string; count: number }>`
    select state, count(*) as count from identity.pair group by state order by state`.execute(db)
  const [{ persons, several } = { persons: 0, several: 0 }] = groups
  say(`  ${persons} persons, ${several} of several Patients`)
  say(`  pairs kept: ${pairs.map(({ state, count }) => `${count} ${state}`).join(', ')}`)
}

/** The whole city compared anew: the first night, in which everybody is still alone, and one in which little changes. */
export async function* relink(size: number): AsyncGenerator<Figure> {
  const { ctx, close } = await openCity(size)
  try {
    for (const name of ['first night', 'usual night']) {
      const { took, own, database, memory } = await timed(ctx, name)
      await tellOutcome(ctx)
      say(`  processor: ${minutes(own)} min of this process, ${minutes(database)} min of the database`)
      say(`  most memory of the database, its buffers included: ${memory.toFixed(2)} GB`)
      yield figure({
        name: `${name}, ${size} records`,
        value: took / MINUTE,
        unit: 'min',
        goal: { atMost: 20 },
      })
      yield figure({
        name: `${name}, most memory of the process`,
        value: process.resourceUsage().maxRSS / GIGABYTE,
        unit: 'GB',
        goal: { atMost: 4 },
      })
    }
  } finally {
    await close()
  }
}
