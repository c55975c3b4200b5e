/** A whole person at once: everything, or what a doctor must know first. */
import type { Interaction } from '../answer.ts'
import { everythingOf } from './everything.ts'
import { summaryOf } from './summary.ts'

export const wholePerson: readonly Interaction[] = [...everythingOf, ...summaryOf]
