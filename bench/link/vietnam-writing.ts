/** How old fonts and careless programs write Vietnamese. */

/** TCVN3 (fonts .Vn…): each letter by the character that stands for it; capitals with a tone are stored small. */
const TCVN3_FROM = 'àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ'
const TCVN3_TO = 'µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\u00adõøö÷ùúýûüþ¡¢§£¤¥¦'

const TCVN3 = new Map([...TCVN3_FROM].map((letter, at) => [letter, [...TCVN3_TO][at] ?? letter]))

export const asTcvn3 = (text: string): string =>
  [...text].map((letter) => TCVN3.get(letter) ?? TCVN3.get(letter.toLocaleLowerCase('vi')) ?? letter).join('')

/** VNI: the bare vowel and a character for its marks. */
const TONES = { '\u0300': 'ø', '\u0301': 'ù', '\u0309': 'û', '\u0303': 'õ', '\u0323': 'ï', '': '' } as const
const CIRCUMFLEX = {
  '\u0300': 'à',
  '\u0301': 'á',
  '\u0309': 'å',
  '\u0303': 'ã',
  '\u0323': 'ä',
  '': 'â',
} as const
const BREVE = { '\u0300': 'è', '\u0301': 'é', '\u0309': 'ú', '\u0303': 'ü', '\u0323': 'ë', '': 'ê' } as const
const I_TONES = {
  '\u0300': 'ì',
  '\u0301': 'í',
  '\u0309': 'æ',
  '\u0303': 'ó',
  '\u0323': 'ò',
  '': 'i',
} as const

type Tone = keyof typeof TONES
const isTone = (mark: string): mark is Tone => mark in TONES

/** What stands in VNI for a small vowel without its marks; marks as NFD has them. */
function vniVowel(base: string, marks: readonly string[]): string {
  const tone = marks.filter(isTone)[0] ?? ''
  if (base === 'i') return I_TONES[tone]
  if (base === 'y' && tone === '\u0323') return 'î'
  if (marks.includes('\u0302')) return base + CIRCUMFLEX[tone]
  if (marks.includes('\u0306')) return base + BREVE[tone]
  if (marks.includes('\u031b')) return (base === 'o' ? 'ô' : 'ö') + TONES[tone]
  return base + TONES[tone]
}

function vniLetter(letter: string): string {
  if (letter === 'đ') return 'ñ'
  if (letter === 'Đ') return 'Ñ'
  const [base = '', ...marks] = [...letter.normalize('NFD')]
  if (marks.length === 0) return letter
  const vowel = vniVowel(base.toLowerCase(), marks)
  return base === base.toLowerCase() ? vowel : vowel.toUpperCase()
}

export const asVni = (text: string): string => [...text].map(vniLetter).join('')

export const asHtml = (text: string): string =>
  [...text].map((letter) => (letter.charCodeAt(0) > 127 ? `&#${letter.codePointAt(0)};` : letter)).join('')

export const asEscapes = (text: string): string =>
  [...text]
    .map((letter) =>
      letter.charCodeAt(0) > 127 ? `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}` : letter,
    )
    .join('')

export const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

/** Only the tones gone: ă, â, ê, ô, ơ, ư and đ stay. */
export const toneless = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
    .normalize('NFC')

const PLACED = [
  ['òa', 'oà'],
  ['óa', 'oá'],
  ['ỏa', 'oả'],
  ['õa', 'oã'],
  ['ọa', 'oạ'],
  ['òe', 'oè'],
  ['óe', 'oé'],
  ['ùy', 'uỳ'],
  ['úy', 'uý'],
  ['ủy', 'uỷ'],
  ['ũy', 'uỹ'],
  ['ụy', 'uỵ'],
] as const

/** The tone on the other vowel. */
export const replaced = (text: string): string =>
  PLACED.reduce((now, [old, young]) => now.replace(new RegExp(`${old}(?!\\p{L})`, 'u'), young), text)

const EARS: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})L(?=\p{L})/u, 'N'],
  [/(?<!\p{L})N(?=[^gh])/u, 'L'],
  [/(?<!\p{L})D(?=\p{L})/u, 'Gi'],
  [/(?<!\p{L})Gi(?=\p{L})/u, 'D'],
  [/(?<!\p{L})X/u, 'S'],
  [/(?<!\p{L})S/u, 'X'],
  [/(?<!\p{L})Ch/u, 'Tr'],
  [/(?<!\p{L})Tr/u, 'Ch'],
  [/ý(?!\p{L})/u, 'í'],
  [/ỹ(?!\p{L})/u, 'ĩ'],
  [/n(?!\p{L})/u, 'ng'],
  [/ng(?!\p{L})/u, 'n'],
  [/t(?!\p{L})/u, 'c'],
]

/** As an ear of another region writes it; null where no ear hears a difference. */
export const earsOf = (text: string): readonly string[] =>
  EARS.filter(([found]) => found.test(text)).map(([found, by]) => text.replace(found, by))

/** Forms of one name in the north and the south. */
const REGIONS: Readonly<Record<string, string>> = {
  ...{ Huỳnh: 'Hoàng', Hoàng: 'Huỳnh', Võ: 'Vũ', Vũ: 'Võ', Phúc: 'Phước', Phước: 'Phúc', Cảnh: 'Kiểng' },
  ...{ Nhân: 'Nhơn', Chu: 'Châu', Sinh: 'Sanh', Tùng: 'Tòng', Cương: 'Cang' },
}
export const regional = (text: string): string =>
  text
    .split(' ')
    .map((word) => REGIONS[word] ?? word)
    .join(' ')
