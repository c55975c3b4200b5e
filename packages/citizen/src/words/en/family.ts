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
  'problem.family.own-book-first': 'First have a book of your own and be 18 or older',
  'problem.family.grown-up':
    'This person is 18 or older: they make their own book and give the right themselves',
  'problem.family.station-needed':
    'One phone adds only so many children. Please go to the health station for more',
  'problem.family.nothing-to-confirm': 'There is nothing to agree to now',
  'problem.family.code-refused': 'The code is wrong, was used or has ended',
  'problem.family.not-yourself': 'This needs another person or another phone number, not your own',
  'problem.family.birth-date-kept': 'A representative cannot change the birth date. The health station can',
  'problem.move.has-book': 'This number already has a book. Please go to the health station',
  'problem.move.locked': 'This book cannot move now. Please have the health station check you',
  'problem.move.none': 'There is no move of a book to undo, or it is too late',
  'problem.move.not-yet': 'While the book is on its way, this number can only add to it',
  'family.nav': 'People at home',
  'family.me': 'Me',
  'family.add': 'Add',
  'family.all': 'All ({n})',
  'family.acting': 'This is the book of {name}',
  'family.back-to-mine': 'Back to my book',
}
