import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { migrate, openDb } from '../platform/database.ts'
import { recountCommand } from './recount.ts'

test('counts that were damaged are made anew from what was written of every book', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-recount-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const url = await openTestDatabase(async (empty) => void (await migrate(empty)))
  const db = openDb(url, { max: 1 })
  onTestFinished(() => db.destroy())
  await sql`insert into identity.enrolment (home, at, n, ward, level, channel)
    select no, '2026-11-20T03:00:00Z', 1, '26911', 'phone', 'self' from generate_series(1, 12) as no`.execute(
    db,
  )
  await sql`insert into insight.ward_level values ('26911', 'phone', 700), ('99999', 'card', 3)`.execute(db)
  const said: string[] = []
  const io = {
    env: { MODE: 'test', DATA_DIR: folder, DATABASE_URL: url },
    out: said.push.bind(said),
    err: () => {},
  }

  // others on this server may hold the horizon back for a moment
  await vi.waitFor(
    async () => {
      expect(await recountCommand([], io)).toBe(0)
      const { rows } = await sql`select ward, level, n from insight.ward_level`.execute(db)
      expect(rows).toEqual([{ ward: '26911', level: 'phone', n: 12 }])
    },
    { timeout: 20_000, interval: 50 },
  )
  expect(said.at(-1)).toMatch(/^counted anew in \d+\.\d s$/)
})
