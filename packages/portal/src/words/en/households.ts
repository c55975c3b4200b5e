import type { WordsOf } from '@sokhoe/ui/speech'
import type { households as phrases } from '../vi/households.ts'

export const households: WordsOf<typeof phrases> = {
  'nav.households': 'Households',
}
