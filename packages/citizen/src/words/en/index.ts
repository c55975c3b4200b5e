import type { WordsOf } from '@sokhoe/ui/speech'
import { en as parts } from '@sokhoe/ui/words/en'
import type { vi } from '../vi/index.ts'
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

/** The same phrases in English; loaded only when chosen. */
export const en: WordsOf<typeof vi> = {
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
}
