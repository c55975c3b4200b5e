import { Agent, get } from 'node:http'

/**
 * Residents who read their books, so many at once. Runs as a process of its own, the cookies as a JSON list on its
 * input: readers.ts BASE PATH AT_ONCE SECONDS. Says one line of JSON: requests a second, milliseconds, faults.
 */
const [, , base = '', path = '', atOnce = '', seconds = ''] = process.argv
const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) })

async function readInput(): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

const cookies = JSON.parse(await readInput()) as string[]
const took: number[] = []
const faults: string[] = []
let bytes = 0

function read(cookie: string): Promise<void> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    get(`${base}${path}`, { agent, headers: { cookie } }, (reply) => {
      if (reply.statusCode !== 200) faults.push(`${reply.statusCode}`)
      reply.on('data', (part: Buffer) => {
        bytes += part.length
      })
      reply.on('end', () => {
        took.push(performance.now() - began)
        resolve()
      })
    }).on('error', reject)
  })
}

const began = performance.now()
let next = 0
async function reader(): Promise<void> {
  while (performance.now() - began < Number(seconds) * 1000) {
    next += 1
    await read(cookies[next % cookies.length] ?? '')
  }
}
await Promise.all(Array.from({ length: Number(atOnce) }, reader))
const sorted = took.toSorted((a, b) => a - b)
const at = (part: number): number =>
  Number((sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(1))
process.stdout.write(
  `${JSON.stringify({
    rate: took.length / ((performance.now() - began) / 1000),
    p50: at(0.5),
    p99: at(0.99),
    bytes: Math.round(bytes / took.length),
    faults: faults.length,
    fault: faults[0],
  })}\n`,
)
agent.destroy()
