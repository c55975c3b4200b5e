import { createServer, type RequestListener, type Server } from 'node:http'
import { Problem } from '../platform/problem.ts'

/** What the house is doing before it is ready; the word is the reason that /health/ready gives. */
export type Stage = 'opening' | 'migrating' | 'filling' | 'ready' | 'ending'

export interface Door {
  readonly server: Server
  readonly stage: () => Stage
  readonly enter: (stage: Stage) => void
  /** From now on requests are answered by the house. */
  readonly hand: (handler: RequestListener) => void
}

const healthOf = (stage: Stage) => ({ status: stage === 'ready' ? 'ready' : 'not-ready', reason: stage })

/** In which a request must have arrived, whatever of the house reads it. */
const MOST_MS = 45_000

/** Answers from the first moment: alive, and why not yet ready. */
export function openDoor(): Door {
  let stage: Stage = 'opening'
  let house: RequestListener | undefined
  const server = createServer({ requestTimeout: MOST_MS }, (request, response) => {
    if (request.url === '/health/live') return answer(response, 200, { status: 'alive' })
    if (request.url === '/health/ready')
      return answer(response, stage === 'ready' ? 200 : 503, healthOf(stage))
    if (house && stage === 'ready') return house(request, response)
    const problem = new Problem('server.not-ready', { retryAfter: 2, more: { reason: stage } })
    answer(response, problem.status, problem, 'application/problem+json')
  })
  return {
    server,
    stage: () => stage,
    enter: (next) => {
      stage = next
    },
    hand: (handler) => {
      house = handler
    },
  }
}

function answer(
  response: Parameters<RequestListener>[1],
  status: number,
  body: unknown,
  type = 'application/json',
): void {
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store',
    ...(status === 503 && { 'retry-after': '2' }),
  })
  response.end(JSON.stringify(body))
}
