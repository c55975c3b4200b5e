import { join } from 'node:path'
import pg from 'pg'
import { databaseOf } from '../packages/server/src/platform/postgres.ts'
import { openServer } from '../tools/server.ts'
import { cli, p95, worker } from './book-coverage.ts'
import { type Figure, figure } from './figure.ts'

const GOAL_MS = 100
/** A list that is opened once a day and reads the name of every street from a sealed address. */
const STREETS_MS = 300
/** Three of four have a book: 50,000 of them; fewer only while the bench itself is worked on. */
const RESIDENTS = Number(process.env['BENCH_RESIDENTS'] ?? 67_000)
const WARD = '26911'

/** The worst for a list of those who wait: nearly nobody does, and those who do came last. */
const NEARLY_ALL_VERIFIED = `update identity.person set level = 'verified'
  where home in (select home from identity.patient where source = 'self' order by created_at
    limit (select count(*) * 99 / 100 from identity.patient where source = 'self'))`

const timed = (name: string, value: number, atMost = GOAL_MS): Figure =>
  figure({ name: `${name}, p95`, value, unit: 'ms', goal: { atMost } })

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
    const { rows } = await client.query<{ n: string }>('select count(*) as n from identity.person')
    const books = `a ward with ${rows[0]?.n} books`
    yield timed(`who waits to be verified in ${books}`, await p95(waiting, station))
    await client.query(NEARLY_ALL_VERIFIED)
    await client.query('vacuum analyze identity.person')
    yield timed(`the same when 99 of 100 are verified`, await p95(waiting, station))
    yield timed(
      `streets and alleys of ${books}`,
      await p95(`${server.base}/api/station/streets`, station),
      STREETS_MS,
    )
  } finally {
    await client.end()
    await server.stop()
  }
}
