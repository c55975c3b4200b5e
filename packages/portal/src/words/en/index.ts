import type { WordsOf } from '@sokhoe/ui/speech'
import { en as parts } from '@sokhoe/ui/words/en'
import type { vi } from '../vi/index.ts'
import { accounts } from './accounts.ts'
import { assist } from './assist.ts'
import { board } from './board.ts'
import { campaigns } from './campaigns.ts'
import { clients } from './clients.ts'
import { coverage } from './coverage.ts'
import { family } from './family.ts'
import { households } from './households.ts'
import { lives } from './lives.ts'
import { review } from './review.ts'
import { shell } from './shell.ts'
import { verify } from './verify.ts'
import { visits } from './visits.ts'

/** The same phrases in English; loaded only when chosen. */
export const en: WordsOf<typeof vi> = {
  ...parts,
  ...accounts,
  ...assist,
  ...board,
  ...campaigns,
  ...clients,
  ...coverage,
  ...family,
  ...households,
  ...review,
  ...lives,
  ...shell,
  ...verify,
  ...visits,
}
