import type { WordsOf } from '@sokhoe/ui/speech'
import type { timeline as phrases } from '../vi/timeline.ts'

export const timeline: WordsOf<typeof phrases> = {
  'section.visit': 'Visits',
  'fact.visit': 'Visit',
}
