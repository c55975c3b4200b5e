import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { openBook } from '../identity/index.ts'
import { migrate } from '../platform/database.ts'
import { put, read } from '../record/index.ts'
import { inHouse } from './house.ts'
import { keysCommand } from './keys.ts'

test('after the key-encryption key is rotated, old records open before and after their keys are wrapped anew', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-rotation-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await openTestDatabase(async (empty) => void (await migrate(empty)))
  const out: string[] = []
  const io = {
    env: { MODE: 'test', DATA_DIR: folder, DATABASE_URL: url },
    out: (line: string) => void out.push(line),
    err: (line: string) => void out.push(line),
  }
  const patientId = await inHouse(io, 'test', async ({ ctx }) => {
    const demographics = {
      name: 'Nguyễn Thị Mẫu',
      sex: 'female',
      birthDate: '1961',
      identifiers: [],
    } as const
    const opening = { level: 'phone', source: 'self', ward: null, demographics } as const
    const book = await openBook(ctx, opening)
    const resources = [{ resource: { resourceType: 'Patient' }, no: 0 }]
    await put(ctx, { ...book, source: 'self', kind: 'declaration', resources })
    return book.patientId
  })
  const types = () =>
    inHouse(io, 'test', async ({ ctx }) => (await read(ctx, [patientId])).map((entry) => entry.type))

  expect(await keysCommand(['rotate'], io)).toBe(0)
  expect(await types()).toEqual(['Patient'])
  expect(await keysCommand(['rewrap'], io)).toBe(0)
  expect(out.at(-1)).toMatch(/^1 data keys were wrapped anew; all are under key-encryption key 2/)
  expect(await types()).toEqual(['Patient'])
  expect(await keysCommand(['rewrap'], io)).toBe(0)
  expect(out.at(-1)).toMatch(/^0 data keys/)
})
