import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const APT = '/usr/bin/apt-get'

/** Installs a program from the packages of Debian and its kin, where that is possible; says so aloud. */
export function installPackage(name: string, what: string): void {
  if (process.getuid?.() !== 0 || !existsSync(APT)) return
  console.log(`There is no ${what}: installing it from the packages of this system.`)
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', name],
  ])
    spawnSync(APT, args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 300_000 })
}

/** Whether a program can be started here. */
export const hasProgram = (name: string, flag: string): boolean =>
  spawnSync(name, [flag], { stdio: 'ignore', timeout: 20_000 }).error === undefined
