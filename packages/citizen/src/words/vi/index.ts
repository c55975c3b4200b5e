import { vi as parts } from '@sokhoe/ui/words/vi'
import { book } from './book.ts'
import { card } from './card.ts'
import { common } from './common.ts'
import { declare } from './declare.ts'
import { entry } from './entry.ts'
import { family } from './family.ts'
import { help } from './help.ts'
import { paper } from './paper.ts'
import { rights } from './rights.ts'
import { timeline } from './timeline.ts'

/** Every phrase of the app in Vietnamese, one file an area. `{name}` is a gap that `say` fills. */
export const vi = {
  ...parts,
  ...book,
  ...card,
  ...common,
  ...declare,
  ...entry,
  ...family,
  ...help,
  ...paper,
  ...rights,
  ...timeline,
} as const
