import { execFile } from 'node:child_process'
import { Agent, request as ask } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { wardsOn } from '@sokhoe/codes'
import pg from 'pg'
import type { Credentials } from '../packages/server/src/identity/staff/accounts.ts'
import { readBase32, stepAt, totpCode } from '../packages/server/src/identity/staff/totp.ts'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { openServer, type RunningServer } from '../tools/server.ts'
import { type Figure, figure } from './figure.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const GOAL_MS = 100

/** Simulated people of all wards; fewer only while the bench itself is worked on. */
const RESIDENTS = Number(process.env['BENCH_RESIDENTS'] ?? 100_000)
const WARD_BOOKS = 50_000
const CITY = 14_000_000
const STATION_WARD = '26884'
const TURNS = 100

const say = (text: string): void => void process.stderr.write(`${text}\n`)
const agent = new Agent({ keepAlive: true, maxSockets: 1 })

/** One request as a browser sends it: warm connection, gzip. @returns the time to the last byte, ms */
function get(url: string, cookie: string): Promise<{ ms: number; status: number }> {
  const started = performance.now()
  return new Promise((resolve, reject) => {
    const headers = { cookie, 'accept-encoding': 'gzip' }
    const request = ask(url, { agent, headers }, (reply) => {
      reply.resume()
      reply.on('end', () => resolve({ ms: performance.now() - started, status: reply.statusCode ?? 0 }))
    })
    request.on('error', reject).end()
  })
}

/** @returns p95 of warm requests one after the other, ms */
export async function p95(url: string, cookie: string): Promise<number> {
  for (let turn = 0; turn < 20; turn += 1) await get(url, cookie)
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn += 1) {
    const { ms, status } = await get(url, cookie)
    if (status !== 200) throw new Error(`${url} answered ${status}`)
    times.push(ms)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const [least, middle] = [sorted[0] ?? Number.NaN, sorted[TURNS / 2] ?? Number.NaN]
  say(`  ${new URL(url).pathname}: least ${least.toFixed(1)} ms, p50 ${middle.toFixed(1)} ms`)
  return sorted[Math.ceil(TURNS * 0.95) - 1] ?? Number.NaN
}

export async function cli({ env }: RunningServer, ...args: string[]): Promise<string> {
  const command = ['packages/server/src/cli.ts', ...args]
  return (await promisify(execFile)(process.execPath, command, { cwd: ROOT, env, maxBuffer: 1 << 24 })).stdout
}

/** Somebody with an account of her own, signed in. @returns her cookie */
export async function worker(
  server: RunningServer,
  user: string,
  role: string,
  ward?: string,
): Promise<string> {
  const asked = ['staff', 'new', '--user', user, '--name', user, '--role', role, '--json']
  const made = JSON.parse(await cli(server, ...asked, ...(ward ? ['--ward', ward] : []))) as Credentials
  const { password, totpSecret } = made
  const code = totpCode(readBase32(totpSecret), stepAt(new Date()))
  const reply = await fetch(`${server.base}/api/staff/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user, password, code }),
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0]
  if (!reply.ok || !cookie) throw new Error(`sign-in answered ${reply.status}`)
  return cookie
}

/** 50,000 new books of one ward as the feed tells of them: 90 days, all ages, three campaigns. The app counts them. */
const FILL_WARD = `insert into identity.enrolment (home, at, n, ward, campaign, birth_year, level, channel)
  select 900000000 + no, now() - (no % 90) * interval '1 day' - (no % 11) * interval '1 hour', 1, $1,
    case no % 4 when 0 then null else 'bench' || no % 4 end, 1930 + no * 7 % 95,
    (array['phone', 'phone', 'card', 'verified'])[1 + no % 4], (array['self', 'assisted'])[1 + no % 2]
  from generate_series(1, ${WARD_BOOKS}) as no`

/**
 * Counts of a city of 14 million: each cell (ward, day, birth year, level) gets its share of 14 million, drawn from the
 * shares that wards, days, birth years and levels have among the simulated people, rounded up or down by chance; the
 * coarser tables are summed up from it. So there are as many rows as a city of that size would have.
 */
const SCALE = [
  'truncate insight.ward_age_day, insight.ward_age, insight.ward_day, insight.ward_level, insight.ward_week',
  'select setseed(0.25)',
  `insert into insight.ward_age_day (day, ward, birth_year, level, n)
   with base as (select * from bench_simulated), everybody as (select sum(n) as n from base)
   select * from (
     select day, ward, birth_year, level,
       floor(${CITY} * w.n / e.n * d.n / e.n * b.n / e.n + random())::bigint as n
     from everybody e, (select ward, sum(n) as n from base group by 1) w, (select day, sum(n) as n from base group by 1) d,
       (select birth_year, level, sum(n) as n from base group by 1, 2) b) as cells
   where n > 0`,
  `insert into insight.ward_age (ward, birth_year, level, n)
   select ward, birth_year, level, sum(n) from insight.ward_age_day group by 1, 2, 3`,
  `insert into insight.ward_day (ward, day, level, n)
   select ward, day, level, sum(n) from insight.ward_age_day group by 1, 2, 3`,
  `insert into insight.ward_level (ward, level, n) select ward, level, sum(n) from insight.ward_day group by 1, 2`,
  `insert into insight.ward_week (ward, week, n)
   select ward, date_trunc('week', day)::date, sum(n) from insight.ward_day group by 1, 2`,
  'vacuum analyze insight.ward_age_day, insight.ward_age, insight.ward_day, insight.ward_level, insight.ward_week',
  // what the database would otherwise still write while requests are timed
  'checkpoint',
]

async function scaleUp(client: pg.Client): Promise<void> {
  await client.query('create table bench_simulated as select * from insight.ward_age_day where n > 0')
  for (const statement of SCALE) await client.query(statement)
  await client.query('drop table bench_simulated')
  const { rows } = await client.query<{ people: string; cells: string; ages: string; days: string }>(
    `select sum(n) as people, count(*) as cells, (select count(*) from insight.ward_age) as ages,
       (select count(*) from insight.ward_day) as days from insight.ward_age_day`,
  )
  const [row] = rows
  say(
    `scaled: ${row?.people} books in ${row?.cells} cells of ward, day, birth year and level; ${row?.ages} of ward, birth year and level; ${row?.days} of ward, day and level`,
  )
}

const dayBefore = (days: number): string =>
  new Date(Date.now() + 7 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)

const timed = (name: string, value: number): Figure =>
  figure({ name: `${name}, p95`, value, unit: 'ms', goal: { atMost: GOAL_MS } })

/** Boards and the coverage map over HTTP, from the counts that the production code keeps. */
export async function* coveragePart(): AsyncGenerator<Figure> {
  const server = await openServer({ MODE: 'demo', DEMO: '0', LOG_LEVEL: 'error' })
  const client = new pg.Client({
    connectionString: (await databaseOf(join(server.dataDir, 'postgres'))) ?? '',
  })
  await client.connect()
  try {
    const wards = wardsOn(dayBefore(0)).map(({ code }) => code)
    const city = ['--residents', String(RESIDENTS), '--seed', 'bench', '--wards', wards.join(), '--json']
    say(`simulated: ${(await cli(server, 'simulate', ...city)).trim()}`)
    const department = await worker(server, 'department', 'department')
    const map = `${server.base}/api/department/coverage`
    const first = await get(map, department)
    say(`the first look waits for the counting of all of them at most: ${Math.round(first.ms)} ms`)
    const { rows } = await client.query<{ people: string }>('select sum(n) as people from insight.ward_age')
    yield timed(`coverage map over ${rows[0]?.people} simulated books`, await p95(map, department))

    await client.query(FILL_WARD, [STATION_WARD])
    const station = await worker(server, 'station', 'station', STATION_WARD)
    const board = `${server.base}/api/station/board`
    say(`${WARD_BOOKS} books of one ward counted and shown: ${Math.round((await get(board, station)).ms)} ms`)
    yield timed(`station board of a ward with ${WARD_BOOKS} books and more`, await p95(board, station))

    await scaleUp(client)
    yield timed('coverage map scaled to 14 million', await p95(map, department))
    yield timed('old districts scaled to 14 million', await p95(`${map}?by=old-district`, department))
    const past = `${map}?on=${dayBefore(7)}`
    yield timed('coverage map scaled, a week ago', await p95(past, department))
    const old = `${map}?band=60%2B&on=${dayBefore(7)}`
    say(
      `one age group a week ago, which no screen opens with: p95 ${(await p95(old, department)).toFixed(0)} ms`,
    )
  } finally {
    await client.end()
    await server.stop()
  }
}
