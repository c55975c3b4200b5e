import type { Interaction } from '../answer.ts'
import { creating } from './create.ts'
import { reading } from './read.ts'
import { removing } from './remove.ts'
import { updating } from './update.ts'

/** What is done with one resource at its address. */
export const interactions: readonly Interaction[] = [...reading, ...creating, ...updating, ...removing]
