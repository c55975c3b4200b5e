import { readFileSync, writeFileSync } from 'node:fs'

/**
 * Completes package-lock.json for every kind of machine: `node tools/lock.ts`, after each `npm install`.
 *
 * npm leaves the builds for other machines out of the lock file when its registry cannot show them at that moment,
 * and `npm ci` then refuses the whole file. An entry that says which machine it is for is enough: npm skips it
 * everywhere else. `--check` only tells whether something is missing.
 */
const PATH = new URL('../package-lock.json', import.meta.url)

interface Entry {
  readonly version?: string
  readonly dev?: boolean
  readonly optional?: boolean
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
}

export interface Lock {
  readonly packages: Readonly<Record<string, Entry>>
}

interface Machine {
  readonly os: readonly string[]
  readonly cpu: readonly string[]
  readonly libc?: readonly string[]
}

const SYSTEMS = new Map(
  ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].map((os) => [os, os]),
)
SYSTEMS.set('windows', 'win32')
const CHIPS = new Set(['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64'])
const LIBRARIES = new Map([
  ['gnu', 'glibc'],
  ['gnueabihf', 'glibc'],
  ['musl', 'musl'],
  ['musleabihf', 'musl'],
])

const firstIn = (words: readonly string[], table: ReadonlyMap<string, string>): string | undefined =>
  words.map((word) => table.get(word)).find((found) => found !== undefined)

/** The machine a package is built for, by its name; undefined for names that tell none. */
export function machineOf(name: string): Machine | undefined {
  const words = name.split(/[/-]/)
  const os = firstIn(words, SYSTEMS)
  const cpu = words.find((word) => CHIPS.has(word))
  if (!os || !cpu) return undefined
  const libc = os === 'linux' ? firstIn(words, LIBRARIES) : undefined
  return { os: [os], cpu: [cpu], ...(libc && { libc: [libc] }) }
}

/** What a package at `path` finds under a name: in its own folder first, then in each folder above. */
function resolveFrom({ packages }: Lock, path: string, name: string): Entry | undefined {
  const found = packages[`${path && `${path}/`}node_modules/${name}`]
  if (found || path === '') return found
  return resolveFrom({ packages }, path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/'))), name)
}

interface Missing {
  readonly name: string
  readonly entry: Entry
}

/** Every optional dependency that the lock file names and does not describe. */
export function missingIn(lock: Lock): Missing[] {
  return Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !resolveFrom(lock, path, name))
      .map(([name, version]) => ({ name, entry: { version, ...(dev && { dev }), optional: true } })),
  )
}

/** The same lock file with an entry for each of them. @throws where a name does not tell its machine */
export function completed(lock: Lock): Lock {
  const added = missingIn(lock).map(({ name, entry }) => {
    const machine = machineOf(name)
    if (!machine) throw new Error(`${name} does not say which machine it is for: add it by hand`)
    return [`node_modules/${name}`, { ...entry, ...machine }] as const
  })
  const all = [...Object.entries(lock.packages), ...added]
  return { ...lock, packages: Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, 'en'))) }
}

function check(lock: Lock): void {
  const missing = missingIn(lock)
  for (const { name } of missing)
    console.error(`package-lock.json does not describe ${name}: run node tools/lock.ts`)
  console.log(`looked at ${Object.keys(lock.packages).length} packages`)
  if (missing.length > 0) process.exitCode = 1
}

if (import.meta.main) {
  const lock = JSON.parse(readFileSync(PATH, 'utf8')) as Lock
  if (process.argv.includes('--check')) check(lock)
  else writeFileSync(PATH, `${JSON.stringify(completed(lock), null, 2)}\n`)
}
