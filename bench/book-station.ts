import { join } from 'node:path'
import pg from 'pg'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { openServer } from '../tools/server.ts'
import { cli, p95, worker } from './book-coverage.ts'
import { type Figure, figure } from './figure.ts'

const GOAL_MS = 100
/** Books of one ward; fewer only while the bench itself is worked on. */
const RESIDENTS = Number(process.env['BENCH_RESIDENTS'] ?? 50_000)
const WARD = '26911'

/** The worst for a list of those who wait: nearly nobody does, and those who do came last. */
const NEARLY_ALL_VERIFIED = `update identity.person set level = 'verified'
  where home in (select home from identity.patient where source = 'self' order by created_at
    limit (select count(*) * 99 / 100 from identity.patient where source = 'self'))`

const timed = (name: string, value: number): Figure =>
  figure({ name: `${name}, p95`, value, unit: 'ms', goal: { atMost: GOAL_MS } })

/** What a station asks of a ward with 50,000 books, over HTTP. */
export async function* stationPart(): AsyncGenerator<Figure> {
  const server = await openServer({ MODE: 'demo', DEMO: '0', LOG_LEVEL: 'error' })
  const connectionString = (await databaseOf(join(server.dataDir, 'postgres'))) ?? ''
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const city = ['--residents', String(RESIDENTS), '--seed', 'bench', '--wards', WARD, '--json']
    process.stderr.write(`simulated: ${(await cli(server, 'simulate', ...city)).trim()}\n`)
    const station = await worker(server, 'station', 'station', WARD)
    const waiting = `${server.base}/api/station/waiting`
    await client.query('analyze identity.person, identity.patient, identity.household')
    const books = `a ward with ${RESIDENTS} people`
    yield timed(`who waits to be verified in ${books}`, await p95(waiting, station))
    await client.query(NEARLY_ALL_VERIFIED)
    await client.query('vacuum analyze identity.person')
    yield timed(`the same when 99 of 100 are verified`, await p95(waiting, station))
    yield timed(`streets and alleys of ${books}`, await p95(`${server.base}/api/station/streets`, station))
  } finally {
    await client.end()
    await server.stop()
  }
}
