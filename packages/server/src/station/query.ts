import { readCard } from '@sokhoe/model/card'
import type { IdCard, InsuranceCard } from '@sokhoe/model/cardschema'
import { readDate } from '@sokhoe/model/dates'
import {
  readIdNumber,
  readInsuranceNumber,
  readOldIdNumber,
  readPassport,
  readSocialInsurance,
} from '@sokhoe/model/identifiers'
import { normaliseName } from '@sokhoe/model/names'
import { readPhone } from '@sokhoe/model/phone'

/** What a worker typed or scanned into the one field of the desk, recognised by its shape. */
export type Query =
  | { readonly by: 'live' | 'printed' | 'book'; readonly text: string }
  | { readonly by: 'card'; readonly numbers: readonly string[] }
  | {
      readonly by: 'number'
      readonly text: string
      readonly numbers: readonly string[]
      readonly phone: boolean
    }
  | { readonly by: 'name'; readonly name: string; readonly birthDate: string }
  | { readonly by: 'unclear'; readonly why: 'empty' | 'card' | 'birth-date' | 'number' }

const present = (numbers: readonly (string | null)[]): string[] => numbers.filter((one) => one !== null)

/** Every number on a card under which a book may know its holder. */
const numbersOn = (card: IdCard | InsuranceCard): string[] =>
  card.kind === 'cccd'
    ? present([card.idNumber, card.oldIdNumber])
    : present([card.cardNumber, card.socialInsuranceNumber])

function ofCard(text: string, today: string): Query {
  const reading = readCard(text, { today })
  return reading.ok ? { by: 'card', numbers: numbersOn(reading.card) } : { by: 'unclear', why: 'card' }
}

/** One number may be of several kinds: ten digits are a telephone's or an insured person's. */
function ofNumber(text: string): Query {
  const bare = text.replaceAll(/[\s.()-]/g, '').toUpperCase()
  const readings = [
    readIdNumber,
    readInsuranceNumber,
    readOldIdNumber,
    readSocialInsurance,
    readPassport,
  ].map((read) => read(bare))
  const numbers = [...new Set(readings.flatMap((one) => (one.ok ? [one.number] : [])))]
  const phone = readPhone(text, { synthetic: true }).ok
  return numbers.length > 0 || phone
    ? { by: 'number', text, numbers, phone }
    : { by: 'unclear', why: 'number' }
}

const NAME_AND_DATE = /^(\D+?)[\s,;]+(\d[\d\s/.-]{2,11}\d)$/u

function ofName(text: string): Query {
  const [, name = '', written = ''] = NAME_AND_DATE.exec(text) ?? []
  const date = readDate(written)
  return name !== '' && date.ok
    ? { by: 'name', name: normaliseName(name), birthDate: date.date }
    : { by: 'unclear', why: 'birth-date' }
}

const LINK = /^https?:\/\/[^/]+\/([lc])\//
const BOOK = /^79(?:\s?\d){10}$/
/** Digits, blanks and the letters that stand before some numbers. */
const NUMBER = /^\+?[A-Za-z]{0,2}\d?(?:[A-Za-z]{2})?[\d\s.()-]+$/
/** Nothing longer is a card, and nobody types it. */
const LONGEST = 4096

/**
 * @param typed what the scanner or the keyboard gave, whatever it holds
 * @param today YYYY-MM-DD in Vietnam
 */
export function readQuery(typed: string, today: string): Query {
  const text = typed.slice(0, LONGEST).trim()
  if (text === '') return { by: 'unclear', why: 'empty' }
  const link = LINK.exec(text)?.[1]
  if (link) return { by: link === 'l' ? 'live' : 'printed', text }
  if (text.includes('|')) return ofCard(text, today)
  if (BOOK.test(text)) return { by: 'book', text }
  return NUMBER.test(text) ? ofNumber(text) : ofName(text)
}
