import type { WordsOf } from '@sokhoe/ui/speech'
import type { card as phrases } from '../vi/card.ts'

export const card: WordsOf<typeof phrases> = {
  'card.name': 'Health card',
  'card.city': 'Sổ Khỏe TP. Hồ Chí Minh',
  'card.birth': 'Date of birth',
  'card.sex': 'Sex',
  'card.station': 'Health station',
  'card.number': 'Book number',
  'card.qr': 'QR of the health card of {name}',
  'card.loading': 'Getting the card…',
  'card.what': 'Show this code when you see a doctor. It holds no name, number or illness.',
  'sex.male': 'Man',
  'sex.female': 'Woman',
  'sex.other': 'Undetermined',
  'sex.unknown': 'Not known',
  'level.phone': 'Waiting for the station to confirm',
  'level.card': 'Card checked',
  'level.verified': 'Confirmed at the station',
}
