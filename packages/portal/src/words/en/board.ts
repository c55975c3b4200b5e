import type { WordsOf } from '@sokhoe/ui/speech'
import type { board as phrases } from '../vi/board.ts'

export const board: WordsOf<typeof phrases> = {
  'board.target': 'Target',
}
