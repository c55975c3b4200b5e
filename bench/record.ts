import { sql } from 'kysely'
import pg from 'pg'
import { PATIENTS_A_HOME } from '../packages/server/src/platform/ids.ts'
import { copyIn, put, read, type Stated, shelfRows } from '../packages/server/src/record/index.ts'
import { type Figure, figure, median } from './figure.ts'
import { type Bench, openBench } from './house.ts'
import { dice, patientStated, visitOf } from './resources.ts'

const ROUNDS = 3
const SECONDS = 4
const WRITERS = 8
const RESIDENTS = 500
/** Books on which the arrivals of a bench spread, so that each holds a few. */
const BOOKS = 3000
const FIRST_BOOK = 2_000_000
const say = (text: string): void => void process.stderr.write(`${text}\n`)

const patientIdOf = (resident: number): number => (resident + 1) * PATIENTS_A_HOME

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

/** Made once and stated for many: what is measured is keeping and reading, not making. */
const visits = new Map<string, Stated[]>()
function someVisit(resident: number, k: number, n: number): Stated[] {
  const seed = (resident % 400) * 8 + k
  const known = visits.get(`${seed} ${n}`)
  if (known) return known
  const made = visitOf(seed, n)
  visits.set(`${seed} ${n}`, made)
  return made
}

/** The Patient and two visits, `n` resources in all. */
const arrivalsOf = (resident: number, n: number) => [
  {
    source: '79001',
    kind: 'visit',
    resources: [patientStated(`Nguyễn Thị ${resident}`), ...someVisit(resident, 0, n / 2 - 1)],
  },
  { source: '79001', kind: 'visit', resources: someVisit(resident, 1, n / 2) },
]

/** Residents from..to, each with one shelf of `n` resources, through the real codec, sealing and COPY. */
async function loadResidents({ ctx, url }: Bench, from: number, to: number, n: number): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const started = performance.now()
  for (let first = from; first < to; first += 500) {
    const shelves = Array.from({ length: Math.min(500, to - first) }, (_, i) =>
      shelfRows(ctx.keys, {
        patientId: patientIdOf(first + i),
        arrivals: arrivalsOf(first + i, n).map((each) => ({ ...each, at: new Date() })),
      }),
    )
    await client.query('begin')
    await copyIn(client, shelves)
    await client.query('commit')
  }
  const perSecond = (to - from) / ((performance.now() - started) / 1000)
  await client.query('vacuum analyze record.pack, keys.data_key, record.shelf')
  await client.query('checkpoint')
  await client.end()
  say(`loaded ${to - from} residents of ${n} resources by COPY, ${Math.round(perSecond)} a second`)
}

async function openBooks({ ctx, url }: Bench): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const books = Array.from({ length: BOOKS }, (_, i) => {
    const arrivals = [
      { source: 'self', kind: 'declaration', at: new Date(), resources: [patientStated('Lan')] },
    ]
    return shelfRows(ctx.keys, { patientId: patientIdOf(FIRST_BOOK + i), arrivals })
  })
  await client.query('begin')
  await copyIn(client, books)
  await client.query('commit')
  await client.end()
}

async function measurePut(bench: Bench): Promise<Figure> {
  await openBooks(bench)
  const { ctx } = bench
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
    return sql`insert into bench.sealed (home, no, bytes) values (${i % RESIDENTS}, ${no}, ${sealed[i % sealed.length]})`.execute(
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
      patientId: patientIdOf(FIRST_BOOK + (arrivals % BOOKS)),
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

async function measureRead({ ctx }: Bench): Promise<Figure> {
  const roll = dice(3)
  const readOne = () => read(ctx, [patientIdOf(roll(RESIDENTS))])
  const select = () => {
    const patientId = patientIdOf(roll(RESIDENTS))
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

/** Every table and index that a resource costs, and the audit of its writing. */
async function bytesOnDisk({ ctx }: Bench): Promise<number> {
  const { rows } = await sql<{ bytes: number }>`select sum(pg_total_relation_size(class.oid))::bigint as bytes
    from pg_class class join pg_namespace schema on schema.oid = class.relnamespace
    where schema.nspname in ('record', 'keys', 'audit') and class.relkind = 'r'`.execute(ctx.db)
  return rows[0]?.bytes ?? Number.NaN
}

/** A thousand residents with 50 resources each, which arrive as in life: by put, with source keys, marks and audit. */
async function measureDisk(bench: Bench): Promise<Figure> {
  const { ctx } = bench
  const [first, residents, n] = [1_000_000, 1000, 50]
  const before = await bytesOnDisk(bench)
  for (let at = 0; at < residents; at += WRITERS) {
    const some = Array.from({ length: Math.min(WRITERS, residents - at) }, (_, i) => first + at + i)
    await Promise.all(
      some.map(async (resident) => {
        for (const each of arrivalsOf(resident, n))
          await put(ctx, { ...each, patientId: patientIdOf(resident) })
      }),
    )
  }
  const bytes = (await bytesOnDisk(bench)) - before
  const sample = await read(
    ctx,
    Array.from({ length: 50 }, (_, i) => patientIdOf(first + i)),
  )
  const text = sample.reduce((sum, entry) => sum + entry.length, 0) / sample.length
  say(`a resource of ${Math.round(text)} bytes on average`)
  return figure({
    name: 'disk a resource of 1 kB, all indexes and the audit of writes',
    value: bytes / (residents * n),
    unit: 'B',
    goal: { atMost: 220 },
  })
}

/** Half of the readings of one resident's record are faster, ms. */
async function p50({ ctx }: Bench, residents: number): Promise<number> {
  const roll = dice(5)
  const rounds: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    const times: number[] = []
    for (let i = 0; i < 1500; i += 1) {
      const start = performance.now()
      await read(ctx, [patientIdOf(roll(residents))])
      times.push(performance.now() - start)
    }
    // the first round warms up
    if (round > 0) rounds.push(median(times))
  }
  return median(rounds)
}

async function measureGrowth(): Promise<Figure> {
  const [few, many, n] = [2000, 100_000, 16]
  const bench = await openBench(WRITERS)
  try {
    await loadResidents(bench, 0, few, n)
    const small = await p50(bench, few)
    await loadResidents(bench, few, many, n)
    const large = await p50(bench, many)
    return figure({
      name: `read p50 with ${many} residents beside ${few}`,
      value: large,
      limit: small,
      unit: 'ms',
      goal: { atMost: 1.3 },
    })
  } finally {
    await bench.close()
  }
}

/** Each beside a limit of the same run: the same bytes by plain statements through the same pool. */
export async function* run(): AsyncGenerator<Figure> {
  const bench = await openBench(WRITERS)
  try {
    await loadResidents(bench, 0, RESIDENTS, 50)
    yield await measureRead(bench)
    yield await measurePut(bench)
    yield await measureDisk(bench)
  } finally {
    await bench.close()
  }
  yield await measureGrowth()
}
