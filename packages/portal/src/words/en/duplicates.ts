import type { WordsOf } from '@sokhoe/ui/speech'
import type { duplicates as phrases } from '../vi/duplicates.ts'

export const duplicates: WordsOf<typeof phrases> = {
  'nav.duplicates': 'Duplicates',
}
