import { vi as parts } from '@sokhoe/ui/words/vi'
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

/** Every phrase of the staff app in Vietnamese, one file an area. `{name}` is a gap that `say` fills. */
export const vi = {
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
} as const
