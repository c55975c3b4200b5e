import { randomUUID } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Who holds a lock. `started` tells a process from a later one that got the same number. */
interface Holder {
  readonly pid: number
  readonly started: string
}

/** When a living process started, in the kernel's own words; undefined where it is gone or a zombie. */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux') return livesElsewhere(pid) ? '' : undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19]
  } catch {
    return undefined
  }
}

function livesElsewhere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readHolder(path: string): Holder | undefined {
  try {
    const [pid = '', started = ''] = readFileSync(path, 'utf8').split('\n')
    return { pid: Number(pid), started }
  } catch {
    return undefined
  }
}

function lives({ pid, started }: Holder): boolean {
  return pid > 0 && startOf(pid) === started
}

/**
 * Takes a lock file for this process; a lock whose holder died is taken over.
 *
 * @returns how to let go, or undefined where a living process holds it
 * @throws the file system's own error where the file cannot be written
 */
export function takeLock(path: string): (() => void) | undefined {
  const mine = `${path}.${randomUUID()}`
  writeFileSync(mine, `${process.pid}\n${startOf(process.pid) ?? ''}\n`, { mode: 0o600 })
  try {
    return tryLock(path, mine) ? () => rmSync(path, { force: true }) : undefined
  } finally {
    rmSync(mine, { force: true })
  }
}

function tryLock(path: string, mine: string): boolean {
  for (;;) {
    try {
      linkSync(mine, path)
      return true
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = readHolder(path)
    if (holder && lives(holder)) return false
    dropStale(path, holder)
  }
}

/** Renaming lets only one of two takers win; what turns out to be a fresh lock is put back. */
function dropStale(path: string, seen: Holder | undefined): void {
  const aside = `${path}.${randomUUID()}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  const taken = readHolder(aside)
  if (taken && lives(taken) && taken.pid !== seen?.pid) linkSync(aside, path)
  rmSync(aside, { force: true })
}
