/**
 * Vietnamese personal names: one spelling to show, four keys to compare by. The name as its source
 * wrote it is kept elsewhere; nothing here is a decision that two people are one.
 */
import { type Encoding, repairText } from './encodings.ts'
import { withoutTones } from './syllables.ts'

/** What separates words although it may be invisible, and what is only dirt between letters. */
const BLANKS = /[\s\p{Cc}]+/gu
const INVISIBLE = /\p{Cf}/gu

/** Tones typed before the hat of their vowel do not compose: the hat goes first. */
const MARK_RUN = /[\u0300\u0301\u0302\u0303\u0306\u0309]{2,}/g
const HATS = '\u0302\u0306'
const hatsFirst = (run: string): string =>
  [...run].toSorted((a, b) => Number(HATS.includes(b)) - Number(HATS.includes(a))).join('')

/** NFC, no invisible characters, single spaces, trimmed; the spelling stays its writer's. */
export const normaliseName = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .normalize('NFD')
    .replace(MARK_RUN, hatsFirst)
    .normalize('NFC')
    .replace(BLANKS, ' ')
    .trim()

/** Letters that only look like ours: the eth for đ, Cyrillic and Greek twins, typographic marks. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    đ: 'ðɖ',
    a: 'аα',
    b: 'в',
    c: 'с',
    e: 'еε',
    h: 'н',
    i: 'іι',
    k: 'кκ',
    m: 'м',
    n: 'ν',
    o: 'оο',
    p: 'рρ',
    t: 'тτ',
    x: 'хχ',
    y: 'у',
    "'": '’‘ʼ`´',
    '-': '‐‑‒–—',
  }).flatMap(([ours, twins]) => [...twins].map((twin) => [twin, ours] as const)),
)

const MARKED_O = 'òóỏõọ'
const MARKED_A = 'àáảãạ'
const MARKED_E = 'èéẻẽẹ'
const MARKED_U = 'ùúủũụ'
const MARKED_Y = 'ỳýỷỹỵ'

const movable = ([first, second]: readonly [string, string], firsts: string, seconds: string) => ({
  ...{ first, second, firsts, seconds },
  found: new RegExp(`(q?)(?:${first}([${seconds}])|([${firsts}])${second})(?=(\\p{L}?))`, 'gu'),
})

const MOVABLE = [
  movable(['o', 'a'], MARKED_O, MARKED_A),
  movable(['o', 'e'], MARKED_O, MARKED_E),
  movable(['u', 'y'], MARKED_U, MARKED_Y),
]

/** The tone stands on the first vowel of an open oa, oe, uy; on the second after q or before a final. */
const placeTones = (lower: string): string =>
  MOVABLE.reduce(
    (text, { first, second, firsts, seconds, found }) =>
      text.replace(found, (_all, q: string, onSecond = '', onFirst = '', next: string) => {
        const tone = onSecond ? seconds.indexOf(onSecond) : firsts.indexOf(onFirst)
        const old = q === '' && next === ''
        return q + (old ? `${firsts[tone]}${second}` : `${first}${seconds[tone]}`)
      }),
    lower,
  )

/** Folds until folding changes nothing more, so that a key made of a key is that key. */
function settle(fold: (text: string) => string, text: string, rounds = 8): string {
  const folded = fold(text)
  return folded === text || rounds === 0 ? folded : settle(fold, folded, rounds - 1)
}

/** Printable ASCII but the grave accent, which some type for an apostrophe: there is nothing to fold but case and spaces. */
const BARE = /^[ -_a-~]*$/
const foldBare = (text: string): string => text.toLowerCase().replace(/ {2,}/g, ' ').trim()

const exact = (name: string): string => {
  if (BARE.test(name)) return foldBare(name)
  const lower = normaliseName(name).toLowerCase()
  return placeTones(normaliseName([...lower].map((letter) => LOOKALIKES.get(letter) ?? letter).join('')))
}

const toneless = (name: string): string => withoutTones(exact(name))

const ascii = (name: string): string =>
  BARE.test(name)
    ? foldBare(name)
    : exact(name).normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').normalize('NFC')

/** Key K1: the same name in any case, Unicode form and tone placement. Thuỷ, THỦY → thủy. */
export const exactKey = (name: string): string => settle(exact, name)

/** Key K2: K1 without tones, keeping ă â ê ô ơ ư đ. Thủy → thuy, Đặng → đăng. */
export const tonelessKey = (name: string): string => settle(toneless, name)

/** Key K3: K1 without any mark, as old systems send names in bare capitals. Đặng → dang. */
export const asciiKey = (name: string): string => settle(ascii, name)

const SOUNDS: readonly (readonly [RegExp, string])[] = [
  [/(?<!a)y/g, 'i'],
  [/^gi(?=[aeiou])/, 'd'],
  [/^gi/, 'di'],
  [/^[rđ]/, 'd'],
  [/^s/, 'x'],
  [/^tr/, 'ch'],
  [/^l/, 'n'],
  [/^(?:k(?!h)|q)/, 'c'],
  [/^ngh/, 'ng'],
  [/ng$/, 'n'],
  [/(?<!^)c$/, 't'],
]

const soundOf = (word: string): string =>
  SOUNDS.reduce((sound, [pattern, same]) => sound.replace(pattern, same), word)

const sound = (name: string): string =>
  ascii(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map(soundOf)
    .join(' ')

/**
 * Key K4: what northern and southern ears may write alike: i/y, d/gi/r, s/x, tr/ch, n/l, c/k/q, final
 * n/ng and t/c, every tone. It only proposes candidates; never link two people by it.
 */
export const soundKey = (name: string): string => settle(sound, name)

export interface NameParts {
  readonly family: string
  readonly middle: string
  readonly given: string
}

/** Ê Đê and Gia Rai names begin with Y or H' and end with the family name: Y Moan Êban, H'Hen Niê. */
const familyComesLast = (words: readonly string[]): boolean => {
  const [first = ''] = words
  return words.length > 1 && (/^H['’ʼ]/i.test(first) || (words.length > 2 && /^[HY]$/i.test(first)))
}

/** họ, đệm, tên. A single word is a given name; what cannot be told apart stays together in middle. */
export function splitName(name: string): NameParts {
  const words = normaliseName(name).split(' ')
  if (familyComesLast(words))
    return { family: words.at(-1) ?? '', middle: '', given: words.slice(0, -1).join(' ') }
  if (words.length === 1) return { family: '', middle: '', given: words[0] ?? '' }
  return { family: words[0] ?? '', middle: words.slice(1, -1).join(' '), given: words.at(-1) ?? '' }
}

const collator = new Intl.Collator('vi')

/** The order of Vietnamese lists: by tên, then họ, then đệm, each by the Vietnamese alphabet. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [splitName(a), splitName(b)]
  return (
    collator.compare(left.given, right.given) ||
    collator.compare(left.family, right.family) ||
    collator.compare(left.middle, right.middle)
  )
}

/**
 * Puts a name right that came through TCVN3, VNI, Windows-1258 or doubled UTF-8.
 * @returns the normalised name, and from what it was repaired; from null: it was readable as it stood
 */
export function repairName(text: string): { name: string; from: Encoding | null } {
  const repaired = repairText(text, true)
  return { name: normaliseName(repaired?.text ?? text), from: repaired?.from ?? null }
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  apos: "'",
  nbsp: ' ',
  quot: '"',
  ETH: 'Đ',
  eth: 'đ',
}

const ENTITY_MARKS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  circ: '\u0302',
  grave: '\u0300',
  tilde: '\u0303',
}

function fromCode(code: number, written: string): string {
  return code >= 0x20 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
    ? String.fromCodePoint(code)
    : written
}

const unescapeText = (text: string): string =>
  text
    .replace(/&#(\d{1,7});|&#x([0-9a-f]{1,6});|\\u([0-9a-f]{4})/gi, (all, decimal, hex, escaped) =>
      fromCode(decimal ? Number(decimal) : Number.parseInt(hex ?? escaped, 16), all),
    )
    .replace(/&([a-z])(acute|circ|grave|tilde);/gi, (all, letter: string, mark: string) => {
      const combining = ENTITY_MARKS[mark.toLowerCase()]
      return combining ? letter + combining : all
    })
    .replace(
      /&(amp|apos|nbsp|quot|eth);/gi,
      (all, name: string) => ENTITIES[name] ?? ENTITIES[name.toLowerCase()] ?? all,
    )

/**
 * A register's name made fit to show: HTML entities and \u escapes resolved, wrong code pages repaired,
 * the Icelandic Ð at the head of a word read as Đ, and a number hung on to break a tie taken off.
 * Nothing is guessed: a missing tone stays missing.
 */
export function displayName(text: string): string {
  const { name } = repairName(unescapeText(text))
  const clean = name.replace(/(?<!\p{L})[ÐƉ](?=\p{L})/gu, 'Đ')
  const bare = clean.replace(/(?<=\p{L}.*)[\s(]*\d{1,3}\)?$/u, '')
  return bare === '' ? clean : bare
}
