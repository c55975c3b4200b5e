import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { takeLock } from './lock.ts'
import { type Account, accountForPostgres, canReach, findBinaries } from './postgres-binaries.ts'

/** Every way the embedded database can refuse to start, each in one sentence a reader can act on. */
const FAULTS = {
  'data-dir-in-use': 'Another process is already using this data folder',
  'data-dir-not-writable': 'The data folder cannot be written',
  'data-dir-other-version': 'The data folder was made by another major version of PostgreSQL',
  'disk-full': 'The disk that holds the data folder is full',
  'no-binaries': 'There is no embedded PostgreSQL for this kind of machine: set DATABASE_URL instead',
  'no-shared-memory': 'This machine gives PostgreSQL no shared memory',
  'did-not-start': 'The embedded PostgreSQL did not start',
} as const

export type PostgresFault = keyof typeof FAULTS

/** The fault named by an error of openPostgres, or undefined for any other error. */
export function postgresFaultOf(error: unknown): PostgresFault | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return Object.keys(FAULTS).find((fault): fault is PostgresFault => fault === code)
}

function fault(code: PostgresFault, dir: string, detail = ''): Error {
  const message = `${FAULTS[code]}: ${dir}${detail && ` (${detail})`}`
  return Object.assign(new Error(message), { code })
}

/** What PostgreSQL writes before it gives up, and what that means. First match wins. */
const SIGNS: readonly (readonly [RegExp, PostgresFault])[] = [
  [/No space left on device|Disk quota exceeded/, 'disk-full'],
  [/shared memory (?:segment|block).*(?:in use|still)|lock file .* already exists/, 'data-dir-in-use'],
  [/shared memory|semaphores/, 'no-shared-memory'],
  [/database files are incompatible|not compatible with this version/, 'data-dir-other-version'],
  [/Permission denied|Read-only file system|Operation not permitted/, 'data-dir-not-writable'],
  [/not found|Exec format error|cannot execute/, 'no-binaries'],
]

export interface Postgres {
  /** For `pg`, over a Unix socket; the same after every restart on the same folder. */
  readonly url: string
  readonly pid: number
  readonly version: string
  /** Ends it after a checkpoint. Safe to call twice. */
  readonly stop: () => Promise<void>
}

export interface PostgresOptions {
  /** A folder of the database's own, made where missing; nothing else may be kept in it. */
  readonly dir: string
  /** Short sentences for the log; never statements or values. */
  readonly onNotice?: (text: string) => void
  /** The database ended though nobody asked it to; the folder may be opened again from here. */
  readonly onExit?: (how: string) => void
  /** The folder is removed when this process ends, in whatever way. For tests. */
  readonly throwaway?: boolean
  /** Server settings beside those of the house. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Locks a connection may hold on average: the largest message holds a turn for each number of each of its Patients. */
export const LOCKS_NEEDED = 256

/** Durable, reachable by a Unix socket only, and silent about statements: they hold what people declared. */
const SETTINGS = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '100',
  max_locks_per_transaction: String(LOCKS_NEEDED),
  shared_buffers: '192MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  max_wal_size: '1GB',
  min_wal_size: '128MB',
  wal_compression: 'pglz',
  checkpoint_completion_target: '0.9',
  default_toast_compression: 'pglz',
  effective_cache_size: '1GB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
  log_line_prefix: '',
} as const

/**
 * The shell becomes PostgreSQL. A watcher beside it holds the other end of a pipe to us: when the pipe breaks,
 * because we died in whatever way, it ends PostgreSQL; a word through the pipe sends the watcher away.
 * `$1` is the folder to remove afterwards, or empty.
 */
const LIFE_LINE = `
gone=$1; shift
( ( cd /; if read -r word <&3; then exit 0; fi
    kill -INT $$; n=0
    while kill -0 $$ && [ $n -lt 300 ]; do sleep 0.1; n=$((n+1)); done
    kill -QUIT $$
    [ -z "$gone" ] || rm -rf "$gone"
  ) >/dev/null 2>&1 & )
exec 3<&-
exec "$@"`

interface Place {
  readonly dir: string
  readonly cluster: string
  readonly account: Account | undefined
  readonly binaries: string
}

/**
 * Opens the embedded PostgreSQL on a folder, making the database the first time.
 *
 * It ends with this process, even with kill -9, and a folder left behind in that way opens again with every
 * committed row. One process at a time: a second gets `data-dir-in-use`, and joins by `databaseOf`.
 *
 * @throws an Error whose `code` is a PostgresFault
 */
export async function openPostgres(options: PostgresOptions): Promise<Postgres> {
  const dir = resolve(options.dir)
  const account = accountForPostgres()
  const binaries = findBinaries(account)
  if (!binaries) throw fault('no-binaries', `${process.platform}-${process.arch}`)
  const unlock = claim(dir, account)
  try {
    const place = { dir, cluster: join(dir, 'cluster'), account, binaries }
    await clearWayFor(place)
    if (!existsSync(place.cluster)) {
      options.onNotice?.('Making the database, once')
      await makeCluster(place)
    }
    return await launch(place, options, unlock)
  } catch (error) {
    unlock()
    throw named(error, dir)
  }
}

/** The database of a folder that some process has open, or undefined: for commands beside a running server. */
export async function databaseOf(dir: string): Promise<string | undefined> {
  const cluster = join(resolve(dir), 'cluster')
  const pid = postmasterOf(cluster)
  if (!pid || !livesIn(pid, cluster)) return undefined
  return urlOf(resolve(dir))
}

function claim(dir: string, account: Account | undefined): () => void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    chmodSync(dir, 0o700)
    const unlock = takeLock(join(dir, 'lock'))
    if (!unlock) throw fault('data-dir-in-use', dir)
    if (account) chownSync(dir, account.uid, account.gid)
    return unlock
  } catch (error) {
    throw named(error, dir)
  }
}

function named(error: unknown, dir: string): Error {
  if (postgresFaultOf(error)) return error as Error
  const code = (error as NodeJS.ErrnoException).code ?? ''
  if (code === 'ENOSPC' || code === 'EDQUOT') return fault('disk-full', dir)
  if (['EACCES', 'EPERM', 'EROFS', 'EEXIST', 'ENOTDIR'].includes(code))
    return fault('data-dir-not-writable', dir)
  return fault('did-not-start', dir, error instanceof Error ? error.message : String(error))
}

/** The longest path a Unix socket may have is 107 bytes on Linux and 103 on macOS. */
function socketFolder(dir: string): string {
  const inside = join(dir, 'socket')
  if (Buffer.byteLength(inside) <= 85) return inside
  const short = createHash('sha256').update(dir).digest('hex').slice(0, 16)
  return join(tmpdir(), `sokhoe-${short}`)
}

function urlOf(dir: string): string {
  return `postgres://postgres@localhost/postgres?host=${encodeURIComponent(socketFolder(dir))}`
}

function postmasterOf(cluster: string): number | undefined {
  try {
    return Number(readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[0]) || undefined
  } catch {
    return undefined
  }
}

/** Whether that process works in the folder: a number in a stale file may meanwhile be anybody's. */
function livesIn(pid: number, cluster: string): boolean {
  try {
    if (process.platform === 'linux') return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function processesIn(cluster: string): number[] {
  if (!existsSync(cluster)) return []
  const pids = process.platform === 'linux' ? readdirSync('/proc').map(Number) : [postmasterOf(cluster) ?? 0]
  return pids.filter((pid) => pid > 0 && livesIn(pid, cluster))
}

/**
 * Before a start: what a killed predecessor left running is ended, then its stale files go.
 * Only in this order: a postmaster.pid removed beside a living process would let two of them write.
 */
async function clearWayFor({ dir, cluster }: Place): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    const left = processesIn(cluster)
    if (left.length === 0) break
    if (tries >= 300) throw fault('data-dir-in-use', dir)
    const postmaster = postmasterOf(cluster)
    if (tries % 50 === 0 && postmaster && left.includes(postmaster)) signal(postmaster, 'SIGINT')
    await pause(100)
  }
  if (process.platform === 'linux') rmSync(join(cluster, 'postmaster.pid'), { force: true })
  rmSync(join(dir, 'making'), { recursive: true, force: true })
  rmSync(socketFolder(dir), { recursive: true, force: true })
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It has ended meanwhile, which is what was wanted.
  }
}

/** Made aside and renamed when whole, so that no half-made database is ever opened. */
async function makeCluster(place: Place): Promise<void> {
  const making = join(place.dir, 'making')
  makeFolder(making, place.account)
  const args = ['--pgdata', reachable({ ...place, cluster: making }), '--username', 'postgres']
  const kind = ['--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C', '--data-checksums']
  const locale = ['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8']
  const child = run(place, making, [join(place.binaries, 'bin', 'initdb'), ...args, ...kind, ...locale])
  const said = listen(child)
  const [code] = await ended(child)
  if (code !== 0) throw started(said.tail(), place.dir)
  rmSync(place.cluster, { recursive: true, force: true })
  renameSync(making, place.cluster)
}

function makeFolder(path: string, account: Account | undefined): void {
  mkdirSync(path, { recursive: true, mode: 0o700 })
  if (account) chownSync(path, account.uid, account.gid)
}

/** Root may have put the folder where `nobody` cannot pass; a process is always let into its own working folder. */
function reachable({ cluster, account }: Place): string {
  if (canReach(cluster, account) || process.platform !== 'linux') return cluster
  return '/proc/self/cwd'
}

function run({ account }: Place, cwd: string, command: readonly string[], throwaway = ''): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }
  return spawn('/bin/sh', ['-c', LIFE_LINE, 'sh', throwaway, ...command], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    ...account,
  })
}

/** Collects what a child says: the last lines for a fault, each line for whoever waits for one. */
function listen(child: ChildProcess) {
  const lines: string[] = []
  const ears = new Set<(line: string) => void>()
  for (const stream of [child.stdout, child.stderr]) {
    if (!stream) continue
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line)
      if (lines.length > 40) lines.shift()
      for (const ear of ears) ear(line)
    })
  }
  return { tail: () => lines.join('\n'), hear: (ear: (line: string) => void) => ears.add(ear) }
}

/** After the exit, and after everything the child said has arrived; the watcher is sent away. */
function ended(child: ChildProcess): Promise<[code: number | null, how: string]> {
  return new Promise((done, broken) => {
    child.once('error', broken)
    child.once('exit', () => {
      const line = child.stdio[3]
      if (line && 'end' in line) line.on('error', () => undefined).end('over\n')
    })
    child.once('close', (code, how) => done([code, how ?? `exit code ${code}`]))
  })
}

function started(tail: string, dir: string): Error {
  const [, code = 'did-not-start'] = SIGNS.find(([sign]) => sign.test(tail)) ?? []
  const said = tail.split('\n').findLast((line) => /FATAL|PANIC|error:/.test(line))
  return fault(code, dir, said)
}

async function launch(place: Place, options: PostgresOptions, unlock: () => void): Promise<Postgres> {
  const sockets = socketFolder(place.dir)
  makeFolder(sockets, place.account)
  const child = run(
    place,
    place.cluster,
    postgresCommand(place, sockets, options),
    options.throwaway ? place.dir : '',
  )
  const said = listen(child)
  let stopping = false
  const end = ended(child).finally(() => {
    rmSync(sockets, { recursive: true, force: true })
    unlock()
  })
  const version = await Promise.race([
    whenReady(said),
    end.then(() => {
      throw started(said.tail(), place.dir)
    }),
  ])
  end.then(([, how]) => {
    if (!stopping) options.onExit?.(how)
  })
  tell(said, options.onNotice)
  const stop = async () => {
    stopping = true
    await stopChild(child, end)
    if (options.throwaway) rmSync(place.dir, { recursive: true, force: true })
  }
  return { url: urlOf(place.dir), pid: child.pid ?? 0, version, stop }
}

function postgresCommand(place: Place, sockets: string, { settings }: PostgresOptions): string[] {
  const inside = sockets.startsWith(place.dir) ? '../socket' : sockets
  const memory = existsSync('/dev/shm') || process.platform !== 'linux' ? 'posix' : 'mmap'
  const all = {
    ...SETTINGS,
    dynamic_shared_memory_type: memory,
    unix_socket_directories: inside,
    ...settings,
  }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return [join(place.binaries, 'bin', 'postgres'), '-D', reachable(place), ...flags]
}

type Said = ReturnType<typeof listen>

function whenReady(said: Said): Promise<string> {
  let version = ''
  return new Promise((ready) => {
    said.hear((line) => {
      version ||= line.match(/starting PostgreSQL (\S+)/)?.[1] ?? ''
      if (line.includes('ready to accept connections')) ready(version)
    })
  })
}

function tell(said: Said, onNotice: PostgresOptions['onNotice']): void {
  said.hear((line) => {
    if (/PANIC|was terminated by signal|No space left/.test(line)) onNotice?.(line)
  })
}

async function stopChild(child: ChildProcess, end: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT')
  const hurry = setTimeout(() => child.kill('SIGQUIT'), 30_000)
  await end.finally(() => clearTimeout(hurry))
}
