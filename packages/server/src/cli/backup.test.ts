import { mkdtempSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { makeKeys } from '../platform/keys.ts'
import { backupCommand } from './backup.ts'
import type { Io } from './io.ts'
import { restoreCommand } from './restore.ts'

/** Somebody at a terminal, with a house that has just been opened for the first time. */
async function operator() {
  const { url } = await openTestContext()
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const keyFile = join(folder, 'keys')
  await makeKeys(keyFile)
  const [out, err]: [string[], string[]] = [[], []]
  const io: Io = {
    env: { MODE: 'test', DATA_DIR: folder, DATABASE_URL: url, KEY_FILE: keyFile },
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  }
  return { io, out, err, keyFile, dir: join(folder, 'backup') }
}

test('one command backs up and one proves it, telling the result apart from the progress', async () => {
  const { io, out, err, keyFile, dir } = await operator()

  expect(await backupCommand([dir], io)).toBe(0)
  expect(out[0]).toMatch(/^record\/ {2}\d+ tables, \d+ rows, \d+ kB$/)
  expect(out.join('\n')).toContain(`The key file (${keyFile}) is not in this backup`)
  expect(err[0]).toMatch(/^record 1 of \d+: [a-z.]+, \d+ rows$/)

  out.splice(0)
  expect(await restoreCommand([dir, '--prove'], io)).toBe(0)
  expect(out.at(-1)).toMatch(
    /^Proved: this backup restores whole, as of .* What was restored is dropped again\.$/,
  )
  expect(out.slice(0, -1).every((line) => line.startsWith('ok '))).toBe(true)
})

test('a backup that cannot be restored is one sentence and exit status 1, without a result', async () => {
  const { io, out, err, dir } = await operator()
  await backupCommand([dir], io)
  truncateSync(join(dir, 'record', 'record.pack.gz.sealed'), 10)
  out.splice(0)
  err.splice(0)

  expect(await restoreCommand([dir, '--prove'], io)).toBe(1)
  expect([out, err]).toEqual([[], [expect.stringMatching(/^record\/record\.pack\.gz\.sealed has 10 bytes/)]])
  expect(await backupCommand([dir], io)).toBe(1)
  expect(err.at(-1)).toBe(`${dir} is not empty: a backup goes into a new folder.`)
})

test.each([[[]], [['--prove']], [['a', 'b']], [['a', '--keep']], [['a', '--force']]])(
  'restore %j is answered with how to use it',
  async (args: string[]) => {
    const err: string[] = []
    const io: Io = { env: {}, out: () => {}, err: (line) => void err.push(line) }
    expect(await restoreCommand(args, io)).toBe(1)
    expect(err).toEqual([expect.stringMatching(/^Usage: npm run cli -- restore DIR --prove/)])
  },
)
