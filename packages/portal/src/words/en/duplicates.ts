import type { WordsOf } from '@sokhoe/ui/speech'
import type { duplicates as phrases } from '../vi/duplicates.ts'

export const duplicates: WordsOf<typeof phrases> = {
  'nav.duplicates': 'Possible duplicates',
  'duplicates.title': 'May be one person',
  'duplicates.lead':
    'Two books that may be one person’s. Look at each pair and say what it is. Books are not joined here.',
  'duplicates.none': 'There is no pair to look at.',
  'duplicates.reason.same-number': 'Same document number',
  'duplicates.reason.same-name': 'Same name and birth date',
  'duplicates.reason.same-address': 'Same address',
  'duplicates.state.open': 'To look at',
  'duplicates.state.review': 'Sent on',
  'duplicates.away': 'Somebody in {ward}',
  'duplicates.away.unknown': 'Somebody of another ward',
  'duplicates.away.what': 'This station does not see people of another ward. The question can be sent on.',
  'duplicates.and': 'and',
  'duplicates.open': 'Compare',
  'duplicates.field.name': 'Name',
  'duplicates.field.birthDate': 'Birth date',
  'duplicates.field.sex': 'Sex',
  'duplicates.field.address': 'Lives at',
  'duplicates.field.numbers': 'Documents',
  'duplicates.field.level': 'Verified',
  'duplicates.field.since': 'Book since',
  'duplicates.one': 'First book',
  'duplicates.two': 'Second book',
  'duplicates.unknown': 'not told',
  'duplicates.same': 'Same',
  'duplicates.differs': 'Different',
  'duplicates.not-same': 'Two different people',
  'duplicates.review': 'Send on',
  'duplicates.review.what':
    'Sending on only writes the question down. Both books stay; nobody joins them yet.',
  'duplicates.settled.not-same': 'Written down: two different people.',
  'duplicates.settled.review': 'Sent on. Both books stay as they are.',
}
