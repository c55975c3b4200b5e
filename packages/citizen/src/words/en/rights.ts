import type { WordsOf } from '@sokhoe/ui/speech'
import type { rights as phrases } from '../vi/rights.ts'

export const rights: WordsOf<typeof phrases> = {
  'consent.treatment': 'Those who treat me may read the book',
  'consent.programme': 'The station may call and remind me',
  'consent.research': 'Use in statistics that name nobody',
  'looked.title': 'Who looked at my book',
  'looked.loading': 'Getting the list…',
  'looked.empty': 'Nobody else has looked. Every look will show here.',
  'looked.own': 'What I opened and wrote myself',
  'looked.more': 'Show earlier ones',
}
