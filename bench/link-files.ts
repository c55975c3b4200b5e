/** Files with truth, linked by the command as anybody would run it, each in a process of its own. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure } from './figure.ts'
import { makeHistory } from './link/history.ts'
import { csvOf, type Made, without } from './link/made.ts'
import { makePersons } from './link/persons.ts'
import { type Scored, score } from './link/score.ts'
import { makeRegistry } from './link/vietnam.ts'

interface Ran {
  readonly scored: Scored
  readonly seconds: number
  readonly megabytes: number
}

const CLI = new URL('../packages/server/src/cli.ts', import.meta.url).pathname

/** Tells on standard error, last of all, how much memory it held at most. */
const MEASURED = `process.on('exit', () => process.stderr.write('peak ' + process.resourceUsage().maxRSS + '\\n'))`

async function command(args: readonly string[]): Promise<{ seconds: number; megabytes: number }> {
  const started = performance.now()
  const flags = ['--import', `data:text/javascript,${encodeURIComponent(MEASURED)}`]
  const child = spawn(process.execPath, [...flags, CLI, 'link', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let told = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    told += text
    process.stderr.write(text.replace(/^peak .*\n/m, ''))
  })
  const exit = await new Promise((ended) => child.on('close', ended))
  if (exit !== 0) throw new Error(`link ended with ${exit}`)
  const kilobytes = Number(/peak (\d+)/.exec(told)?.[1])
  return { seconds: (performance.now() - started) / 1000, megabytes: kilobytes / 1024 }
}

/** Ids hold no comma: the files are made here. */
function pairsIn(path: string): [string, string][] {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => {
    const [a = '', b = ''] = line.split(',')
    return [a, b]
  })
}

async function link(made: Made): Promise<Ran> {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-link-'))
  const [input, output, review] = ['in.csv', 'out.csv', 'review.csv'].map((name) => join(folder, name))
  if (input === undefined || output === undefined || review === undefined) throw new Error('no folder')
  try {
    writeFileSync(input, csvOf(made))
    const ran = await command([input, output, '--review', review])
    return { ...ran, scored: score(made, pairsIn(output), pairsIn(review)) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

interface Goals {
  readonly f1?: number
  readonly precision?: number
  readonly recall?: number
  readonly trapped?: number
  readonly reached?: number
  readonly inReview?: number
}

const share = (name: string, value: number, goal: { atLeast: number } | { atMost: number }): Figure =>
  figure({ name, value, unit: 'of 1', goal })

function* figures(what: string, { scored, seconds, megabytes }: Ran, goals: Goals): Generator<Figure> {
  yield share(`${what}: precision`, scored.precision, { atLeast: goals.precision ?? 0 })
  yield share(`${what}: recall`, scored.recall, { atLeast: goals.recall ?? 0 })
  yield share(`${what}: F1`, scored.f1, { atLeast: goals.f1 ?? 0 })
  if (goals.trapped !== undefined) {
    yield share(`${what}: trap pairs merged`, scored.trapped, { atMost: goals.trapped })
    for (const [kind, { merged, of }] of scored.traps)
      yield share(`${what}: merged of ${of} pairs “${kind}”`, of === 0 ? 0 : merged / of, {
        atMost: goals.trapped,
      })
  }
  yield share(`${what}: recall of same and review together`, scored.reached, { atLeast: goals.reached ?? 0 })
  yield share(`${what}: records in review`, scored.inReview, { atMost: goals.inReview ?? 1 })
  yield figure({ name: `${what}: time`, value: seconds, unit: 's', goal: { atMost: 180 } })
  yield figure({ name: `${what}: memory`, value: megabytes, unit: 'MB', goal: { atMost: 2048 } })
}

/** Half the phones, those of whole persons or not, by the number of the row alone. */
const everySecond = (row: number): boolean => (Math.imul(row + 1, 2654435761) >>> 16) % 2 === 0

/** `--part files`: three kinds of files and a registry without numbers, each beside its goal. */
export async function* files(seed: number): AsyncGenerator<Figure> {
  const persons = makePersons(seed, 5000)
  yield* figures(`FEBRL-like, ${persons.rows.length} rows`, await link(persons), {
    f1: 0.99,
    precision: 0.995,
  })
  const history = makeHistory(seed + 1, 50_000)
  yield* figures(`historical, ${history.rows.length} rows`, await link(history), { f1: 0.88 })
  const registry = makeRegistry(seed + 2, 60_000)
  const people = { trapped: 0.003, reached: 0.92, inReview: 0.05 }
  const rows = `${registry.rows.length} rows`
  yield* figures(`registry, ${rows}`, await link(registry), { ...people, precision: 0.998, recall: 0.95 })
  const halved = without(without(registry, ['so_cccd', 'so_the_bhyt']), ['sdt'], everySecond)
  yield* figures(`registry without numbers and half the phones, ${rows}`, await link(halved), {
    ...people,
    ...{ precision: 0.995, recall: 0.75 },
  })
}
