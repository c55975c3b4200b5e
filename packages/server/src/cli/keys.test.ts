import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { keysCommand } from './keys.ts'

function operator() {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'safe', 'keys')
  const out: string[] = []
  const err: string[] = []
  const io = {
    env: { KEY_FILE: path, MODE: 'production' },
    out: (line: string) => void out.push(line),
    err: (line: string) => void err.push(line),
  }
  return { path, out, err, run: (...args: string[]) => keysCommand(args, io) }
}

test('new keys are made once, for their owner only, with the advice to escrow the id key', async () => {
  const { path, out, run } = operator()

  expect(await run('new')).toBe(0)
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(out.join('\n')).toContain(path)
  expect(out.join('\n')).toContain('Escrow it by itself')
  const { id } = JSON.parse(readFileSync(path, 'utf8')) as { id: string }
  expect(out.join('\n')).not.toContain(id)
})

test('a key file that is there is never overwritten', async () => {
  const { path, err, run } = operator()
  await run('new')
  const before = readFileSync(path, 'utf8')

  expect(await run('new')).toBe(1)
  expect(err).toEqual([`There is already a key file at ${path}.`])
  expect(readFileSync(path, 'utf8')).toBe(before)
})

test('a check tells whether the keys can be used, and why not', async () => {
  const { path, out, err, run } = operator()
  expect(await run('check')).toBe(1)
  expect(err.at(-1)).toMatch(/^No key file at /)

  await run('new')
  expect(await run('check')).toBe(0)
  expect(out.at(-2)).toBe(`${path} can be used: key-encryption key 1, index key 1.`)

  chmodSync(path, 0o644)
  expect(await run('check')).toBe(1)
  expect(err.at(-1)).toMatch(/can be read by others: chmod 600 it\.$/)
  expect(await run()).toBe(1)
})
