/**
 * Names taken apart into words that are compared one by one: each word is folded once and shared by all who bear it,
 * so that a million names are a million short lists of the same few thousand words.
 */
import { isOneSlip, likeness } from './likeness.ts'
import { asciiKey, displayName, exactKey, repairName, soundKey, tonelessKey } from './names.ts'
import { formalName } from './nicknames.ts'
import { isBareSyllable, isSyllable } from './syllables.ts'

export interface NameWord {
  /** Any case, any place of the tone: key K1. */
  readonly exact: string
  readonly toneless: string
  /** No mark at all, no apostrophe. */
  readonly ascii: string
  /** As both dialects may write it: Huỳnh and Hoàng, Võ and Vũ, Giang and Dang are one. */
  readonly dialect: string
  /** The name in full that stands behind a short form: tom is thomas. */
  readonly formal: string
  readonly marked: boolean
  /** Can it be written in Vietnamese as one syllable, or be one that has lost its marks? */
  readonly vietnamese: boolean
}

/** One name in two dialects (the southern courts avoided the names of their lords); written without marks. */
const EQUIVALENTS: Readonly<Record<string, string>> = {
  hoang: 'huynh',
  vu: 'vo',
  phuoc: 'phuc',
  nhon: 'nhan',
  kieng: 'canh',
  chau: 'chu',
  sanh: 'sinh',
  tong: 'tung',
  cang: 'cuong',
}

/** A bound on memory, not on names: a city bears far fewer different words. */
const MOST_WORDS = 200_000
const words = new Map<string, NameWord>()

/** Most words, and all of some files, need no folding but of their sound. */
const BARE = /^[a-z]+$/

const foldBare = (word: string): NameWord => ({
  ...{ exact: word, toneless: word, ascii: word },
  dialect: soundKey(EQUIVALENTS[word] ?? word),
  formal: formalName(word),
  marked: false,
  vietnamese: isBareSyllable(word),
})

function fold(text: string): NameWord {
  if (BARE.test(text)) return foldBare(text)
  const exact = exactKey(text)
  const ascii = asciiKey(text).replaceAll(/[^\p{L}\p{N}]+/gu, '')
  return {
    exact,
    toneless: tonelessKey(text),
    ascii,
    dialect: soundKey(EQUIVALENTS[ascii] ?? ascii),
    formal: formalName(ascii),
    marked: exact.replaceAll(/[^\p{L}\p{N}]+/gu, '') !== ascii,
    vietnamese: isSyllable(exact),
  }
}

/** The word folded, the same object for the same text as long as memory is kept. */
export function nameWord(text: string): NameWord {
  const known = words.get(text)
  if (known) return known
  if (words.size >= MOST_WORDS) words.clear()
  const word = fold(text)
  words.set(text, word)
  return word
}

/** What needs no repair: plain letters and what stands between words. */
const PLAIN = /^[A-Za-z '-]*$/
/** Also letters that only Vietnamese has, composed: nothing to repair either. */
const VIETNAMESE =
  /^[A-Za-zĂăĐđƠơƯưẠ-ỹÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý '-]*[ĂăĐđƠơƯưẠ-ỹ][A-Za-zĂăĐđƠơƯưẠ-ỹÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý '-]*$/

/** Composed letters of which any may also be what a wrong code page left: sound where each word is a syllable. */
const COMPOSED = /^[A-Za-zĂăĐđƠơƯưẠ-ỹÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý '-]*$/
const BARE_WORD = /^[A-Za-z]*$/
const isSound = (text: string): boolean =>
  COMPOSED.test(text) && text.split(/[ '-]+/).every((word) => BARE_WORD.test(word) || isSyllable(word))

const needsRepair = (text: string): boolean => !PLAIN.test(text) && !VIETNAMESE.test(text) && !isSound(text)

const TITLES: ReadonlySet<string> = new Set(
  'sir dame lord lady mr mrs ms miss dr prof rev hon esq jr sr jnr snr baronet bt bart'.split(' '),
)
const isTitle = (word: string): boolean => TITLES.has(word) || /^\d+(?:st|nd|rd|th)?$/.test(word)

const LONGEST_NAME = 255
const MOST_NAME_WORDS = 12

/** Standing alone; up to three digits behind a whole name are written to break uniqueness, and tell nothing. */
const NUMBERS = /(?<!\S)\d+(?!\S)/g
const NOISE_DIGITS = 3

function spelled(text: string): NameWord[] {
  const clean = needsRepair(text) ? displayName(text) : text
  const parts = clean
    .toLowerCase()
    .split(/[\s.,;:()/\\"_-]+/)
    .filter((part) => part !== '' && part !== "'")
    .slice(0, MOST_NAME_WORDS)
  const named = parts.filter((part) => !isTitle(part))
  return (named.length > 0 ? named : parts).map(repaired).filter((word) => word.ascii !== '')
}

const FOREIGN = /[^a-z'-]/

const repairs = new Map<string, NameWord>()

/** One word of another code page among sound ones; the whole name is repaired before. Trying four code pages is dear. */
function repaired(part: string): NameWord {
  const word = nameWord(part)
  if (word.vietnamese || !FOREIGN.test(part)) return word
  const known = repairs.get(part)
  if (known) return known
  if (repairs.size >= MOST_WORDS) repairs.clear()
  const { name, from } = repairName(part)
  const right = from === null ? word : nameWord(name.toLowerCase())
  repairs.set(part, right)
  return right
}

const COMMON_FAMILIES = 'nguyen tran le pham huynh phan vo bui ngo doan dinh trinh duong luong'.split(' ')
const FAMILIES: ReadonlySet<string> = new Set([
  ...COMMON_FAMILIES,
  ...'hoang vu dang do ho ly dao truong lam mai luu ha thai to ta tang chau quach cao kieu la lu mac'.split(
    ' ',
  ),
  ...'thach son tieu tong trieu ton vuong van nghiem phung khuc chu danh kim au bach bien huu'.split(' '),
])

/** A family name that hardly anybody bears as a given one. */
export const isFamilyName = (word: NameWord): boolean => COMMON_FAMILIES.includes(word.ascii)

export const mayBeFamilyName = (word: NameWord): boolean => FAMILIES.has(word.ascii)

/** Neither a family name nor a slip or the beginning of one. */
export const isNoFamilyName = (word: NameWord): boolean =>
  word.ascii.length > 1 &&
  !FAMILIES.has(word.ascii) &&
  !COMMON_FAMILIES.some((family) => isOneSlip(family, word.ascii) || family.startsWith(word.ascii))

/**
 * The words of a name in any spelling and encoding, in their order, titles and noise left out where more is there. A
 * number that stands for a name, or is longer than noise, is a word of it.
 */
export function wordsOfName(text: string): NameWord[] {
  const short = text.slice(0, LONGEST_NAME)
  const numbers = short.match(NUMBERS) ?? []
  if (numbers.length === 0) return spelled(short)
  const named = spelled(short.replaceAll(NUMBERS, ' '))
  const isWhole = named.filter((word) => !isFiller(word)).length > 1
  const telling = numbers.filter((number) => !isWhole || number.length > NOISE_DIGITS)
  return [...named, ...telling.slice(0, MOST_NAME_WORDS).map(nameWord)]
}

/** Words that tell the sex and little else, and are dropped and added at will. */
export const isFiller = (word: NameWord): boolean => word.ascii === 'van' || word.ascii === 'thi'

/** How two words of a name agree, best first. */
export type WordLikeness =
  | 'exact'
  | 'folded'
  | 'toneless'
  | 'letters'
  | 'dialect'
  | 'one-slip'
  | 'initial'
  | 'near'
  | 'different'

/** N., Ng., Th.: the letters before the vowel, or one letter. */
const CONSONANTS = /^[^aeiouy]{1,3}$/
const isInitial = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  return (
    (short.length === 1 || CONSONANTS.test(short)) && short.length < long.length && long.startsWith(short)
  )
}

/** From here on two longer names are held to be one with several slips. */
const NEAR = 0.86

const isNumber = ({ ascii }: NameWord): boolean => /^\d+$/.test(ascii)

function unlike(a: NameWord, b: NameWord): WordLikeness {
  // numbers are counted, not spelt: 1234 is no slip of 1235
  if (isNumber(a) || isNumber(b)) return 'different'
  if (a.dialect === b.dialect || a.formal === b.formal) return 'dialect'
  if (isInitial(a.ascii, b.ascii)) return 'initial'
  if (isOneSlip(a.ascii, b.ascii) && Math.max(a.ascii.length, b.ascii.length) > 2) return 'one-slip'
  return likeness(a.ascii, b.ascii) >= NEAR ? 'near' : 'different'
}

/**
 * @param folded true where one of the names has no mark at all, as old systems send them: then missing marks are no
 *   difference of the word
 */
export function compareWords(a: NameWord, b: NameWord, folded: boolean): WordLikeness {
  if (a === b || a.exact === b.exact) return 'exact'
  if (a.ascii !== b.ascii) return unlike(a, b)
  if (folded) return 'folded'
  return a.toneless === b.toneless ? 'toneless' : 'letters'
}
