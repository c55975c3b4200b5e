import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { type Figure, figure, median } from './figure.ts'

const ROUNDS = 3
const SECONDS = 8
const AT_ONCE = 64
const GOAL = 60
/** All residents of the bench share one address and come within minutes: limits that are not what is measured. */
const LIMITS = {
  OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR: '10000000',
  OTP_ISSUES_PER_ADDRESS_HOUR: '10000000',
  OTP_ISSUES_CITY_MINUTE: '10000000',
}

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url))
const exec = promisify(execFile)

/** A process that says its address in a line; ended by the signal that a terminal sends. */
async function open(
  file: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  from: 'stdout' | 'stderr',
): Promise<{ child: ChildProcess; base: string }> {
  const profile = process.env['BENCH_PROFILE']
    ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`]
    : []
  const child = spawn(process.execPath, [...profile, path(file), ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines = createInterface({ input: child[from] })
  for await (const line of lines) {
    const base = line.match(/http:\/\/127\.0\.0\.1:\d+/)?.[0]
    if (base) return { child, base }
  }
  throw new Error(`${file} ended before it was ready`)
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGINT')
  await gone
}

interface Round {
  readonly rate: number
  readonly p50: number
  readonly p99: number
  readonly faults: number
  readonly fault?: string
  readonly next: number
}

let first = 0
async function residents(base: string, campaign: string, seconds = SECONDS): Promise<Round> {
  const args = [path('./residents.ts'), base, campaign, String(AT_ONCE), String(seconds), String(first)]
  const { stdout } = await exec(process.execPath, args)
  const round = JSON.parse(stdout) as Round
  first = round.next
  if (round.fault) say(`  ${round.faults} failed, first: ${round.fault}`)
  return round
}

async function measure(base: string, bare: string, campaign: string) {
  await residents(bare, campaign, 2)
  await residents(base, campaign, 6)
  const rounds: { value: Round; limit: Round }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    rounds.push({ limit: await residents(bare, campaign, 4), value: await residents(base, campaign) })
    const { value, limit } = rounds.at(-1) ?? { value: undefined, limit: undefined }
    say(
      `  ${value?.rate.toFixed(0)} flows/s (p50 ${value?.p50} ms, p99 ${value?.p99} ms) beside ${limit?.rate.toFixed(0)}/s`,
    )
  }
  return rounds
}

/** Whole declaration flows with 64 residents at once, on the embedded database. */
export async function* run(): AsyncGenerator<Figure> {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-bench-'))
  const env = {
    ...process.env,
    ...LIMITS,
    MODE: 'demo',
    DEMO: '0',
    DATA_DIR: dir,
    PORT: '0',
    LOG_LEVEL: 'error',
  }
  say(
    `limits raised for this bench: ${Object.entries(LIMITS)
      .map(([name, value]) => `${name}=${value}`)
      .join(' ')}`,
  )
  const house = await open('../packages/server/src/main.ts', [], env, 'stderr')
  const bare = await open(
    './bare.ts',
    [(await databaseOf(join(dir, 'postgres'))) ?? ''],
    process.env,
    'stdout',
  )
  try {
    const cli = [path('../packages/server/src/cli.ts'), 'campaign', 'new', '--ward', '26911', '--json']
    const { code } = JSON.parse((await exec(process.execPath, cli, { env })).stdout) as { code: string }
    const rounds = await measure(house.base, bare.base, code)
    const value = median(rounds.map((round) => round.value.rate))
    const limit = median(rounds.map((round) => round.limit.rate))
    const name = 'declaration flows, 64 residents at once'
    const beside = figure({ name, value, limit, unit: '1/s', goal: { atLeast: 0 } })
    yield { ...beside, goal: GOAL, ok: value >= GOAL }
    const faults = rounds.reduce((sum, round) => sum + round.value.faults, 0)
    yield figure({ name: 'declaration flows that failed', value: faults, unit: '', goal: { atMost: 0 } })
  } finally {
    await end(bare.child)
    await end(house.child)
    rmSync(dir, { recursive: true, force: true, maxRetries: 5 })
  }
}
