import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test as base } from '@playwright/test'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const READY_WITHIN = 180_000

/** A whole house of one's own: the real server on a fresh data folder, in test mode, with its demonstration city. */
export interface House {
  readonly base: string
  /** What a command prints, run beside this very server. */
  readonly cli: (...args: string[]) => Promise<string>
  /** Messages sent to a phone number so far, the latest last. */
  readonly messages: (phone: string) => Promise<readonly Message[]>
}

interface Message {
  readonly to: string
  readonly text: string
  readonly at: string
}

function baseIn(dataDir: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')) as { base: string }).base
  } catch {
    return undefined
  }
}

async function whenReady(server: ChildProcess, dataDir: string, said: () => string): Promise<string> {
  const until = Date.now() + READY_WITHIN
  while (Date.now() < until && server.exitCode === null) {
    const address = baseIn(dataDir)
    if (address && (await fetch(`${address}/health/ready`)).ok) return address
    await pause(100)
  }
  throw new Error(`The server did not become ready:\n${said()}`)
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await Promise.race([gone, pause(15_000).then(() => server.kill('SIGKILL'))])
}

async function openHouse(use: (house: House) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'sokhoe-e2e-'))
  const env = { ...process.env, MODE: 'test', PORT: '0', METRICS_PORT: '0', DATA_DIR: dataDir }
  const server = spawn(process.execPath, ['packages/server/src/main.ts'], { cwd: ROOT, env, stdio: 'pipe' })
  let text = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (text += chunk))
  try {
    const address = await whenReady(server, dataDir, () => text)
    const cli = async (...args: string[]): Promise<string> =>
      (
        await promisify(execFile)(process.execPath, ['packages/server/src/cli.ts', ...args], {
          cwd: ROOT,
          env,
        })
      ).stdout
    const messages = async (phone: string): Promise<readonly Message[]> =>
      (await (await fetch(`${address}/dev/messages?phone=${phone}`)).json()) as Message[]
    await use({ base: address, cli, messages })
  } finally {
    await stop(server)
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** `test` with a `house`: one for all tests of a worker, and `page.goto('/…')` goes to it. */
export const test = base.extend<object, { house: House }>({
  house: [
    async ({ playwright: _ }, use) => {
      await openHouse(use)
    },
    { scope: 'worker', timeout: READY_WITHIN + 30_000 },
  ],
  baseURL: async ({ house }, use) => {
    await use(house.base)
  },
})

export { expect } from '@playwright/test'
