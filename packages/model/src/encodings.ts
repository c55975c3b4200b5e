/**
 * Vietnamese text that came through the wrong code page, as old registers and scanners still send it:
 * TCVN3 (.Vn fonts), VNI, Windows-1258 read as Latin-1, and UTF-8 read as Windows-1252.
 */
import { isSyllable } from './syllables.ts'

export type Encoding = 'tcvn3' | 'vni' | 'cp1258' | 'utf8'

const pairUp = (from: readonly string[], to: readonly string[]): ReadonlyMap<string, string> =>
  new Map(from.map((character, at) => [character, to[at] ?? character]))

/** TCVN 5712:1993, table 1, lower-case letters and the seven capitals. */
const TCVN3 = pairUp(
  [...'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00ADõøö÷ùúýûüþ', ...'¡¢§£¤¥¦'],
  [...'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ', ...'ĂÂĐÊÔƠƯ'],
)

/** Windows-1258 keeps tones as combining characters and has nine letters of its own. */
const CP1258 = pairUp([...'ÌÒÞìòÃãÐðÕõÝý'], ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323', ...'ĂăĐđƠơƯư'])

/** VNI writes a letter and then its mark; each group: letters, then mark and what it makes of them. */
const VNI_PAIRS: readonly (readonly [letters: string, marks: string, made: readonly string[]])[] = [
  ['a', 'øùûõïâàáåãäêèéúüë', [...'àáảãạâầấẩẫậăằắẳẵặ']],
  ['e', 'øùûõïâàáåãä', [...'èéẻẽẹêềếểễệ']],
  ['o', 'øùûõïâàáåãä', [...'òóỏõọôồốổỗộ']],
  ['u', 'øùûõï', [...'ùúủũụ']],
  ['y', 'øùûõ', [...'ỳýỷỹ']],
  ['ô', 'øùûõï', [...'ờớởỡợ']],
  ['ö', 'øùûõï', [...'ừứửữự']],
]

const VNI_LOWER: readonly (readonly [string, string])[] = [
  ...VNI_PAIRS.flatMap(([letter, marks, made]) =>
    [...marks].map((mark, at) => [letter + mark, made[at] ?? ''] as const),
  ),
  ...pairUp([...'ôöæóòîñ'], [...'ơưỉĩịỵđ']),
]

const VNI: ReadonlyMap<string, string> = new Map([
  ...VNI_LOWER,
  ...VNI_LOWER.map(([from, to]) => [from.toUpperCase(), to.toLocaleUpperCase('vi')] as const),
])

/** Where Windows-1252 differs from Latin-1: the characters of bytes 0x80 to 0x9F; a space where it has none. */
const CP1252 = [...'€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ']

const byLetter =
  (table: ReadonlyMap<string, string>) =>
  (text: string): string =>
    [...text].map((character) => table.get(character) ?? character).join('')

const fromVni = (text: string): string =>
  text.replace(/[aeouyôö][øùûõïâàáåãäêèéúüë]|[AEOUYÔÖ][ØÙÛÕÏÂÀÁÅÃÄÊÈÉÚÜË]|[ôöæóòîñÔÖÆÓÒÎÑ]/g, (found) => {
    const [first = '', mark = ''] = found
    return VNI.get(found) ?? (VNI.get(first) ?? first) + mark
  })

const UTF8 = new TextDecoder('utf-8', { fatal: true })

/** Its first letter beyond ASCII: most texts fail there already, and a decoder that throws is dear. */
function beginsAsUtf8(bytes: readonly number[]): boolean {
  const at = bytes.findIndex((byte) => byte > 0x7f)
  const [lead = 0, next = 0] = at < 0 ? [] : bytes.slice(at, at + 2)
  return at < 0 || (lead >= 0xc2 && lead <= 0xf4 && next >= 0x80 && next <= 0xbf)
}

function fromUtf8(text: string): string {
  const bytes = [...text].map((character) => {
    const at = character === ' ' ? -1 : CP1252.indexOf(character)
    return at < 0 ? (character.codePointAt(0) ?? 0) : 0x80 + at
  })
  if (bytes.some((byte) => byte > 0xff) || !beginsAsUtf8(bytes)) return text
  try {
    return UTF8.decode(Uint8Array.from(bytes))
  } catch {
    return text
  }
}

const DECODERS: readonly (readonly [Encoding, (text: string) => string])[] = [
  ['utf8', fromUtf8],
  ['tcvn3', byLetter(TCVN3)],
  ['vni', fromVni],
  ['cp1258', byLetter(CP1258)],
]

/** Every other way of reading the text, likeliest first; each NFC. */
export const otherReadings = (text: string): string[] =>
  DECODERS.map(([, decode]) => decode(text).normalize('NFC'))

const wordsOf = (text: string): string[] => text.split(/[\s,.;:/()'’-]+/).filter((word) => word !== '')
const isAscii = (word: string): boolean => /^[\u0020-\u007E]*$/.test(word)
const isOdd = (word: string): boolean => !isAscii(word) && !isSyllable(word)

/** Capital letters of the .VnTimeH fonts are stored as small ones: what was all capitals stays so. */
function keepCapitals(source: string, decoded: string): string {
  const letters = source.replace(/[^A-Za-z]/g, '')
  return letters.length > 1 && letters === letters.toUpperCase() ? decoded.toLocaleUpperCase('vi') : decoded
}

/** Format characters other than the soft hyphen. */
export const INVISIBLE = /(?!\u00AD)\p{Cf}/gu

/**
 * Puts text right that came through the wrong code page, and leaves everything else alone.
 *
 * A reading counts only when the text as it stands cannot be Vietnamese and the reading can, so that
 * foreign names such as "Loïc Martin" pass untouched.
 *
 * @param text not yet normalised: the soft hyphen is a letter in TCVN3
 * @param strict true for names: every word of the reading must be a Vietnamese syllable, not only
 *   those with marks
 * @returns null where nothing is to be repaired
 */
export function repairText(text: string, strict: boolean): { text: string; from: Encoding } | null {
  const source = text.replace(INVISIBLE, '').normalize('NFC')
  if (!wordsOf(source).some(isOdd)) return null
  for (const [from, decode] of DECODERS) {
    const decoded = decode(source).normalize('NFC')
    const words = wordsOf(decoded)
    const fits = strict ? words.every(isSyllable) : !words.some(isOdd)
    if (decoded !== source && fits) return { text: keepCapitals(source, decoded), from }
  }
  return null
}
