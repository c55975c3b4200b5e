import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import { prepareMonths } from '../packages/server/src/audit/index.ts'
import type { Context } from '../packages/server/src/platform/context.ts'
import { migrate, openDb } from '../packages/server/src/platform/database.ts'
import { PATIENTS_A_HOME } from '../packages/server/src/platform/ids.ts'
import { makeKeys, readKeys } from '../packages/server/src/platform/keys.ts'
import { openLog } from '../packages/server/src/platform/log.ts'
import { openPostgres } from '../packages/server/src/platform/postgres.ts'
import { copyIn, put, read, shelfRows } from '../packages/server/src/record/index.ts'
import { type Figure, figure, median } from './figure.ts'
import { dice, patientStated, visitOf } from './resources.ts'

const ROUNDS = 3
const SECONDS = 4
const WRITERS = 8
const say = (text: string): void => void process.stderr.write(`${text}\n`)

export const patientIdOf = (resident: number): number => (resident + 1) * PATIENTS_A_HOME

export interface Bench {
  readonly ctx: Context
  readonly url: string
  readonly close: () => Promise<void>
}

/** The embedded database as the house runs it: durable, on the disk of the temporary folder. */
export async function open(): Promise<Bench> {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-bench-'))
  const postgres = await openPostgres({ dir: join(dir, 'db'), throwaway: true })
  await migrate(postgres.url)
  await makeKeys(join(dir, 'keys'))
  const db = openDb(postgres.url, { max: WRITERS })
  await prepareMonths(db, new Date())
  const ctx: Context = {
    db,
    pool: db,
    keys: await readKeys(join(dir, 'keys')),
    now: () => new Date(),
    actor: { kind: 'system', name: 'bench' },
    log: openLog('silent'),
  }
  const close = async () => {
    await db.destroy()
    await postgres.stop()
  }
  return { ctx, url: postgres.url, close }
}

/** Operations a second with so many at once. */
async function rate(
  work: (i: number) => Promise<unknown>,
  seconds = SECONDS,
  atOnce = WRITERS,
): Promise<number> {
  const start = performance.now()
  const end = start + seconds * 1000
  let done = 0
  const worker = async () => {
    while (performance.now() < end) {
      const i = done
      done += 1
      await work(i)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return (done / (performance.now() - start)) * 1000
}

/** Residents with one shelf each; `n` resources on it in arrivals of at most `each`. */
export async function loadResidents(
  bench: Bench,
  from: number,
  to: number,
  n: number,
  each: number,
): Promise<void> {
  const client = new pg.Client({ connectionString: bench.url })
  await client.connect()
  const started = performance.now()
  for (let first = from; first < to; first += 500) {
    const shelves = Array.from({ length: Math.min(500, to - first) }, (_, i) => {
      const resident = first + i
      const at = new Date()
      const arrivals = Array.from({ length: Math.ceil(n / each) }, (_, k) => ({
        source: '79001',
        kind: 'visit',
        at,
        resources: [
          ...(k === 0 ? [patientStated(`Nguyễn Thị ${resident}`)] : []),
          ...visitOf(resident * 7 + k, Math.min(each, n - k * each) - (k === 0 ? 1 : 0)),
        ],
      }))
      return shelfRows(bench.ctx.keys, { patientId: patientIdOf(resident), arrivals })
    })
    await client.query('begin')
    await copyIn(client, shelves)
    await client.query('commit')
  }
  await client.query('vacuum analyze record.pack, keys.data_key')
  await client.end()
  const perSecond = (to - from) / ((performance.now() - started) / 1000)
  say(`loaded ${to - from} residents by COPY, ${Math.round(perSecond)} a second`)
}

async function measurePut({ ctx }: Bench): Promise<Figure> {
  const residents = 500
  const bundles = Array.from({ length: 400 }, (_, i) => visitOf(1_000_000 + i, 30))
  const sealed = bundles.map((resources, i) => {
    const arrivals = [
      { source: '79001', kind: 'visit', at: new Date(), resources: [patientStated('x'), ...resources] },
    ]
    const [pack] = shelfRows(ctx.keys, { patientId: patientIdOf(i), arrivals }).packs
    return Buffer.concat([pack?.dir ?? Buffer.alloc(0), pack?.content ?? Buffer.alloc(0)])
  })
  await sql`create schema if not exists bench`.execute(ctx.db)
  await sql`create table if not exists bench.sealed (home bigint, no bigint, bytes bytea, primary key (home, no))`.execute(
    ctx.db,
  )
  let no = 0
  let arrivals = 0
  const insert = (i: number) => {
    no += 1
    return sql`insert into bench.sealed (home, no, bytes) values (${i % residents}, ${no}, ${sealed[i % sealed.length]})`.execute(
      ctx.db,
    )
  }
  const putOne = (i: number) => {
    arrivals += 1
    const resources = (bundles[i % bundles.length] ?? []).map((stated) => ({
      ...stated,
      sourceKey: `${stated.sourceKey} ${arrivals}`,
    }))
    return put(ctx, {
      patientId: patientIdOf(arrivals % residents),
      source: '79001',
      kind: 'visit',
      resources,
    })
  }
  await rate(insert, 1)
  await rate(putOne, 2)
  const rounds: { value: number; limit: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ limit: await rate(insert), value: await rate(putOne) })
  say(rounds.map(({ value, limit }) => `put ${value.toFixed(0)}/s beside ${limit.toFixed(0)}/s`).join(', '))
  return figure({
    name: 'record.put of 30 resources',
    value: median(rounds.map((round) => round.value)),
    limit: median(rounds.map((round) => round.limit)),
    unit: '1/s',
    goal: { atLeast: 0.25 },
  })
}

async function measureRead({ ctx }: Bench, residents: number): Promise<Figure> {
  const roll = dice(3)
  const readOne = () => read(ctx, [patientIdOf(roll(residents))])
  const select = () => {
    const patientId = patientIdOf(roll(residents))
    return sql`select dir, content from record.pack where home = ${patientId / PATIENTS_A_HOME} and patient_id = ${patientId}`.execute(
      ctx.db,
    )
  }
  await rate(select, 1)
  await rate(readOne, 1)
  const rounds: { value: number; limit: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1)
    rounds.push({ limit: await rate(select, 2), value: await rate(readOne, 2) })
  say(rounds.map(({ value, limit }) => `read ${value.toFixed(0)}/s beside ${limit.toFixed(0)}/s`).join(', '))
  return figure({
    name: 'record.read of 50 resources',
    value: median(rounds.map((round) => round.value)),
    limit: median(rounds.map((round) => round.limit)),
    unit: '1/s',
    goal: { atLeast: 0.6 },
  })
}

export async function* run(): AsyncGenerator<Figure> {
  const bench = await open()
  try {
    await loadResidents(bench, 0, 500, 50, 25)
    yield await measureRead(bench, 500)
    yield await measurePut(bench)
  } finally {
    await bench.close()
  }
}
