import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../../tools/scratch.ts'
import { openTestContext } from '../../test/house.ts'
import { note, prepareMonths, rootOfDay } from '../audit/index.ts'
import { openBook } from '../identity/index.ts'
import { readConfig } from '../platform/config.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { destroyDataKey } from '../platform/datakeys.ts'
import { keyMark, makeKeys, readKeys } from '../platform/keys.ts'
import { openPostgres } from '../platform/postgres.ts'
import { rememberSetting } from '../platform/settings.ts'
import { put } from '../record/index.ts'
import { backup } from './backup.ts'
import { fileOf } from './manifest.ts'
import { restore } from './restore.ts'

function freshFolder(): string {
  const folder = scratchFolder('sokhoe-test-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

const demographics = (name: string) => ({
  name,
  sex: 'female' as const,
  birthDate: '1961-03-14',
  identifiers: [],
})

/** A book with two arrivals, the second of which amends the first. */
async function makeBook(ctx: Context, name: string): Promise<number> {
  const { patientId } = await inTransaction(ctx, async (inner) => {
    const book = await openBook(inner, {
      level: 'phone',
      source: 'self',
      ward: '26911',
      demographics: demographics(name),
    })
    await put(inner, {
      patientId: book.patientId,
      newDataKey: book.newDataKey,
      source: 'self',
      kind: 'declaration',
      resources: [
        { no: 0, resource: { resourceType: 'Patient' } },
        { resource: { resourceType: 'Condition', code: { text: 'Tăng huyết áp' } } },
      ],
    })
    return book
  })
  await put(ctx, {
    patientId,
    source: 'self',
    kind: 'declaration',
    resources: [{ no: 1, resource: { resourceType: 'Condition', code: { text: 'Tăng huyết áp, đã ổn' } } }],
  })
  return patientId
}

interface Settled {
  readonly ctx: Context
  readonly url: string
  readonly dataDir: string
  readonly config: ReturnType<typeof readConfig>
  readonly patients: readonly number[]
}

/** A small city on a database of its own, and the settings of an operator. */
async function settle(): Promise<Settled> {
  const house = await openTestContext()
  const dataDir = freshFolder()
  const keyFile = join(dataDir, 'keys')
  await makeKeys(keyFile)
  const keys = await readKeys(keyFile)
  const ctx: Context = { ...house.ctx, keys }
  await prepareMonths(ctx.db, ctx.now())
  await rememberSetting(ctx.db, 'key-mark', keyMark(keys))
  const patients = await Promise.all(
    ['Nguyễn Thị Mẫu', 'Trần Văn Thử', 'Lê Thị Ví Dụ'].map((name) => makeBook(ctx, name)),
  )
  await note(ctx, { action: 'server.start' })
  const config = readConfig({ MODE: 'test', DATA_DIR: dataDir, DATABASE_URL: house.url, KEY_FILE: keyFile })
  return { ctx, url: house.url, dataDir, config, patients }
}

async function ask<T>(url: string, text: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(text).finally(() => client.end())
  return rows as T[]
}

/** Everything in a database, as one fingerprint, and which databases stand beside it. */
async function fingerprintOf(url: string): Promise<unknown> {
  const [all] = await ask(url, `select md5(database_to_xml(true, true, '')::text) as rows`)
  const beside = await ask(url, `select datname from pg_database where datname like 'restore_%'`)
  return [all, beside]
}

let house: Settled
let dir: string
beforeEach(async () => {
  house = await settle()
  dir = join(freshFolder(), 'backup')
})

const record = (table: string): string => join(dir, 'record', fileOf(table))
const tryProve = () => restore(house.config, dir, { prove: true })

test('what was backed up is restored beside, every seal and chain is checked, and the live database is untouched', async () => {
  const made = await backup(house.config, dir)
  const before = await fingerprintOf(house.url)

  const report = await tryProve()

  expect(report.proven.map(({ what, ok }) => [what.replace(/\(\w+…\)/, '(…)'), ok])).toEqual([
    [expect.stringMatching(/^\d+ tables hold the \d+ rows that were backed up$/), true],
    ["3 Patients' keys unwrap", true],
    ["3 Patients' names and numbers open", true],
    ['6 packs on 3 shelves unseal to 9 resources, and numbers and versions fit', true],
    [expect.stringMatching(/^\d+ audit chains lead through \d+ events to their heads$/), true],
    ['the root of the audit log is the one that was backed up (…)', true],
    ['0 daily roots of the audit log equal the files kept outside the database', true],
  ])
  expect(report).toMatchObject({ ok: true, kept: undefined, at: made.at })
  expect(await fingerprintOf(house.url)).toEqual(before)
})

test('record and keys lie apart, readable by their owner only, and neither holds the key file or a name', async () => {
  await backup(house.config, dir)

  expect(readdirSync(dir).toSorted()).toEqual(['keys', 'record'])
  expect(readdirSync(join(dir, 'keys')).toSorted()).toEqual([
    fileOf('keys.data_key'),
    'manifest.json',
    'manifest.mac',
  ])
  expect(existsSync(record('record.pack'))).toBe(true)
  expect(existsSync(record('keys.data_key'))).toBe(false)
  const files = ['record', 'keys'].flatMap((part) =>
    readdirSync(join(dir, part)).map((name) => join(dir, part, name)),
  )
  const secret = readFileSync(house.config.KEY_FILE, 'utf8').match(/"backup": "([^"]+)"/)?.[1] ?? ''
  for (const file of files) {
    expect(statSync(file).mode & 0o077).toBe(0)
    const text = readFileSync(file, 'utf8')
    expect(text.includes('Nguyễn') || text.includes(secret)).toBe(false)
  }
})

test('a backup holds one instant: what is written while it runs is wholly in it or not at all', async () => {
  const writing = Promise.all(Array.from({ length: 12 }, (_, i) => makeBook(house.ctx, `Người Thứ ${i}`)))
  const [report] = await Promise.all([backup(house.config, dir), writing])

  expect(report.parts.map(({ part }) => part)).toEqual(['record', 'keys'])
  expect(await tryProve()).toMatchObject({ ok: true })
})

test('restored into an empty database it is the same house, and new books get new numbers', async () => {
  await backup(house.config, dir)
  const empty = `empty_${Date.now()}`
  await ask(house.url, `create database ${empty}`)
  const url = new URL(house.url)
  url.pathname = `/${empty}`
  onTestFinished(async () => void (await ask(house.url, `drop database ${empty} with (force)`)))
  const config = { ...house.config, DATABASE_URL: url.href }

  expect(await restore(config, dir)).toMatchObject({ ok: true })

  const rows = (at: string) =>
    ask(at, 'select patient_id, first_no, content from record.pack order by patient_id, first_no')
  expect(await rows(url.href)).toEqual(await rows(house.url))
  const last = `select last_value from identity.home_block`
  expect(await ask(url.href, last)).toEqual(await ask(house.url, last))
  const hidden = `select count(*) as n from record.outbox where xid >= pg_snapshot_xmin(pg_current_snapshot())`
  expect(await ask(url.href, hidden)).toEqual([{ n: 0 }])
  const months = `select relname from pg_class where relname like 'event_2%' and relkind = 'r' order by 1`
  expect(await ask(url.href, months)).toEqual(await ask(house.url, months))
})

test('a database that holds anything is never restored into', async () => {
  await backup(house.config, dir)
  const before = await fingerprintOf(house.url)

  await expect(restore(house.config, dir)).rejects.toThrow(
    /^There are already \d+ tables in the database of DATABASE_URL: a backup is restored into an empty one/,
  )
  expect(await fingerprintOf(house.url)).toEqual(before)
})

test('a folder that is not empty is not written to', async () => {
  mkdirSync(dir)
  writeFileSync(join(dir, 'note'), 'mine')

  await expect(backup(house.config, dir)).rejects.toThrow('is not empty: a backup goes into a new folder.')
  expect(readdirSync(dir)).toEqual(['note'])
})

test('what an interrupted backup left behind is never taken for one, and does not hinder the next', async () => {
  mkdirSync(join(`${dir}.partial`, 'record'), { recursive: true })
  writeFileSync(join(`${dir}.partial`, 'record', fileOf('record.pack')), 'half')

  await backup(house.config, dir)

  expect(existsSync(`${dir}.partial`)).toBe(false)
  expect(existsSync(join(dir, 'record', 'manifest.json'))).toBe(true)
  expect(readFileSync(record('record.pack'), 'latin1').startsWith('SKB1')).toBe(true)
})

test('a changed, cut, missing or exchanged file, a rewritten manifest and a missing part each get their own sentence, and nothing is restored', async () => {
  const [whole, other] = [join(dir, '..', 'whole'), join(dir, '..', 'other')]
  await backup(house.config, whole)
  await backup(house.config, other)
  const before = await fingerprintOf(house.url)
  const refused = async (harm: () => void, sentence: string | RegExp) => {
    rmSync(dir, { recursive: true, force: true })
    cpSync(whole, dir, { recursive: true })
    harm()
    await expect(tryProve()).rejects.toThrow(sentence)
  }

  const changed = () => {
    const bytes = readFileSync(record('audit.event'))
    const at = Math.floor(bytes.length / 2)
    bytes[at] = (bytes[at] ?? 0) ^ 1
    writeFileSync(record('audit.event'), bytes)
  }
  await refused(changed, 'record/audit.event.gz.sealed was changed after the backup was made.')
  const cut = () => truncateSync(record('record.pack'), 100)
  await refused(cut, /^record\/record\.pack\.gz\.sealed has 100 bytes and should have \d+\.$/)
  const missing = () => rmSync(record('identity.patient'))
  await refused(missing, 'record/identity.patient.gz.sealed is missing from this backup.')
  const exchanged = () => cpSync(join(other, 'record', fileOf('record.pack')), record('record.pack'))
  await refused(exchanged, /^record\/record\.pack\.gz\.sealed was changed/)
  const rewritten = () => {
    const path = join(dir, 'record', 'manifest.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"rows": \d+/, '"rows": 7'))
  }
  await refused(rewritten, 'record/manifest.json was changed after the backup was made.')
  const noKeys = () => rmSync(join(dir, 'keys'), { recursive: true })
  await refused(noKeys, 'There is no keys part in this backup (keys/manifest.json is missing).')
  const partsExchanged = () => {
    renameSync(join(dir, 'keys'), join(dir, 'x'))
    renameSync(join(dir, 'record'), join(dir, 'keys'))
    renameSync(join(dir, 'x'), join(dir, 'record'))
  }
  await refused(partsExchanged, 'The folder record holds the keys part of a backup.')
  expect(await fingerprintOf(house.url)).toEqual(before)
})

test('another key file and a missing one are each told, and neither harms anything', async () => {
  await backup(house.config, dir)
  const before = await fingerprintOf(house.url)
  const other = join(house.dataDir, 'other-keys')
  await makeKeys(other)

  await expect(restore({ ...house.config, KEY_FILE: other }, dir, { prove: true })).rejects.toThrow(
    'The key file is not the one this backup was sealed with.',
  )
  await expect(
    restore({ ...house.config, KEY_FILE: join(house.dataDir, 'nowhere') }, dir, { prove: true }),
  ).rejects.toThrow(/^A backup opens only with the key file it was sealed with, and there is none at /)
  await expect(backup({ ...house.config, KEY_FILE: other }, `${dir}-2`)).rejects.toThrow(
    'The key file is not the one this database was sealed with.',
  )
  expect(existsSync(`${dir}-2`)).toBe(false)
  expect(await fingerprintOf(house.url)).toEqual(before)
})

test('a pack that was damaged before the backup, a changed audit line and a lost key are found by the proof', async () => {
  const { db } = house.ctx
  const [first = 0, second = 0] = house.patients
  const found = async (text: string) => {
    rmSync(dir, { recursive: true, force: true })
    await backup(house.config, dir)
    const report = await tryProve()
    expect(report.ok).toBe(false)
    expect(report.proven.at(-1)?.what).toBe(text)
  }

  await sql`update audit.event set action = 'record.read' where patient_id = ${first} and seq = 1`.execute(db)
  await found('1 of 4 audit chains do not lead to their heads')
  await sql`update record.pack set content = set_byte(content, 40, 255 - get_byte(content, 40))
    where patient_id = ${first} and first_no = 0`.execute(db)
  await found('of 3 shelves, 1 do not open or do not fit and 0 have no key')
  await sql`update record.amend set version = 3 where patient_id = ${second}`.execute(db)
  await found('of 3 shelves, 2 do not open or do not fit and 0 have no key')
  await destroyDataKey(house.ctx, second)
  await found('of 3 Patients, 0 do not open and 1 have no key')
})

test('with the keys part of a later backup, whoever was erased meanwhile stays erased; an earlier one is refused', async () => {
  const later = join(dir, '..', 'later')
  await backup(house.config, dir)
  await destroyDataKey(house.ctx, house.patients[0] ?? 0)
  await backup(house.config, later)
  const exchange = join(dir, '..', 'exchange')
  renameSync(join(dir, 'keys'), exchange)
  renameSync(join(later, 'keys'), join(dir, 'keys'))
  renameSync(exchange, join(later, 'keys'))

  const report = await tryProve()
  expect(report.ok).toBe(true)
  expect(report.proven[2]?.what).toBe(
    "2 Patients' names and numbers open; 1 were erased since this record part was made: erase what is left of them",
  )
  await expect(restore(house.config, later, { prove: true })).rejects.toThrow(
    /^The keys part \(.*\) is older than the record part/,
  )
})

test('a daily root that differs from its file outside the database is found', async () => {
  await rootOfDay(house.ctx.db, '2026-11-22', house.ctx.now())
  await backup(house.config, dir)
  mkdirSync(join(house.dataDir, 'audit-roots'))
  writeFileSync(join(house.dataDir, 'audit-roots', '2026-11-22.txt'), `2026-11-22 4 ${'00'.repeat(32)}\n`)

  const report = await tryProve()

  expect(report.proven.at(-1)).toMatchObject({
    ok: false,
    what: '1 daily roots of the audit log differ from the files kept outside the database',
  })
})

test('kept on request, what was proved stands beside the live database', async () => {
  await backup(house.config, dir)

  const { ok, kept } = await restore(house.config, dir, { prove: true, keep: true })

  const name = kept?.replace('database ', '') ?? ''
  expect([ok, name]).toEqual([true, expect.stringMatching(/^restore_\d{17}$/)])
  expect(await ask(house.url, `select datname from pg_database where datname = '${name}'`)).toHaveLength(1)
  await ask(house.url, `drop database ${name} with (force)`)
})

test('with the embedded database the proof makes a cluster of its own, and nothing of it is left', async () => {
  await backup(house.config, dir)
  const { DATABASE_URL: _, ...embedded } = house.config

  expect(await restore(embedded, dir, { prove: true })).toMatchObject({ ok: true, kept: undefined })
  expect(readdirSync(house.dataDir)).toEqual(['keys'])

  expect(await restore(embedded, dir)).toMatchObject({ ok: true, kept: `folder ${house.dataDir}` })
  const again = join(dir, '..', 'again')
  expect((await backup(embedded, again)).parts.map(({ rows }) => rows)).toEqual(
    (await backup(house.config, join(dir, '..', 'same'))).parts.map(({ rows }) => rows),
  )
})

test('where there is no database, or one that no server ever opened, nothing is backed up', async () => {
  const { DATABASE_URL: _, ...embedded } = house.config
  await expect(backup(embedded, dir)).rejects.toThrow(/^There is no database in /)
  expect(existsSync(join(house.dataDir, 'postgres'))).toBe(false)

  const postgres = await openPostgres({ dir: join(house.dataDir, 'postgres'), throwaway: true })
  onTestFinished(postgres.stop)
  await expect(backup(embedded, dir)).rejects.toThrow(/^This database holds nothing to back up/)
  expect(existsSync(dir) || existsSync(`${dir}.partial`)).toBe(false)
})

const mayMount = process.getuid?.() === 0 && process.platform === 'linux'

test.runIf(mayMount)(
  'a full disk is told in a sentence, and nothing is left that looks like a backup',
  async ({ skip }) => {
    const disk = freshFolder()
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk], { stdio: 'ignore' })
    } catch {
      skip('this machine does not let us mount a small disk')
    }
    onTestFinished(() => void execFileSync('umount', [disk]))
    await sql`insert into declaration.draft
    select sha256(n::text::bytea), gen_random_uuid(), sha256((n + 1)::text::bytea), now()
    from generate_series(1, 3000) n`.execute(house.ctx.db)

    await expect(backup(house.config, join(disk, 'backup'))).rejects.toThrow(
      `The disk is full: ${join(disk, 'backup')}. No backup was made.`,
    )
    expect(readdirSync(disk)).toEqual([])
    expect(await ask(house.url, 'select 1 as one')).toEqual([{ one: 1 }])
  },
)
