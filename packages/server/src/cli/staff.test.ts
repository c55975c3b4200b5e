import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { migrate } from '../platform/database.ts'
import { staffCommand } from './staff.ts'

test('the first account of a station is made by command, once, with its ward', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-staff-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await openTestDatabase(async (empty) => void (await migrate(empty)))
  const [out, err]: [string[], string[]] = [[], []]
  const env = { MODE: 'test', DATA_DIR: folder, DATABASE_URL: url }
  const io = { env, out: (line: string) => void out.push(line), err: (line: string) => void err.push(line) }
  const asked = ['new', '--user', 'lan.bq', '--name', 'Lê Thị Lan', '--role', 'station-lead', '--json']

  expect(await staffCommand(asked, io)).toBe(1)
  expect(await staffCommand([...asked, '--ward', '26911'], io)).toBe(0)
  expect(JSON.parse(out[0] ?? '')).toMatchObject({
    user: 'lan.bq',
    totpSecret: expect.stringMatching(/^[A-Z2-7]{32}$/),
  })
  expect(await staffCommand([...asked, '--ward', '26911'], io)).toBe(1)
  expect(err.at(-1)).toBe('There is already an account of this name')
  expect(await staffCommand(['new', '--role', 'king'], io)).toBe(1)
})
