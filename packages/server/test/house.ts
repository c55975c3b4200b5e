import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { newCampaign } from '../src/declaration/index.ts'
import { readConfig } from '../src/platform/config.ts'
import { type Actor, asSystem, type Context } from '../src/platform/context.ts'
import { migrate, openDb } from '../src/platform/database.ts'
import { type Keys, makeKeys, readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { openApp } from '../src/start/app.ts'
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

/** From now on the clock goes on by itself, a millisecond whenever somebody looks. */
export function letTick(clock: { now: Date }): void {
  let at = clock.now.getTime()
  Object.defineProperty(clock, 'now', { get: () => new Date(at++) })
}

/** Plenty for a test that signs in often; limits have tests of their own. */
const GENEROUS = {
  OTP_ISSUES_PER_PHONE_HOUR: '1000',
  OTP_ISSUES_PER_ADDRESS_HOUR: '100000',
  OTP_ISSUES_PER_CAMPAIGN_ADDRESS_HOUR: '100000',
  OTP_ISSUES_CITY_MINUTE: '100000',
}

/** All rooms behind one edge, on a database of its own, with a campaign in Bình Quới that takes declarations. */
export async function openTestHouse(settings: Readonly<Record<string, string>> = {}) {
  const house = await openTestContext({ actor: { kind: 'nobody' } })
  const config = readConfig({ MODE: 'test', DEMO: '0', DATA_DIR: tmpdir(), ...GENEROUS, ...settings })
  const { http: app, close } = await openApp({ config, ctx: house.ctx, base: 'http://sokhoe.test' })
  onTestFinished(close)
  const system = asSystem(house.ctx, 'test')
  await newCampaign(system, { ward: '26911', code: CAMPAIGN })
  return { ...house, app, system }
}

/** The campaign that every test house has. */
export const CAMPAIGN = 'bq27'
