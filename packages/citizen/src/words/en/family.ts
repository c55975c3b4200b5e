import type { WordsOf } from '@sokhoe/ui/speech'
import type { family as phrases } from '../vi/family.ts'

export const family: WordsOf<typeof phrases> = {
  'under-18.title': 'Under 18 needs a representative',
  'under-18.what': 'A child’s book is started by a parent or guardian. Family books will come later.',
  'under-18.todo': 'For now, a parent can come with you to the ward health station.',
  'under-18.safe': 'What you entered is safe on this phone.',
  'under-18.mend': 'Correct the birth date',
  'for-others.title': 'For somebody else',
  'for-others.what': 'Family books will come later: children, parents without a phone.',
  'for-others.todo': 'For now, the ward health station starts a book for that person.',
  'for-others.own': 'Start my own book',
}
