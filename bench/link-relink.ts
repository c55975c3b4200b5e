import { type Night, type Progress, relinkCity } from '../packages/server/src/identity/index.ts'
import { cpuOf, databaseCpu } from './cpu.ts'
import { type Figure, figure } from './figure.ts'
import { openCity } from './link-city.ts'

const MINUTE = 60_000
/** Of memory, in this process alone. */
const GIGABYTE = 2 ** 20

interface Timed {
  readonly night: Night
  readonly took: number
  /** ms by phase. */
  readonly phases: ReadonlyMap<string, number>
}

async function timed(
  work: (tell: (progress: Progress) => void) => Promise<Night | undefined>,
): Promise<Timed> {
  const phases = new Map<string, number>()
  const started = performance.now()
  let [phase, since] = ['', started]
  const night = await work((progress) => {
    if (progress.phase === phase) return
    const now = performance.now()
    if (phase !== '') phases.set(phase, now - since)
    ;[phase, since] = [progress.phase, now]
  })
  if (!night) throw new Error('somebody else compares this city')
  return { night, took: performance.now() - started, phases }
}

function tell(name: string, { night, phases }: Timed): void {
  const { compared, same, review, moved } = night
  const times = [...phases].map(([phase, ms]) => `${phase} ${(ms / 1000).toFixed(1)} s`).join(', ')
  process.stderr.write(
    `${name}: ${compared} pairs compared, ${same} the same, ${review} to review, ${moved} moved; ${times}\n`,
  )
}

/** The whole city compared anew: the first night, in which everybody is still alone, and one in which little changes. */
export async function* relink(size: number): AsyncGenerator<Figure> {
  const { ctx, close } = await openCity(size)
  try {
    for (const name of ['first night', 'usual night']) {
      const [own, database] = [cpuOf(process.pid), databaseCpu()]
      const one = await timed((progress) => relinkCity(ctx, progress))
      tell(name, one)
      const used = [cpuOf(process.pid) - own, databaseCpu() - database].map((ms) => (ms / 1000).toFixed(1))
      process.stderr.write(`  processor: ${used[0]} s of this process, ${used[1]} s of the database\n`)
      yield figure({
        name: `${name}, ${size} records`,
        value: one.took / MINUTE,
        unit: 'min',
        goal: { atMost: 20 },
      })
    }
    const memory = process.resourceUsage().maxRSS / GIGABYTE
    yield figure({ name: 'most memory', value: memory, unit: 'GB', goal: { atMost: 4 } })
  } finally {
    await close()
  }
}
