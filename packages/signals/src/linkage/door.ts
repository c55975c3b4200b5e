/** Where somebody lives, as registers write it: the number on the door and the words of the street. */
import { isOneSlip, likeness } from '@sokhoe/model/likeness'
import { nameWord } from '@sokhoe/model/namewords'

export interface Door {
  /** '12/3'; empty where none was written. */
  readonly house: string
  /** The street's words in one, without 'street', 'đường' and the like. */
  readonly street: string
  /** All words of the address but the house and the units it lies in, sorted. */
  readonly words: readonly string[]
}

/** Words that every address has. */
const COMMON: ReadonlySet<string> = new Set(
  `street st road rd avenue ave place pl court ct drive dr crescent cres close circuit lane ln terrace way
  duong pho hem ngo ngach so nha phuong p quan q huyen xa tp thanh tphcm hcm viet nam to khu kp ap tinh`.split(
    /\s+/,
  ),
)

const LONGEST = 160
const PLAIN = /^[ -~]*$/
const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}/]+/u)
    .map((word) => (PLAIN.test(word) ? word : nameWord(word).ascii))
    .filter((word) => word !== '')

/**
 * A ward, district or city: it is compared as such. Half of what is written of an address is its units, so that two
 * strangers of one ward would seem to live at one place.
 */
const isUnit = (words: readonly string[]): boolean =>
  /^(?:phuong|xa|dac khu|thi tran|thi xa|quan|huyen|thanh pho|tinh|tp|tphcm|p\d*|q\d*|viet nam)(?: |$)/.test(
    words.join(' '),
  )

const FLAT = /^\s*(?:c[aă]n h[oộ]|chung c[uư]|ph[oò]ng)(?=[\s.\d])/iu

/** The flat is written before the house: Căn hộ C4-08, 89/22 Bùi Đình Túy. */
const withoutFlat = (parts: readonly string[]): readonly string[] =>
  parts.length > 1 && FLAT.test(parts[0] ?? '') ? parts.slice(1) : parts

/** @returns undefined where nothing is written */
export function doorOf(address: string | undefined): Door | undefined {
  if (address === undefined || address.trim() === '') return undefined
  const [head = '', ...tail] = withoutFlat(address.slice(0, LONGEST).split(','))
  const first = wordsOf(head)
  const second = first.length === 1 && /\d/.test(first[0] ?? '') ? wordsOf(tail.shift() ?? '') : []
  const all = [...first, ...second]
  const at = all.findIndex((word) => /^\d/.test(word))
  const house = at >= 0 && at <= 2 ? (all[at] ?? '') : ''
  const inStreet = all.filter((_, index) => house === '' || index !== at)
  const named = inStreet.filter((word) => !COMMON.has(word))
  const street = (named.length > 0 ? named : inStreet).join('')
  const beyond = tail.map(wordsOf).filter((part) => !isUnit(part))
  const words = [...new Set([...named, ...beyond.flat().filter((word) => !COMMON.has(word))])].sort()
  return street === '' && house === '' && words.length === 0 ? undefined : { house, street, words }
}

export type DoorLikeness = 'same-door' | 'same-street' | 'same-words' | 'same-house' | 'different'

const ALIKE = 0.9
/** Đường số 54 is not Đường số 50 written in haste. */
const isNumbered = (street: string): boolean => /\d/.test(street)
const isSameStreet = (a: string, b: string): boolean => {
  if (a === '' || b === '') return false
  if (a === b) return true
  return !isNumbered(a) && !isNumbered(b) && (isOneSlip(a, b) || likeness(a, b) >= ALIKE)
}

/** Share of the shorter list that is in the other. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const [few, many] = a.length <= b.length ? [a, b] : [b, a]
  if (few.length === 0) return 0
  let found = 0
  for (const word of few)
    if (many.includes(word) || (word.length > 4 && many.some((other) => isOneSlip(word, other)))) found++
  return found / few.length
}

const sameHouse = (a: string, b: string): boolean => a !== '' && a === b

/** Symmetric. */
export function compareDoors(a: Door, b: Door): DoorLikeness {
  if (isSameStreet(a.street, b.street)) return sameHouse(a.house, b.house) ? 'same-door' : 'same-street'
  const shared = Math.min(overlap(a.words, b.words), overlap(b.words, a.words))
  if (shared >= 0.5 && a.words.length + b.words.length > 2)
    return sameHouse(a.house, b.house) ? 'same-door' : 'same-words'
  return sameHouse(a.house, b.house) ? 'same-house' : 'different'
}
