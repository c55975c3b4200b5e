import { createServer } from 'node:http'
import pg from 'pg'

/**
 * The least that could answer the same requests durably: bare HTTP, and one plain committed insert of the body for each
 * of the three that change something. Runs as a process of its own: bare.ts DATABASE_URL. Says its address.
 */
const pool = new pg.Pool({ connectionString: process.argv[2] ?? '', max: 16 })
await pool.query('create schema if not exists bench')
await pool.query(
  'create table if not exists bench.bare (no bigint generated always as identity primary key, body bytea)',
)

const ANSWERS = {
  start: [202, '{"challenge":"x"}'],
  messages: [200, '[{"text":"123456"}]'],
  answer: [200, '{}'],
  declarations: [201, '{}'],
} as const

const server = createServer(async (request, reply) => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const name = request.url?.match(/start|messages|answer|declarations/)?.[0] as keyof typeof ANSWERS
  const [status, body] = ANSWERS[name]
  if (request.method !== 'GET')
    await pool.query({
      name: 'insert',
      text: 'insert into bench.bare (body) values ($1)',
      values: [Buffer.concat(parts)],
    })
  reply.writeHead(status, { 'content-type': 'application/json', 'set-cookie': 'sk_session=x' }).end(body)
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.stdout.write(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}\n`)
})
