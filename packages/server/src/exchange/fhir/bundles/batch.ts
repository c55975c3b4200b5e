import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask } from '../answer.ts'
import { MOST_OF_ONE } from '../leaving.ts'
import { issuesOf, outcome } from '../outcome.ts'
import { responseBundle, type Told } from './answer.ts'
import { doOne } from './one.ts'
import type { Entry } from './read.ts'
import type { Router } from './router.ts'

/** So many of one batch go at once: others want to be served meanwhile. */
const AT_ONCE = 4

/** When the answer has grown long, what is left is not done. */
const tooMuch = (): Told => ({ status: 413, outcome: outcome(issuesOf(new Problem('fhir.too-large'))) })

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
      const one = length > MOST_OF_ONE / 2 ? tooMuch() : await doOne(ask, route, entry)
      length += one.resource?.length ?? 0
      told[entry.at] = one
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return responseBundle('batch', told)
}
