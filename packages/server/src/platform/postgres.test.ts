import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../../tools/scratch.ts'
import { databaseOf, openPostgres, type PostgresOptions, postgresFaultOf } from './postgres.ts'

const WRITER = fileURLToPath(new URL('../../test/write-until-killed.ts', import.meta.url))

const made = scratchFolder('sokhoe-test-')
beforeAll(async () => {
  const postgres = await openPostgres({ dir: made })
  await postgres.stop()
})
afterAll(() => rmSync(made, { recursive: true, force: true }))

function freshFolder(): string {
  const folder = scratchFolder('sokhoe-test-')
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return join(folder, 'database')
}

/** A folder with a new database in it: copied, because making one takes a second. */
function madeFolder(): string {
  const dir = freshFolder()
  execFileSync('cp', ['-a', made, dir])
  return dir
}

async function open(dir: string, options: Partial<PostgresOptions> = {}) {
  const postgres = await openPostgres({ dir, ...options })
  onTestFinished(postgres.stop)
  return postgres
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

const faultOf = (dir: string) => openPostgres({ dir }).then(() => 'opened', postgresFaultOf)

/** Another process that writes rows; told is what it has said so far. */
async function startWriter(dir: string, rows: number): Promise<{ writer: ChildProcess; told: string[] }> {
  const writer = spawn(process.execPath, [WRITER, dir], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(async () => {
    writer.kill('SIGKILL')
    await expect.poll(() => databaseOf(dir), { timeout: 20_000 }).toBeUndefined()
  })
  const told: string[] = []
  await new Promise<void>((enough) => {
    createInterface({ input: writer.stdout }).on('line', (line) => {
      told.push(line)
      if (told.length > rows) enough()
    })
  })
  return { writer, told }
}

function kill(child: ChildProcess): Promise<unknown> {
  const gone = new Promise((done) => child.once('close', done))
  child.kill('SIGKILL')
  return gone
}

test('what was written is there after an orderly stop, at the same address', async () => {
  const dir = madeFolder()
  const first = await open(dir)
  await ask(first.url, 'create table visit (no int); insert into visit values (1)')
  await first.stop()
  expect(await databaseOf(dir)).toBeUndefined()

  const second = await open(dir)

  expect(second.url).toBe(first.url)
  expect(second.version).toMatch(/^18\./)
  expect(await ask(second.url, 'select no from visit')).toEqual([{ no: 1 }])
})

test('it keeps every promise of durability and speaks over no network', async () => {
  const { url } = await open(madeFolder())
  const [said] = await ask(
    url,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commits,
      current_setting('full_page_writes') as pages, current_setting('data_checksums') as checksums,
      current_setting('listen_addresses') as network, upper('sổ khỏe') as letters`,
  )

  expect(said).toEqual({
    fsync: 'on',
    commits: 'on',
    pages: 'on',
    checksums: 'on',
    network: '',
    letters: 'SỔ KHỎE',
  })
})

test('killed without warning in the middle of writing, it loses no acknowledged row and takes the database along', async () => {
  const dir = madeFolder()
  const { writer, told } = await startWriter(dir, 30)
  await kill(writer)

  const { url } = await open(dir)

  const acknowledged = told.filter((line) => line.startsWith('kept')).length
  const [{ kept } = { kept: 0 }] = (await ask(url, 'select count(*)::int as kept from visit')) as {
    kept: number
  }[]
  expect(acknowledged).toBeGreaterThanOrEqual(30)
  expect(kept).toBeGreaterThanOrEqual(acknowledged)
  expect(kept).toBeLessThanOrEqual(acknowledged + 1)
})

test('a database that is killed is noticed, and opens again at the same address with its rows', async () => {
  const dir = madeFolder()
  let tell: (how: string) => void = () => undefined
  const noticed = new Promise<string>((done) => {
    tell = done
  })
  const first = await open(dir, { onExit: (how) => tell(how) })
  await ask(first.url, 'create table visit (no int); insert into visit values (7)')
  process.kill(first.pid, 'SIGKILL')
  expect(await noticed).toBe('SIGKILL')

  const second = await open(dir)

  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'select no from visit')).toEqual([{ no: 7 }])
})

test('a second process on the same folder is refused by name and can join instead', async () => {
  const dir = madeFolder()
  await startWriter(dir, 1)

  expect(await faultOf(dir)).toBe('data-dir-in-use')
  const joined = await databaseOf(dir)
  expect(joined && (await ask(joined, 'select 1 as one'))).toEqual([{ one: 1 }])
})

test('files left by processes that are gone, or whose number is now somebody else’s, do not hinder a start', async () => {
  const dir = madeFolder()
  await (await open(dir)).stop()
  writeFileSync(join(dir, 'lock'), `${process.pid}\n1\n`)
  writeFileSync(join(dir, 'cluster', 'postmaster.pid'), `${process.ppid}\n/nowhere\n1\n5432\n`)
  mkdirSync(join(dir, 'making'))

  expect(await databaseOf(dir)).toBeUndefined()
  const { url } = await open(dir)
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder that only its owner may enter serves, and so does a very long path', async () => {
  const closed = freshFolder()
  mkdirSync(closed, { mode: 0o700 })
  const dir = join(closed, 'a-long-name-'.repeat(8))
  execFileSync('cp', ['-a', made, dir])

  const { url } = await open(dir)

  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('a folder that cannot be made is told as such', async () => {
  const file = freshFolder()
  writeFileSync(file, '')

  expect(await faultOf(join(file, 'database'))).toBe('data-dir-not-writable')
})

test('a throwaway database leaves nothing behind, even when its process is killed', async () => {
  const dir = scratchFolder('sokhoe-test-')
  const line = `import { openPostgres } from ${JSON.stringify(new URL('./postgres.ts', import.meta.url).href)}
    await openPostgres({ dir: ${JSON.stringify(dir)}, throwaway: true })
    process.kill(process.pid, 'SIGKILL')`
  expect(() =>
    execFileSync(process.execPath, ['--input-type=module', '-e', line], { stdio: 'ignore' }),
  ).toThrow()

  await expect.poll(() => existsSync(dir), { timeout: 20_000 }).toBe(false)
})

const mayMount = process.getuid?.() === 0 && process.platform === 'linux'

test.runIf(mayMount)('a full disk is told as such', async ({ skip }) => {
  const dir = freshFolder()
  mkdirSync(dir)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', dir], { stdio: 'ignore' })
  } catch {
    skip('this machine does not let us mount a small disk')
  }
  onTestFinished(() => void execFileSync('umount', [dir]))

  expect(await faultOf(dir)).toBe('disk-full')
})
