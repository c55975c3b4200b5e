import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** As `npm start` runs it. */
const FLAGS = ['--max-semi-space-size=64']
const READY_WITHIN = 400_000

export interface RunningServer {
  readonly base: string
  readonly dataDir: string
  readonly process: ChildProcess
  /** Settings that a command needs to join it. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Ends it, and removes its folder. */
  readonly stop: () => Promise<void>
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
    const base = baseIn(dataDir)
    if (base && (await fetch(`${base}/health/ready`)).ok) return base
    await pause(100)
  }
  throw new Error(`The server did not become ready:\n${said()}`)
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await Promise.race([gone, pause(15_000).then(() => server.kill('SIGKILL'))])
}

/**
 * The real server as a process of its own, on a fresh data folder and a free port.
 * @param dataDir an empty folder, which goes when the server is stopped
 */
export async function openServer(
  settings: Readonly<Record<string, string>> = {},
  dataDir = mkdtempSync(join(tmpdir(), 'sokhoe-server-')),
): Promise<RunningServer> {
  const env = { ...process.env, MODE: 'test', PORT: '0', METRICS_PORT: '0', DATA_DIR: dataDir, ...settings }
  const command = [...FLAGS, 'packages/server/src/main.ts']
  const server = spawn(process.execPath, command, { cwd: ROOT, env, stdio: 'pipe' })
  let text = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', (chunk) => (text += chunk))
  const stop = async (): Promise<void> => {
    await end(server)
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  }
  try {
    const base = await whenReady(server, dataDir, () => text)
    return { base, dataDir, process: server, env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
