/** A whole person at once: everything, or what a doctor must know first; and who it is that is described. */
import type { Interaction } from '../answer.ts'
import { everythingOf } from './everything.ts'
import { matchOf } from './match.ts'
import { summaryOf } from './summary.ts'

export const wholePerson: readonly Interaction[] = [...everythingOf, ...summaryOf, ...matchOf]
