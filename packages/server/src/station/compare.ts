import type { IdCard, InsuranceCard } from '@sokhoe/model/cardschema'
import { maskNumber } from '@sokhoe/model/mask'
import { asciiKey, exactKey } from '@sokhoe/model/names'
import type { Demographics, EndedNumber, StatedIdentifier } from '../identity/index.ts'

/** What a document says; a field it does not have, or that nobody read from it, is absent. */
export interface Document {
  readonly name?: string
  readonly birthDate?: string
  readonly sex?: 'male' | 'female'
  /** The number by which it is known first. */
  readonly numbers?: readonly StatedIdentifier[]
  readonly address?: string
  /** YYYY-MM-DD on which it was issued. */
  readonly issuedOn?: string
  /** Numbers of before that it names: they have ended. */
  readonly old?: readonly EndedNumber[]
}

export type Field = 'name' | 'birthDate' | 'sex' | 'number' | 'address'

export interface Compared {
  readonly field: Field
  /** near: the same but for marks, or one knows the date less exactly; missing: the book does not say. */
  readonly verdict: 'same' | 'near' | 'differs' | 'missing'
  readonly document: string
  readonly book: string | null
  /** Must be put right before the book can be confirmed. */
  readonly settle: boolean
}

const bare = (value: string): string => value.toUpperCase().replaceAll(/[\s.-]/g, '')

/** Two addresses are never told apart for certain: words in another order or an older ward are one door. */
const addressKey = (address: string): string =>
  asciiKey(address)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

function ofName(said: string, { name }: Demographics): Compared {
  const verdict =
    exactKey(said) === exactKey(name) ? 'same' : asciiKey(said) === asciiKey(name) ? 'near' : 'differs'
  return { field: 'name', verdict, document: said, book: name, settle: verdict !== 'same' }
}

function ofBirth(said: string, { birthDate }: Demographics): Compared {
  // an insurance card of a child may know the year alone: then the book says more
  const verdict = birthDate.startsWith(said) ? 'same' : said.startsWith(birthDate) ? 'near' : 'differs'
  return { field: 'birthDate', verdict, document: said, book: birthDate, settle: verdict !== 'same' }
}

function ofSex(said: 'male' | 'female', { sex }: Demographics): Compared {
  const verdict = sex === said ? 'same' : sex === 'unknown' ? 'missing' : 'differs'
  return { field: 'sex', verdict, document: said, book: sex, settle: verdict !== 'same' }
}

function ofNumber(numbers: readonly StatedIdentifier[], { identifiers }: Demographics): Compared | undefined {
  const [first] = numbers
  if (!first) return undefined
  const known = identifiers.some(({ value }) => numbers.some((one) => bare(one.value) === bare(value)))
  const other = identifiers.find(({ system }) => system === first.system)
  const verdict = known ? 'same' : other ? 'differs' : 'missing'
  const book = known ? first.value : other?.value
  return {
    field: 'number',
    verdict,
    document: maskNumber(first.value),
    book: book === undefined ? null : maskNumber(book),
    settle: verdict === 'differs',
  }
}

function ofAddress(said: string, { address }: Demographics): Compared {
  const same = address !== undefined && addressKey(address) === addressKey(said)
  const verdict = same ? 'same' : address === undefined ? 'missing' : 'differs'
  return { field: 'address', verdict, document: said, book: address ?? null, settle: false }
}

/** Field by field, in the order of the card; where people live is shown, and never stands in the way. */
export function compare(document: Document, book: Demographics): Compared[] {
  const { name, birthDate, sex, numbers, address } = document
  return [
    name !== undefined && ofName(name, book),
    birthDate !== undefined && ofBirth(birthDate, book),
    sex !== undefined && ofSex(sex, book),
    numbers && ofNumber(numbers, book),
    address !== undefined && ofAddress(address, book),
  ].filter((one) => typeof one === 'object')
}

const numberOn = (system: StatedIdentifier['system'], value: string | null): StatedIdentifier[] =>
  value === null ? [] : [{ system, value }]

/** The code of an identity card names the number before: of nine digits, or of twelve where that was cancelled. */
function oldNumbersOn(card: IdCard | InsuranceCard): EndedNumber[] {
  if (card.kind !== 'cccd' || card.oldIdNumber === null || card.oldIdNumber === card.idNumber) return []
  const [one] = numberOn(card.oldIdNumber.length === 12 ? 'cccd' : 'cmnd', card.oldIdNumber)
  return one ? [{ ...one, ...(card.issuedOn?.length === 10 && { until: card.issuedOn }) }] : []
}

/** What a card that was read says. */
export function documentOf(card: IdCard | InsuranceCard): Document {
  const { name, birthDate, sex, address } = card
  const numbers =
    card.kind === 'cccd'
      ? [
          ...numberOn('cccd', card.idNumber),
          ...numberOn(card.oldIdNumber?.length === 12 ? 'cccd' : 'cmnd', card.oldIdNumber),
        ]
      : card.cardNumber.length === 10
        ? numberOn('bhxh', card.cardNumber)
        : [...numberOn('bhyt', card.cardNumber), ...numberOn('bhxh', card.socialInsuranceNumber)]
  const old = oldNumbersOn(card)
  return {
    name,
    birthDate,
    sex,
    numbers,
    ...(address !== null && { address }),
    ...(card.issuedOn?.length === 10 && { issuedOn: card.issuedOn }),
    ...(old.length > 0 && { old }),
  }
}

/**
 * The book with fields put right by a document; its number joins the book's, or takes the place of another of its kind.
 * @param take fields in which the document is believed
 */
export function corrected(book: Demographics, document: Document, take: readonly Field[]): Demographics {
  const { name, birthDate, sex, numbers: [number] = [] } = document
  const others = book.identifiers.filter(({ system }) => system !== number?.system)
  return {
    ...book,
    ...(take.includes('name') && name !== undefined && { name }),
    ...(take.includes('birthDate') && birthDate !== undefined && { birthDate }),
    ...(take.includes('sex') && sex !== undefined && { sex }),
    ...(take.includes('number') && number && { identifiers: [number, ...others] }),
  }
}
