import type { Interaction } from '../answer.ts'
import { creating } from './create.ts'
import { remembering } from './history.ts'
import { patching } from './patch.ts'
import { reading } from './read.ts'
import { removing } from './remove.ts'
import { updating } from './update.ts'

/** What is done with one resource at its address. */
export const interactions: readonly Interaction[] = [
  ...reading,
  ...remembering,
  ...creating,
  ...updating,
  ...patching,
  ...removing,
]
