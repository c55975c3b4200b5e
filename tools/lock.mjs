/**
 * Completes package-lock.json for every kind of machine: `node tools/lock.mjs`, after each `npm install`.
 *
 * npm leaves the builds for other machines out of the lock file when its registry cannot show them at that moment,
 * and `npm ci` then refuses the whole file. An entry that says which machine it is for is enough: npm skips it
 * everywhere else. `--check` only tells whether something is missing.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const PATH = new URL('../package-lock.json', import.meta.url)
const OS = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  openharmony: 'openharmony',
}
const SYSTEMS = { ...OS, win32: 'win32', windows: 'win32' }
const CHIPS = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32', 'loong64']
const LIBRARIES = { gnu: 'glibc', gnueabihf: 'glibc', musl: 'musl', musleabihf: 'musl' }

/** The machine a package is built for, by its name; undefined for names that tell none. */
export function machineOf(name) {
  const words = name.split(/[/-]/)
  const os = words.map((word) => SYSTEMS[word]).find(Boolean)
  const cpu = words.find((word) => CHIPS.includes(word))
  const libc = os === 'linux' ? words.map((word) => LIBRARIES[word]).find(Boolean) : undefined
  if (!os || !cpu) return undefined
  return { cpu: [cpu], ...(libc && { libc: [libc] }), os: [os] }
}

/** What a package at `path` finds under a name: its own folder first, then each folder above. */
function resolveFrom(packages, path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    const found = packages[`${at && `${at}/`}node_modules/${name}`]
    if (found || at === '') return found
  }
}

/** Every optional dependency that the lock file names and does not describe. */
export function missingIn({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !resolveFrom(packages, path, name))
      .map(([name, version]) => ({ name, version, dev })),
  )
}

/** The same lock file with an entry for each of them. */
export function completed(lock) {
  const packages = { ...lock.packages }
  for (const { name, version, dev } of missingIn(lock)) {
    const machine = machineOf(name)
    if (!machine) throw new Error(`${name} does not say which machine it is for: add it by hand`)
    const { cpu, libc, os } = machine
    packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(dev && { dev }),
      ...(libc && { libc }),
      optional: true,
      os,
    }
  }
  const [root, ...others] = Object.entries(packages)
  const sorted = others.sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lock, packages: Object.fromEntries([root, ...sorted]) }
}

if (process.argv[1]?.endsWith('lock.mjs')) {
  const lock = JSON.parse(readFileSync(PATH, 'utf8'))
  const missing = missingIn(lock)
  if (process.argv.includes('--check')) {
    for (const { name } of missing)
      console.error(`package-lock.json does not describe ${name}: run node tools/lock.mjs`)
    console.log(`looked at ${Object.keys(lock.packages).length} packages`)
    process.exitCode = missing.length > 0 ? 1 : 0
  } else {
    writeFileSync(PATH, `${JSON.stringify(completed(lock), null, 2)}\n`)
    console.log(`completed with ${missing.length} packages`)
  }
}
