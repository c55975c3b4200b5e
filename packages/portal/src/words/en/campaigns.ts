import type { WordsOf } from '@sokhoe/ui/speech'
import type { campaigns as phrases } from '../vi/campaigns.ts'

export const campaigns: WordsOf<typeof phrases> = {
  'nav.campaigns': 'Campaigns',
}
