import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openTestDatabase } from '../../test/database.ts'
import { type Config, readConfig } from '../platform/config.ts'
import { migrate } from '../platform/database.ts'
import { makeKeys } from '../platform/keys.ts'
import { adviceFor, adviceOnLocks, openRecordDatabase } from './database.ts'

const migrated = () => openTestDatabase(async (url) => void (await migrate(url)))

const settings = (more: Record<string, string> = {}): Config =>
  readConfig({ MODE: 'test', DATA_DIR: mkdtempSync(join(tmpdir(), 'sokhoe-start-')), ...more })

const production = (keyFile: string): Config =>
  readConfig({
    MODE: 'production',
    DATA_DIR: tmpdir(),
    KEY_FILE: keyFile,
    SMS_PROVIDER: 'http',
    SMS_URL: 'https://sms.example/send',
    PUBLIC_URL: 'https://sokhoe.example',
  })

async function open(config: Config, url: string) {
  const { db, keys } = await openRecordDatabase(config, url, 2)
  onTestFinished(() => db.destroy())
  return { db, keys }
}

test('a demonstration makes its keys once; they open the same database again', async () => {
  const url = await migrated()
  const config = settings()
  await open(config, url)

  await expect(open(config, url)).resolves.toBeDefined()
})

test('another key file, or none, is refused and changes nothing', async () => {
  const url = await migrated()
  const config = settings()
  const { db } = await open(config, url)
  const before = await sql`select * from platform.setting order by name`.execute(db)

  await expect(open(settings(), url)).rejects.toMatchObject({ code: 'keys-missing' })
  rmSync(config.KEY_FILE)
  await makeKeys(config.KEY_FILE)
  await expect(open(config, url)).rejects.toMatchObject({ code: 'keys-differ' })

  expect((await sql`select * from platform.setting order by name`.execute(db)).rows).toEqual(before.rows)
})

test('production never makes a key, and never reads one that others can read', async () => {
  const url = await migrated()
  const keyFile = join(mkdtempSync(join(tmpdir(), 'sokhoe-start-')), 'keys')
  await expect(open(production(keyFile), url)).rejects.toMatchObject({ code: 'keys-missing' })

  await makeKeys(keyFile)
  chmodSync(keyFile, 0o640)
  await expect(open(production(keyFile), url)).rejects.toMatchObject({ code: 'keys-readable-by-others' })
})

test('make-believe does not open the database of real people, nor production that of a demonstration', async () => {
  const [real, demo] = [await migrated(), await migrated()]
  const keyFile = join(mkdtempSync(join(tmpdir(), 'sokhoe-start-')), 'keys')
  await makeKeys(keyFile)
  await open(production(keyFile), real)
  await open(settings({ KEY_FILE: keyFile }), demo)

  await expect(open(settings({ KEY_FILE: keyFile }), real)).rejects.toThrow(/real people/)
  await expect(open(production(keyFile), demo)).rejects.toThrow(/demonstration/)
})

test('a database that cannot be reached is one sentence without a password', async () => {
  const away = 'postgres://someone:secret@127.0.0.1:1/nowhere'
  const refused = await open(settings(), away).catch((error: Error) => error)

  expect(refused).toMatchObject({ code: 'database' })
  expect(String(refused)).not.toContain('secret')
})

test('the tests run on a PostgreSQL that the house supports', async () => {
  const { db } = await open(settings(), await migrated())
  const { rows } = await sql<{
    version: string
  }>`select current_setting('server_version_num') as version`.execute(db)

  expect(Number(rows[0]?.version)).toBeGreaterThanOrEqual(150_000)
  expect(inject('adminDatabaseUrl')).toMatch(/^postgres/)
})

test('whoever runs an external database is told in plain words when it has too few locks for the largest message', async () => {
  const { db } = await open(settings(), await migrated())
  expect(await adviceFor(db)).toBeUndefined()
  const advice = adviceOnLocks(64)
  expect(advice).toContain('max_locks_per_transaction = 64')
  expect(advice).toContain('Set it to 256 or more')
  expect(adviceOnLocks(512)).toBeUndefined()
})
