import type { WordsOf } from '@sokhoe/ui/speech'
import type { assist as phrases } from '../vi/assist.ts'

export const assist: WordsOf<typeof phrases> = {
  'nav.assist': 'Assist',
}
