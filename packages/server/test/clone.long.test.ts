import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const HOME = mkdtempSync(join(tmpdir(), 'sokhoe-clone-'))
const CLONE = join(HOME, 'clone')

/** Milliseconds within which a start is ready on a machine that is busy with other tests too. */
const PATIENCE = 150_000

/** As a visitor has it: the Node of the machine, and nothing that this very run brought along. */
const PATH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !folder.includes('node_modules'))
  .join(delimiter)

/** A command of the clone, as typed; `said` is both its outputs. */
interface Started {
  readonly child: ChildProcess
  readonly said: () => string
  readonly ended: Promise<number | null>
}

function visitor(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(?:npm_|NODE|VITEST|TEST_|SOKHOE_)/i.test(name),
  )
  return { ...Object.fromEntries(own), PATH, MODE: 'demo', PORT: '0', METRICS_PORT: '0', ...extra }
}

function npm(args: readonly string[], extra: Readonly<Record<string, string>> = {}, cwd = CLONE): Started {
  const child = spawn('npm', args, { cwd, env: visitor(extra), stdio: ['ignore', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const ended = new Promise<number | null>((done) => child.once('close', done))
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGTERM')
    await ended
  })
  return { child, said: () => text, ended }
}

async function ready(started: Started, within: number): Promise<string> {
  const until = Date.now() + within
  while (Date.now() < until && started.child.exitCode === null) {
    const base = started.said().match(/https?:\/\/127\.0\.0\.1:\d+/)?.[0]
    if (base && (await isReady(base))) return base
    await pause(50)
  }
  throw new Error(`not ready:\n${started.said()}`)
}

const isReady = (base: string): Promise<boolean> =>
  fetch(`${base}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  )

/** What a refusal says beside npm's own heading: it should be one sentence. */
function sentences(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim())
  const stages = /^(?:>|npm |Opening|Bringing|Filling|Building|Finishing|Ready|\d+ of \d+)/
  return lines.filter((line) => line !== '' && !stages.test(line))
}

/** Installs as the first command of a visitor does; whether the gate is open is judged by the gate. */
beforeAll(() => {
  execFileSync('git', ['clone', '--quiet', ROOT, CLONE])
  const version = execFileSync('node', ['--version'], { env: visitor({}), encoding: 'utf8' })
  expect(Number(version.match(/^v(\d+)/)?.[1])).toBeGreaterThanOrEqual(18)
  const { stdout } = spawnSync('npm', ['run', '-s', 'check'], {
    cwd: CLONE,
    env: visitor({}),
    encoding: 'utf8',
  })
  expect(stdout).toMatch(/. lint .* \d+ files/)
  expect(stdout).toMatch(/. size .* \d+ bytes/)
}, 400_000)
afterAll(() => rmSync(HOME, { recursive: true, force: true, maxRetries: 5 }))

test('from a bare clone npm start is soon ready, ends on SIGTERM, and the second start takes under three seconds', async () => {
  const dir = join(HOME, 'first')
  const first = npm(['start'], { DATA_DIR: dir })
  await ready(first, PATIENCE)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)

  // the quickest of a few: beside other tests any of them may have to wait for the processor
  const took: number[] = []
  for (let turn = 0; turn < 5 && !took.some((ms) => ms < 3000); turn += 1) {
    const start = performance.now()
    const again = npm(['start'], { DATA_DIR: dir })
    await ready(again, PATIENCE)
    took.push(performance.now() - start)
    again.child.kill('SIGTERM')
    await again.ended
  }
  expect(Math.min(...took)).toBeLessThan(3000)
}, 600_000)

test('killed without warning, it leaves nothing running and a folder that starts again', async () => {
  const dir = join(HOME, 'first')
  const first = npm(['start'], { DATA_DIR: dir })
  const base = await ready(first, PATIENCE)
  first.child.kill('SIGKILL')
  await expect.poll(() => isReady(base), { timeout: 30_000 }).toBe(false)
  await pause(2000)

  const second = npm(['start'], { DATA_DIR: dir })

  expect(await ready(second, PATIENCE)).toMatch(/^http/)
}, 600_000)

test('a second start on the same data, and a port that is taken, get one clear sentence each', async () => {
  const dir = join(HOME, 'first')
  await ready(npm(['start'], { DATA_DIR: dir }), PATIENCE)
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await new Promise((done) => taken.once('listening', done))
  const address = taken.address()
  const port = String(typeof address === 'object' ? address?.port : '')

  const same = npm(['start'], { DATA_DIR: dir })
  const busy = npm(['start'], { DATA_DIR: join(HOME, 'second'), PORT: port })

  expect(await same.ended).not.toBe(0)
  expect(sentences(same.said())).toEqual([expect.stringMatching(/already using this data folder/)])
  expect(await busy.ended).not.toBe(0)
  expect(sentences(busy.said())).toEqual([expect.stringContaining(port)])
}, 600_000)

test('a data folder that cannot be written gets one clear sentence', async () => {
  const refused = npm(['start'], { DATA_DIR: join(CLONE, 'package.json', 'data') })

  expect(await refused.ended).not.toBe(0)
  expect(sentences(refused.said())).toEqual([expect.stringMatching(/cannot be written/)])
})

test('a command prints its result and nothing else, and hands on its exit status', async () => {
  const wrong = npm(['run', '-s', 'cli', '--', 'no-such-command'])

  expect(await wrong.ended).not.toBe(0)
  expect(sentences(wrong.said()).length).toBeGreaterThan(0)
})
