import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { installPackage } from './packages.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const APPLICATIONS = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** What Chromium needs in a container without a screen, a sandbox or much shared memory, and to stay off the network. */
export const CHROMIUM_FLAGS: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--no-default-browser-check',
]

/** Some systems keep a stub under that name which only says how to install it. */
function runs(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 })
  return status === 0 && /\d+\.\d+/.test(stdout)
}

/** The system's Chromium, or that of CHROMIUM_PATH; undefined where there is none that runs. */
export function findChromium(): string | undefined {
  const given = process.env['CHROMIUM_PATH']
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))
  const candidates = given ? [given] : [...found, ...APPLICATIONS]
  return candidates.find((path) => existsSync(path) && runs(path))
}

/** Installs Chromium where that is possible. */
export function installChromium(): string | undefined {
  installPackage('chromium', 'Chromium')
  return findChromium()
}
