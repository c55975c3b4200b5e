import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { test as base } from '@playwright/test'
import { scratchFolder } from '../tools/scratch.ts'
import { openServer } from '../tools/server.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** A whole house of one's own: the real server on a fresh data folder, in test mode, with its demonstration city. */
export interface House {
  readonly base: string
  /** What a command prints, run beside this very server. */
  readonly cli: (...args: string[]) => Promise<string>
  /** Settings with which a program joins its database. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Messages sent to a phone number so far, the latest last. */
  readonly messages: (phone: string) => Promise<readonly Message[]>
}

interface Message {
  readonly to: string
  readonly text: string
  readonly at: string
}

async function openHouse(use: (house: House) => Promise<void>): Promise<void> {
  const { base, env, stop } = await openServer({}, scratchFolder('sokhoe-server-'))
  const cli = async (...args: string[]): Promise<string> =>
    (await promisify(execFile)(process.execPath, ['packages/server/src/cli.ts', ...args], { cwd: ROOT, env }))
      .stdout
  const messages = async (phone: string): Promise<readonly Message[]> =>
    (await (await fetch(`${base}/dev/messages?phone=${phone}`)).json()) as Message[]
  await use({ base, cli, env, messages }).finally(stop)
}

/** `test` with a `house`: one for all tests of a worker, and `page.goto('/…')` goes to it. */
export const test = base.extend<object, { house: House }>({
  house: [
    async ({ playwright: _ }, use) => {
      await openHouse(use)
    },
    { scope: 'worker', timeout: 400_000 + 30_000 },
  ],
  baseURL: async ({ house }, use) => {
    await use(house.base)
  },
})

export { expect } from '@playwright/test'
