import { Agent, request as ask, type IncomingHttpHeaders } from 'node:http'
import { answersOf, cityOf } from '@sokhoe/city'

/**
 * Residents who come by all at once: each starts, reads her code, answers and declares who she is with the whole first
 * part. Runs as a process of its own: residents.ts BASE CAMPAIGN AT_ONCE SECONDS FIRST. Says one line of JSON.
 */
const [, , base = '', campaign = '', atOnce = '', seconds = '', first = ''] = process.argv
const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) })

interface Reply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

function send(method: string, path: string, body = '', headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const type =
      body === '' ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const request = ask(`${base}${path}`, { agent, method, headers: { ...headers, ...type } }, (reply) => {
      const parts: Buffer[] = []
      reply.on('data', (part: Buffer) => parts.push(part))
      reply.on('end', () =>
        resolve({
          status: reply.statusCode ?? 0,
          headers: reply.headers,
          body: Buffer.concat(parts).toString(),
        }),
      )
    })
    request.on('error', reject)
    request.end(body)
  })
}

/** Declarations of grown-ups of a synthetic city, as the app sends them. */
const DAY = '2026-11-20'
const GROWN_BEFORE = '2006'
const declarations = [...cityOf({ seed: 'bench', residents: 600, until: DAY })].flatMap(
  ({ address, members }) =>
    members
      .filter(({ birthDate }) => birthDate < GROWN_BEFORE)
      .map((resident) => JSON.stringify(answersOf(resident, address, DAY))),
)

function must(reply: Reply, status: number): Reply {
  if (reply.status !== status) throw new Error(`${reply.status} ${reply.body.slice(0, 200)}`)
  return reply
}

async function flow(resident: number): Promise<void> {
  const phone = `09${String(10_000_000 + resident)}`
  const started = must(await send('POST', `/api/campaigns/${campaign}/start`, JSON.stringify({ phone })), 202)
  const { challenge } = JSON.parse(started.body) as { challenge: string }
  const messages = must(await send('GET', `/dev/messages?phone=${phone}`), 200)
  const code = messages.body.match(/\d{6}(?!.*\d{6})/)?.[0] ?? ''
  const answer = await send('POST', `/api/challenges/${challenge}/answer`, JSON.stringify({ code }))
  const cookie = (must(answer, 200).headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ')
  const uuid = `00000000-0000-4000-8000-${String(resident).padStart(12, '0')}`
  const body = declarations[resident % declarations.length] ?? ''
  must(await send('PUT', `/api/me/declarations/${uuid}`, body, { cookie }), 201)
}

const faults: string[] = []
const took: number[] = []
let next = Number(first)
const began = performance.now()

async function resident(): Promise<void> {
  while (performance.now() - began < Number(seconds) * 1000) {
    const at = performance.now()
    next += 1
    await flow(next).then(
      () => took.push(performance.now() - at),
      (error: Error) => faults.push(error.message),
    )
  }
}

await Promise.all(Array.from({ length: Number(atOnce) }, resident))
agent.destroy()
const passed = (performance.now() - began) / 1000
const sorted = took.toSorted((a, b) => a - b)
const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
const result = {
  rate: took.length / passed,
  p50: at(0.5),
  p99: at(0.99),
  faults: faults.length,
  fault: faults[0],
  next,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
