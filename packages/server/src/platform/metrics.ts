import { createServer, type Server } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export const registry = new Registry()
collectDefaultMetrics({ register: registry })

const requestSeconds = new Histogram({
  name: 'sokhoe_http_request_seconds',
  help: 'Time to answer, by route pattern and status class',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
  registers: [registry],
})

/** Looking up a line of the histogram by its labels costs more than adding to it. */
const lines = new Map<string, { readonly observe: (seconds: number) => void }>()

/** @param route its pattern, of which there are as many as routes */
export function observeAnswer(method: string, route: string, status: number, seconds: number): void {
  const group = `${Math.floor(status / 100)}xx`
  const name = `${method} ${route} ${group}`
  const line = lines.get(name) ?? requestSeconds.labels({ method, route, status: group })
  lines.set(name, line)
  line.observe(seconds)
}

/** What was expected and happened: counted by outcome, never by person. */
export const outcomes = new Counter({
  name: 'sokhoe_outcomes_total',
  help: 'Outcomes of domain actions, by action and outcome',
  labelNames: ['action', 'outcome'] as const,
  registers: [registry],
})

/** A number that is read when it is asked for, such as a queue's length. */
export function gauge(name: string, help: string, read: () => Promise<number>): void {
  registry.removeSingleMetric(name)
  new Gauge({
    name,
    help,
    registers: [registry],
    async collect() {
      this.set(await read().catch(() => Number.NaN))
    },
  })
}

/** Serves /metrics on a port of its own, never on the public one. Port 0 takes any free one. */
export function openMetrics(
  port: number,
  host: string,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    if (request.url !== '/metrics') return void response.writeHead(404).end()
    const text = await registry.metrics()
    response.writeHead(200, { 'content-type': registry.contentType }).end(text)
  })
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve({
        port: typeof address === 'object' && address ? address.port : port,
        close: () => new Promise((done) => server.close(() => done())),
      })
    })
  })
}
