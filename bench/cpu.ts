import { readdirSync, readFileSync } from 'node:fs'

/** Clock ticks a second, as Linux counts processor time for programs. */
const TICKS = 100

interface Process {
  readonly parent: number
  readonly name: string
  /** Its own and that of its children that have ended, ms. */
  readonly cpu: number
}

/** @see proc_pid_stat(5): the name stands in parentheses and may hold anything */
function processOf(pid: number): Process | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const end = stat.lastIndexOf(')')
    const fields = stat.slice(end + 2).split(' ')
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
    const name = stat.slice(stat.indexOf('(') + 1, end)
    return { parent: Number(fields[1]), name, cpu: (ticks / TICKS) * 1000 }
  } catch {
    return undefined
  }
}

/** Processor time that one process has used, ms; 0 where the system does not tell. */
export const cpuOf = (pid: number): number => processOf(pid)?.cpu ?? 0

/** The database that this process started, every backend of it. */
function databaseProcesses(): ReadonlyMap<number, Process> {
  const all = new Map<number, Process>()
  for (const name of readdirSync('/proc')) {
    const one = /^\d+$/.test(name) ? processOf(Number(name)) : undefined
    if (one) all.set(Number(name), one)
  }
  const isOurs = (pid: number): boolean => {
    const parent = all.get(pid)?.parent ?? 0
    return parent === process.pid || (parent > 1 && isOurs(parent))
  }
  return new Map([...all].filter(([pid, { name }]) => name === 'postgres' && isOurs(pid)))
}

/** Processor time of the database, ms. */
export const databaseCpu = (): number =>
  [...databaseProcesses().values()].reduce((sum, { cpu }) => sum + cpu, 0)

/** @see proc_pid_smaps(5): what processes share is counted once, in even parts */
function memoryOf(pid: number): number {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

/** Memory that the database holds now, its buffers included, GB; 0 where the system does not tell. */
export const databaseMemory = (): number =>
  [...databaseProcesses().keys()].reduce((sum, pid) => sum + memoryOf(pid), 0) / 2 ** 20
