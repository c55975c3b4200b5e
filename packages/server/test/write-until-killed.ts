import pg from 'pg'
import { openPostgres } from '../src/platform/postgres.ts'

/** Run as a process of its own: opens the database of a folder and says each row only after it is committed. */
const [dir = ''] = process.argv.slice(2)
const { url, pid } = await openPostgres({ dir })
const client = new pg.Client({ connectionString: url })
client.on('error', () => undefined)
await client.connect()
await client.query('create table if not exists visit (no int primary key)')
process.stdout.write(`postgres ${pid}\n`)
for (let no = 1; ; no += 1) {
  await client.query('insert into visit values ($1)', [no])
  process.stdout.write(`kept ${no}\n`)
}
