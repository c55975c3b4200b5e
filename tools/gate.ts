import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT, run, runTool } from './run.ts'
import { weigh } from './size.ts'

/** What a step found: nothing wrong, and at how much it really looked. */
interface Finding {
  readonly ok: boolean
  readonly looked: number
  readonly unit: string
  readonly text: string
}

export interface StepResult extends Finding {
  readonly name: string
  readonly seconds: number
}

/** Below this a checker has not seen the house, whatever it says. */
const FEWEST = 6

const numberIn = (text: string, sign: RegExp): number => Number(text.match(sign)?.[1] ?? 0)

async function lint(): Promise<Finding> {
  const { code, text } = await run(join(ROOT, 'node_modules/.bin/biome'), [
    'check',
    '--error-on-warnings',
    '.',
  ])
  return { ok: code === 0, looked: numberIn(text, /Checked (\d+) files/), unit: 'files', text }
}

async function types(): Promise<Finding> {
  const { code, text } = await runTool('typescript/bin/tsc', ['--noEmit', '--listFiles', '-p', '.'])
  const [listed, said] = [true, false].map((wanted) =>
    text.split('\n').filter((line) => isFile(line) === wanted),
  )
  const own = listed?.filter((line) => !line.includes('node_modules')) ?? []
  return { ok: code === 0, looked: own.length, unit: 'files', text: said?.join('\n') ?? '' }
}

const isFile = (line: string): boolean => line.startsWith('/') && /\.[cm]?tsx?$/.test(line)

async function rooms(): Promise<Finding> {
  const { code, text } = await runTool('vitest/vitest.mjs', ['run', 'packages/server/test/rooms.test.ts'])
  return { ok: code === 0, looked: numberIn(text, /Tests .*?(\d+) passed/), unit: 'rules', text }
}

async function unused(): Promise<Finding> {
  const reporters = ['--reporter', 'symbols', '--reporter', './tools/knip-count.mjs']
  const { code, text } = await runTool('knip/bin/knip.js', [
    '--no-progress',
    '--no-config-hints',
    ...reporters,
  ])
  return { ok: code === 0, looked: numberIn(text, /looked at (\d+) files/), unit: 'files', text }
}

async function twins(): Promise<Finding> {
  const output = mkdtempSync(join(tmpdir(), 'sokhoe-twins-'))
  const limits = ['--min-tokens', '60', '--threshold', '1', '--format', 'typescript,tsx,javascript']
  const ignore = ['--ignore', '**/*.test.ts,**/*.test.tsx,**/dist/**,**/node_modules/**,**/*.generated.ts']
  const reports = ['--reporters', 'console,json', '--output', output, '--fail-on-empty']
  const { code, text } = await runTool('jscpd/run-jscpd.js', [
    ...limits,
    ...ignore,
    ...reports,
    'packages',
    'tools',
  ])
  const looked = code === 127 ? 0 : sourcesIn(join(output, 'jscpd-report.json'))
  rmSync(output, { recursive: true, force: true })
  return { ok: code === 0, looked, unit: 'files', text }
}

function sourcesIn(report: string): number {
  try {
    const { statistics } = JSON.parse(readFileSync(report, 'utf8')) as {
      statistics: { total: { sources: number } }
    }
    return statistics.total.sources
  } catch {
    return 0
  }
}

async function lock(): Promise<Finding> {
  const { code, text } = await run(process.execPath, ['tools/lock.ts', '--check'])
  return { ok: code === 0, looked: numberIn(text, /looked at (\d+) packages/), unit: 'packages', text }
}

async function size(): Promise<Finding> {
  const apps = (['citizen', 'portal'] as const).map((app) => ({
    app,
    ...weigh(join(ROOT, 'packages', app, 'dist'), app),
  }))
  const failed = process.env['SOKHOE_WEB'] === 'failed' ? ['an app could not be built'] : []
  const all = [
    ...failed,
    ...apps.flatMap(({ app, complaints }) => complaints.map((text) => `${app}: ${text}`)),
  ]
  return {
    ok: all.length === 0 && apps.every(({ scripts }) => scripts > 0),
    looked: Math.min(...apps.map(({ first }) => first)),
    unit: `bytes (${apps.map(({ app, first }) => `${app} ${first}`).join(', ')})`,
    text: all.join('\n'),
  }
}

const STEPS = { lint, types, rooms, unused, twins, lock, size }

async function judge(name: string, step: () => Promise<Finding>): Promise<StepResult> {
  const start = performance.now()
  const found = await step()
  const blind = found.looked < FEWEST && found.ok
  const text = blind
    ? `${found.text}\n${name} looked at ${found.looked} ${found.unit}: that is not the house`
    : found.text
  const result = { ...found, name, text, ok: found.ok && !blind, seconds: (performance.now() - start) / 1000 }
  tell(result)
  return result
}

function tell({ name, ok, seconds, looked, unit, text }: StepResult): void {
  console.log(`${ok ? '✓' : '✗'} ${name.padEnd(7)} ${seconds.toFixed(1).padStart(5)} s   ${looked} ${unit}`)
  if (!ok) console.log(`${text.trim().replaceAll(/^/gm, '    ')}\n`)
}

/** Every step of the gate, two at a time, each with one line and, where it failed, its reasons. */
export async function runGate(): Promise<readonly StepResult[]> {
  const waiting = Object.entries(STEPS)
  const results: StepResult[] = []
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) results.push(await judge(...next))
  }
  await Promise.all([work(), work()])
  return results
}
