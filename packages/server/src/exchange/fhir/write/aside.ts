import { Worker } from 'node:worker_threads'
import type { FhirResource } from '@sokhoe/fhir'
import type { Issue } from '@sokhoe/fhir/validate'
import { Problem } from '../../../platform/problem.ts'
import { needSound, needValid } from './check.ts'

/** Looking through more takes longer than others should be kept waiting. */
const LONG = 1024 * 1024
const MOST_AT_ONCE = 2
const OLD_MEGABYTES = 1024
const MOST_TIME = 60_000

const running = { count: 0 }

function lookThrough(body: Buffer): Promise<readonly Issue[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Issue[]>()
  const worker = new Worker(new URL('./validator.ts', import.meta.url), {
    workerData: body,
    resourceLimits: { maxOldGenerationSizeMb: OLD_MEGABYTES },
  })
  const late = setTimeout(() => void worker.terminate(), MOST_TIME)
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', () => reject(new Error('the thread ended')))
  return promise.finally(() => clearTimeout(late))
}

/**
 * The same as `needValid`; a long resource is looked through in a thread of its own, while the server goes on.
 * @param body as it arrived; undefined where it was read before
 * @throws {Problem} fhir.invalid, fhir.malformed; fhir.too-large: it takes too long or too much room; request.busy
 */
export async function needValidAside(resource: FhirResource, body: Buffer | undefined): Promise<void> {
  if (!body || body.length <= LONG) return needValid(resource)
  if (running.count >= MOST_AT_ONCE) throw new Problem('request.busy', { retryAfter: 5 })
  running.count += 1
  try {
    const found = await lookThrough(body).catch((cause: unknown) => {
      throw new Problem('fhir.too-large', { cause })
    })
    needSound(found)
  } finally {
    running.count -= 1
  }
}
