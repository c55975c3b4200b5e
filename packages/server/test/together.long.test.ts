import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../tools/scratch.ts'
import { proveChains } from '../src/audit/index.ts'
import type { Context } from '../src/platform/context.ts'
import { openDb } from '../src/platform/database.ts'
import { readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { openPostgres } from '../src/platform/postgres.ts'
import { bytesOf, proveRecord, read } from '../src/record/index.ts'

const WRITER = fileURLToPath(new URL('./put-until-killed.ts', import.meta.url))

/** Each value by its Patient, as often as it was said to be kept. */
type Said = Map<number, number>

/** Kills it in the middle of its work, its database with it. @returns what it said was kept */
async function writeUntilKilled(dir: string, from: number, lines: number): Promise<Said> {
  const said: Said = new Map()
  const writer = spawn(process.execPath, [WRITER, dir, String(from)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = new Promise((resolve) => writer.once('exit', resolve))
  for await (const line of createInterface({ input: writer.stdout })) {
    const [, patientId, value] = line.split(' ').map(Number)
    said.set(value ?? 0, patientId ?? 0)
    if (said.size === lines) writer.kill('SIGKILL')
  }
  await gone
  return said
}

test(
  'a server is killed again and again while commits are shared: what was said to be kept is there, whole and once',
  async () => {
    const dir = scratchFolder('sokhoe-test-')
    onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }))
    const said: Said = new Map()
    for (let turn = 0; turn < 4; turn += 1) {
      const kept = await writeUntilKilled(dir, turn * 1_000_000, 400 + turn * 37)
      expect(kept.size).toBeGreaterThanOrEqual(400)
      for (const [value, patientId] of kept) said.set(value, patientId)
    }

    const postgres = await openPostgres({ dir: join(dir, 'db') })
    onTestFinished(() => postgres.stop())
    const db = openDb(postgres.url, { max: 4 })
    onTestFinished(() => db.destroy())
    const keys = await readKeys(join(dir, 'keys'))
    const actor = { kind: 'system', name: 'test' } as const
    const ctx: Context = { db, pool: db, keys, now: () => new Date(), actor, log: openLog('silent') }

    const found = new Map<string, number>()
    for (const patientId of new Set(said.values()))
      for (const entry of await read(ctx, [patientId])) {
        const value = /"valueInteger":(\d+)/.exec(bytesOf(entry).toString())?.[1]
        const name = `${patientId} ${value}`
        if (value) found.set(name, (found.get(name) ?? 0) + 1)
      }
    // each arrival has two of its value: both are there, or neither
    expect(new Set(found.values())).toEqual(new Set([2]))
    expect([...said].filter(([value, patientId]) => !found.has(`${patientId} ${value}`))).toEqual([])
    expect(await proveRecord(ctx)).toMatchObject({ shelves: 8, broken: 0, unkeyed: 0 })
    expect(await proveChains(db)).toMatchObject({ broken: [] })
    const { rows } = await sql<{ commits: number; arrivals: number }>`
      select count(distinct xid) as commits, count(*) as arrivals from record.outbox`.execute(db)
    // the numbers of transactions tell that commits were shared
    expect(rows[0]?.commits).toBeLessThan(rows[0]?.arrivals ?? 0)
  },
  5 * 60_000,
)
