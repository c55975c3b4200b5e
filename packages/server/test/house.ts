import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Actor, Context } from '../src/platform/context.ts'
import { migrate, openDb } from '../src/platform/database.ts'
import { type Keys, makeKeys, readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { openTestDatabase } from './database.ts'

export const NOON = new Date('2026-11-23T05:00:00Z')

/** New keys in a file of their own, as `cli -- keys new` makes them. */
export async function newKeys(): Promise<Keys> {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-keys-'))
  try {
    await makeKeys(join(folder, 'keys'))
    return await readKeys(join(folder, 'keys'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A context on a migrated database of its own, with a clock that the test moves; gone when the test ends. */
export async function openTestContext({ actor = { kind: 'system', name: 'test' } as Actor, max = 16 } = {}) {
  const url = await openTestDatabase(async (empty) => void (await migrate(empty)))
  const db = openDb(url, { max })
  onTestFinished(() => db.destroy())
  const clock = { now: NOON }
  const keys = await newKeys()
  const ctx: Context = { db, pool: db, keys, now: () => clock.now, actor, log: openLog('silent') }
  return { ctx, db, url, keys, clock }
}
