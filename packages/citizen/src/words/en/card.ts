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
  'level.national': 'Confirmed by national e-identity',
  'eid.begin': 'Confirm with the national electronic identity',
  'eid.agreed': 'The book is confirmed by the national electronic identity.',
  'eid.known': 'This book was confirmed by the electronic identity before.',
  'eid.differs':
    'The electronic identity and the book say different things, so nothing is confirmed. Please bring your papers to the health station.',
  'eid.ended': 'This confirmation has run out or was already used. Please begin again.',
  'eid.refused':
    'The electronic identity has not confirmed it. Please try again, or bring your papers to the health station.',
  'eid.unreachable':
    'The electronic identity does not answer now. Nothing has changed; please try again later.',
  'live.title': 'One-time code',
  'live.what':
    'For health staff to scan while you stand in front of them. Each code works once, within a minute.',
  'live.show': 'Show a one-time code',
  'live.asking': 'Getting the code…',
  'live.give': 'Let health staff scan this code',
  'live.qr': 'One-time QR code',
  'live.left': 'Good for',
  'live.left.told': 'The code is good for about {n} seconds',
  'live.once': 'A photo of this code does not work.',
  'live.over': 'The code has run out.',
  'live.again': 'Get a new code',
  'live.offline': 'A one-time code needs a network. The printed code works without one.',
  'printed.title': 'Code printed on the card',
  'printed.print': 'Print the card, or save as PDF',
  'printed.picture': 'Save a picture of the card',
  'printed.renew': 'Replace the printed code',
  'printed.renew.title': 'Replace the code on the card?',
  'printed.renew.what':
    'Every printed card and saved picture stops working at once. The book does not change.',
  'printed.renew.yes': 'Replace, void old cards',
  'printed.renewed': 'Replaced. Cards printed before no longer work.',
  'printed.offline': 'Printing and replacing need a network.',
  'live-scanned.title': 'This is a one-time code of Sổ Khỏe',
  'live-scanned.what':
    'It works once, within a minute, at a health counter. It holds no name, number or illness.',
  'live-scanned.todo': 'Health staff: scan it in the station’s program.',
}
