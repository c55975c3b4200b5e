/**
 * The one way into every command: `node tools/prepare.mjs start | test | check | dev | bench | cli`.
 *
 * Whatever Node (18 or later) runs this file, it installs what package-lock.json names when node_modules does not
 * fit it, builds the apps when their sources changed, and hands over to the Node that the lock file pins.
 * It depends on nothing but Node itself. Standard output belongs to the command: everything said here goes to
 * standard error.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { basename, delimiter, dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const MODULES = join(ROOT, 'node_modules')
const INSTALL_STAMP = join(MODULES, '.sokhoe-installed')
const WEB_STAMP = join(MODULES, '.sokhoe-web')
const APPS = ['citizen', 'portal'].map((name) => join(ROOT, 'packages', name))
/** What the apps are made of besides their own files. */
const SHARED = ['packages/model', 'packages/ui', 'tools/compressed.ts'].map((path) => join(ROOT, path))

/** What a request needs for a moment outlives the usual half of the young memory: a larger one is swept less often. */
const SERVER_FLAGS = ['--max-semi-space-size=64']

/** Which file each command runs, and whether it wants the built apps; a failed build ends only those that serve it. */
const COMMANDS = {
  start: { file: 'packages/server/src/main.ts', web: 'needed', flags: SERVER_FLAGS },
  bench: { file: 'bench/main.ts', web: 'needed' },
  test: { file: 'tools/test.ts', web: 'judged' },
  check: { file: 'tools/check.ts', web: 'judged' },
  dev: { file: 'packages/server/src/main.ts', web: 'live' },
  cli: { file: 'packages/server/src/cli.ts', web: 'none' },
}

const say = (text) => process.stderr.write(`${text}\n`)

function refuse(sentence) {
  say(sentence)
  process.exit(1)
}

const [name = '', ...args] = process.argv.slice(2)
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
if (!command) refuse(`Use: node tools/prepare.mjs ${Object.keys(COMMANDS).join(' | ')}`)

install()
const web = buildWeb(command.web)
if (name === 'dev') for (const app of APPS) spawnPinned([], ['node_modules/vite/bin/vite.js', app])
run(name === 'dev' ? ['--watch'] : (command.flags ?? []), [command.file, ...args], { SOKHOE_WEB: web })

// ---- packages

function install() {
  if (isInstalled()) return
  withLock(() => {
    if (isInstalled()) return
    mustWrite(ROOT)
    say('Installing the packages of package-lock.json; this happens once.')
    const flags = ['--ignore-scripts', '--include=dev', '--include=optional', '--engine-strict=false']
    const { status } = npm(['ci', ...flags, '--no-audit', '--no-fund', '--loglevel=error'])
    if (status !== 0)
      refuse(
        'The packages could not be installed: the first run needs the npm registry. Connect, and run this again.',
      )
    if (!pinnedNode())
      refuse(`There is no pinned Node for ${process.platform}-${process.arch}: use Node 24 or later.`)
    writeFileSync(INSTALL_STAMP, lockStamp())
  })
}

function lockStamp() {
  const lock = readFileSync(join(ROOT, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex')
}

function isInstalled() {
  if (!pinnedNode()) return false
  linkWorkspaces()
  if (readOr(INSTALL_STAMP, '') === lockStamp()) return true
  if (!matchesLock()) return false
  quietly(() => writeFileSync(INSTALL_STAMP, lockStamp()))
  return true
}

/** Whether somebody's own `npm ci` already left what the lock file names; npm writes its account of it last. */
function matchesLock() {
  const account = readOr(join(MODULES, '.package-lock.json'), '')
  if (!account) return false
  const here = JSON.parse(account).packages
  const wanted = Object.entries(JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages)
  return wanted.every(([path, { version, optional, link }]) => {
    if (!path.startsWith('node_modules/') || link) return true
    if (optional && !here[path]) return true
    return here[path]?.version === version && existsSync(join(ROOT, path, 'package.json'))
  })
}

/** A package of our own that is new in this checkout needs its link and no download. */
function linkWorkspaces() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  for (const [path, { link, resolved }] of Object.entries(packages)) {
    const place = join(ROOT, path)
    if (!link || existsSync(place)) continue
    quietly(() => {
      mkdirSync(dirname(place), { recursive: true })
      symlinkSync(relative(dirname(place), join(ROOT, resolved)), place, 'junction')
    })
  }
}

function npm(npmArgs) {
  const cli = process.env.npm_execpath ?? ''
  const options = { cwd: ROOT, stdio: ['ignore', 2, 2], env: { ...process.env, NODE_ENV: '' } }
  if (/^npm(?:-cli)?\.c?js$/.test(basename(cli)))
    return spawnSync(process.execPath, [cli, ...npmArgs], options)
  return spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', npmArgs, options)
}

/** By absolute path: a shell, and the PATH, may still remember an older Node. */
function pinnedNode() {
  const family = `node-${process.platform}-${process.arch}`
  const packages = [family, family.replace('node-', 'node-bin-')]
  const found = packages.map((name) => join(MODULES, name, 'bin', 'node')).find((path) => existsSync(path))
  if (found) return found
  return Number(process.versions.node.split('.')[0]) >= 24 && existsSync(MODULES)
    ? process.execPath
    : undefined
}

// ---- the apps in the browser

/** @returns what the gate may judge: 'built', 'failed', or 'none' where nothing was asked for */
function buildWeb(wish) {
  if (wish === 'none' || wish === 'live' || !APPS.every((app) => existsSync(join(app, 'index.html'))))
    return 'none'
  if (isBuilt()) return 'built'
  const built = withLock(() => isBuilt() || APPS.every(build))
  if (!built && wish === 'needed') refuse('The apps could not be built; the reason stands above.')
  return built ? 'built' : 'failed'
}

function stampOf(app) {
  return `${WEB_STAMP}-${basename(app)}`
}

function isBuiltApp(app) {
  return existsSync(join(app, 'dist', 'index.html')) && readOr(stampOf(app), '') === webStamp(app)
}

function isBuilt() {
  return APPS.every(isBuiltApp)
}

function build(app) {
  if (isBuiltApp(app)) return true
  mustWrite(app)
  say(`Building ${basename(app) === 'citizen' ? 'the resident’s' : 'the staff'} app.`)
  quietly(() => rmSync(stampOf(app), { force: true }))
  const stamp = webStamp(app)
  const vite = join(MODULES, 'vite', 'bin', 'vite.js')
  const { status } = spawnSync(pinnedNode(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: app,
    stdio: ['ignore', 2, 2],
    env: withBin({}),
  })
  if (status === 0) quietly(() => writeFileSync(stampOf(app), stamp))
  return status === 0
}

/** One hash over every file the app is made of. */
function webStamp(app) {
  const hash = createHash('sha256').update(lockStamp())
  for (const path of [app, ...SHARED].flatMap(filesUnder).sort())
    hash.update(relative(ROOT, path)).update(readFileSync(path))
  return hash.digest('hex')
}

function filesUnder(folder) {
  if (statSync(folder).isFile()) return [folder]
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (/^(?:dist|node_modules|\..*)$|\.test\.tsx?$/.test(entry.name)) return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return entry.isFile() ? [path] : []
  })
}

// ---- handing over

function withBin(extra) {
  const path = [join(MODULES, '.bin'), process.env.PATH ?? ''].join(delimiter)
  return { ...process.env, PATH: path, ...extra }
}

function spawnPinned(flags, [file, ...rest], extra = {}) {
  const follow = pathToFileURL(join(ROOT, 'tools', 'follow.mjs')).href
  const all = ['--import', follow, ...flags, join(ROOT, file), ...rest]
  return spawn(pinnedNode(), all, { stdio: 'inherit', env: withBin(extra) })
}

function run(flags, fileAndArgs, extra) {
  const child = spawnPinned(flags, fileAndArgs, extra)
  const passed = new Set()
  const pass = (signal) => {
    if (!passed.has(signal)) child.kill(signal)
    passed.add(signal)
  }
  // A terminal sends Ctrl-C to the child by itself; twice would mean "at once".
  process.on('SIGINT', () => process.stdin.isTTY || pass('SIGINT'))
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, pass)
  followNpm(() => pass('SIGTERM'))
  child.on('error', (error) => refuse(`The pinned Node does not run on this machine (${error.code}).`))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)))
}

/** Where npm started us and was killed without warning, nobody else would end the server. */
function followNpm(end) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event) return
  setInterval(() => process.ppid === parent || end(), 500).unref()
}

// ---- small things

/** One at a time on one checkout; the lock of a process that died is taken over. */
function withLock(work) {
  const key = createHash('sha256').update(ROOT).digest('hex').slice(0, 16)
  const lock = join(tmpdir(), `sokhoe-prepare-${process.getuid?.() ?? 0}-${key}`)
  for (let told = false; !takeLock(lock); told = true) {
    if (!told) say('Another command is preparing this checkout; waiting for it.')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300)
  }
  process.on('exit', () => rmSync(lock, { force: true }))
  try {
    return work()
  } finally {
    rmSync(lock, { force: true })
  }
}

function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const holder = Number(readOr(lock, ''))
  const fresh = statOr(lock) > Date.now() - 2000
  if (!fresh && !(holder && lives(holder))) rmSync(lock, { force: true })
  return false
}

function lives(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function mustWrite(folder) {
  const probe = join(folder, `.probe-${process.pid}`)
  try {
    writeFileSync(probe, '')
    rmSync(probe)
  } catch {
    refuse(`This folder cannot be written, so nothing can be installed or built in it: ${folder}`)
  }
}

function readOr(path, otherwise) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return otherwise
  }
}

function statOr(path) {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function quietly(work) {
  try {
    work()
  } catch {
    // A stamp that cannot be written only means that the work is looked over again next time.
  }
}
