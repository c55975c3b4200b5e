import { readFileSync } from 'node:fs'
import pg from 'pg'

/**
 * What PostgreSQL gives at most for the same JSON on plain rows: one prepared statement for a bundle, or a prepared select
 * with an audit-sized insert. Runs as a process of its own: fhir-limit.ts FILE AT_ONCE SECONDS, with as many connections
 * as the server has. Says one line of JSON.
 */
const [, , file = '', atOnce = '', seconds = ''] = process.argv

interface Limit {
  readonly url: string
  readonly pool: number
  /** SQL with its values, one line of them for each request, in turn. */
  readonly text: string
  readonly values: readonly (readonly (string | number)[])[]
  readonly audited: boolean
}
const { url, pool: max, text, values, audited } = JSON.parse(readFileSync(file, 'utf8')) as Limit
const pool = new pg.Pool({ connectionString: url, max, pipeline: true } as pg.PoolConfig)

const AUDIT = `insert into bench.audit
    (home, patient_id, at, actor, actor_id, facility, action, purpose, what, refused)
  values ($1, $2, now(), $3, $4, $5, $6, $7, $8, $9)`
const NOTED = ['client:bench', 1, 'HCM-001', 'exchange.read', 'treatment', 'Observation', false]

let next = 0
async function once(): Promise<void> {
  const line = [...(values[next % values.length] ?? [])]
  next += 1
  const client = await pool.connect()
  try {
    await Promise.all([
      client.query({ name: 'said', text, values: line }),
      audited && client.query({ name: 'noted', text: AUDIT, values: [next, next * 4096, ...NOTED] }),
    ])
  } finally {
    client.release()
  }
}

const took: number[] = []
async function work(until: number): Promise<void> {
  while (performance.now() < until) {
    const at = performance.now()
    await once()
    took.push(performance.now() - at)
  }
}

await Promise.all(Array.from({ length: max }, () => pool.query('select 1')))
const began = performance.now()
await Promise.all(Array.from({ length: Number(atOnce) }, () => work(began + Number(seconds) * 1000)))
const rate = took.length / ((performance.now() - began) / 1000)
await pool.end()
process.stdout.write(`${JSON.stringify({ rate, count: took.length })}\n`)
