import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const SETTINGS = {
  MODE: 'test',
  DEMO: '0',
  PORT: '0',
  LOG_LEVEL: 'error',
  OTP_ISSUES_PER_PHONE_HOUR: '1000',
  OTP_ISSUES_PER_ADDRESS_HOUR: '1000000',
  OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR: '1000000',
  OTP_ISSUES_CITY_MINUTE: '1000000',
}

/** The whole house in a process of its own, as an operator starts it. */
export interface Server {
  readonly base: string
  readonly child: ChildProcess
  /** What it wrote to its log. */
  readonly log: () => string
  readonly kill: () => Promise<void>
  readonly end: () => Promise<void>
}

const isReady = (base: string): Promise<boolean> =>
  fetch(`${base}/health/ready`).then(
    (reply) => reply.ok,
    () => false,
  )

/**
 * Starts it on a folder, new or left behind in whatever way, and waits until it is ready.
 * @param more settings besides, such as the database of another server
 */
export async function startServer(
  dataDir: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...SETTINGS, DATA_DIR: dataDir, ...more },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let log = ''
  child.stderr?.on('data', (part: Buffer) => {
    log += part.toString()
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const signal = async (name: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name)
    await gone
  }
  const baseNow = (): string => log.match(/Sổ Khỏe +(http:\/\/\S+)/)?.[1] ?? ''
  const deadline = Date.now() + 60_000
  while (baseNow() === '' || !(await isReady(baseNow()))) {
    if (child.exitCode !== null) throw new Error(`the server ended: ${log}`)
    if (Date.now() > deadline) throw new Error(`the server is not ready: ${log}`)
    await pause(100)
  }
  return {
    base: baseNow(),
    child,
    log: () => log,
    kill: () => signal('SIGKILL'),
    end: () => signal('SIGINT'),
  }
}

/** The process of the embedded database that runs on this folder. */
export const postmasterOf = (dataDir: string): number =>
  Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
