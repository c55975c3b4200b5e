import type { WordsOf } from '@sokhoe/ui/speech'
import type { help as phrases } from '../vi/help.ts'

export const help: WordsOf<typeof phrases> = {
  'help.open': 'Help',
  'help.title': 'Help',
  'help.code': 'No code came?',
  'help.code.text':
    'Wait a minute and press “Send again”. If none comes, use a slip from the station or ask its staff.',
  'help.poster': 'No book yet?',
  'help.poster.text':
    'Point the phone’s camera at the QR poster at the ward health station or in your alley.',
  'help.new-phone': 'New phone or number?',
  'help.new-phone.text':
    'New phone: sign in with your number and scan your identity card. New number: the ward health station moves the book.',
  'help.network': 'Network gone half way?',
  'help.network.text': 'Just go on. Answers stay sealed on the phone and go when online.',
  'help.wrong': 'Told something wrong?',
  'help.wrong.text':
    'Open the book, choose the part and send it again. The old version stays in the history.',
  'help.emergency': 'Emergency',
  'help.emergency.text':
    'Chest pain, short breath, weakness, heavy bleeding: call 115 now. This book is no emergency service.',
  'data.title': 'How the Department keeps data',
  'data.who': 'Who keeps it',
  'data.who.text': 'The Department of Health of Ho Chi Minh City keeps the book. It belongs to you.',
  'data.sees': 'Who may look',
  'data.sees.text':
    'Those who treat you, when you agree; in an emergency with a reason on record. Every look shows under “Seen by”.',
  'data.sealed': 'How it is sealed',
  'data.sealed.text':
    'Each person has an own key. Nothing is overwritten: every change is a new version with its source and time.',
  'data.phone': 'On this phone',
  'data.phone.text':
    'Copies for reading without network are sealed, and delete themselves after 7 days without one. Signing out clears the phone; unsent answers are asked about.',
  'data.rights': 'Your rights',
  'data.rights.text':
    'See, change and withdraw consent at any time. Refusing a side purpose does not cost you the book.',
}
