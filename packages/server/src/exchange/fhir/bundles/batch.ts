import type { Answer, Ask } from '../answer.ts'
import { isLong, responseBundle, type Told, tooMuch } from './answer.ts'
import { doOne } from './one.ts'
import type { Entry } from './read.ts'
import type { Router } from './router.ts'

/** So many of one batch go at once: others want to be served meanwhile. */
const AT_ONCE = 4

/**
 * Every entry by itself, in no promised order: one that is refused hinders no other.
 * @see https://hl7.org/fhir/R4/http.html#transaction
 */
export async function batch(ask: Ask, route: Router, entries: readonly Entry[]): Promise<Answer> {
  const told: Told[] = []
  let length = 0
  const left = [...entries].reverse()
  const work = async (): Promise<void> => {
    for (let entry = left.pop(); entry; entry = left.pop()) {
      const one = isLong(length) ? tooMuch() : await doOne(ask, route, entry)
      length += one.resource?.length ?? 0
      told[entry.at] = one
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return responseBundle('batch', told)
}
