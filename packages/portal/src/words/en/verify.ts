import type { WordsOf } from '@sokhoe/ui/speech'
import type { verify as phrases } from '../vi/verify.ts'

export const verify: WordsOf<typeof phrases> = {
  'nav.verify': 'Verify',
}
