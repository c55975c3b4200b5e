import type { WordsOf } from '@sokhoe/ui/speech'
import type { coverage as phrases } from '../vi/coverage.ts'

export const coverage: WordsOf<typeof phrases> = {
  'nav.coverage': 'Coverage',
}
