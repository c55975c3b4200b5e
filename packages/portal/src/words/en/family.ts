import type { WordsOf } from '@sokhoe/ui/speech'
import type { family as phrases } from '../vi/family.ts'

export const family: WordsOf<typeof phrases> = {
  'family.open': 'Acting for, new number',
  'family.holders': 'Who may see and write for the person',
  'family.none': 'Nobody has been given a right.',
  'family.waiting': 'waiting for the child’s yes',
  'family.end': 'End',
  'family.who': 'Who will act',
  'family.who.hint':
    '60-second code on the phone, paper’s number, phone, book number, or name with birth date',
  'family.relation': 'They are the person’s',
  'family.holder.child': 'parent',
  'family.holder.parent': 'child',
  'family.holder.spouse': 'spouse',
  'family.holder.sibling': 'brother or sister',
  'family.holder.grandparent': 'grandchild',
  'family.holder.ward': 'guardian',
  'family.holder.other': 'somebody else',
  'family.unfound': 'Not exactly one person found. Scan the 60-second code or type a paper’s number.',
  'family.checked': 'Only with both present and papers seen. From 7 years, ask the child.',
  'family.add': 'Give the right',
  'family.number': 'Move the book to a new phone number',
  'family.code': 'Code on the new phone',
  'family.card': 'Text scanned from the identity card, if any',
  'family.move': 'Checked: move the book',
  'family.moved': 'The book is at the new number.',
  'family.collecting': 'The check is noted. One more proof is needed: scan the identity or insurance card.',
  'problem.family.code-refused': 'The code is wrong, was used or has ended',
  'problem.family.not-yourself': 'Both sides are the same person',
}
