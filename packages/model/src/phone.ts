/**
 * Vietnamese mobile numbers as people type them. Prefixes: numbering plan of the Ministry of
 * Information and Communications, with the move from 11 to 10 digits of 2018. Portability since 2018:
 * a prefix says nothing about the carrier.
 */

export type PhoneRefusal =
  | 'empty'
  | 'landline'
  | 'foreign'
  | 'not-mobile'
  | 'too-short'
  | 'too-long'
  | 'letters'

export type PhoneReading =
  | { readonly ok: true; readonly national: string; readonly e164: string }
  | { readonly ok: false; readonly reason: PhoneRefusal }

const MOBILE = /^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9])\d{7}$/

/** An unassigned range, kept for synthetic people: no real telephone rings. */
const SYNTHETIC = /^0500\d{6}$/

/** Prefixes of 11-digit numbers before September 2018, and what they became. */
const OLD_PREFIXES: Readonly<Record<string, string>> = {
  '0120': '070',
  '0121': '079',
  '0122': '077',
  '0123': '083',
  '0124': '084',
  '0125': '085',
  '0126': '076',
  '0127': '081',
  '0128': '078',
  '0129': '082',
  '0162': '032',
  '0163': '033',
  '0164': '034',
  '0165': '035',
  '0166': '036',
  '0167': '037',
  '0168': '038',
  '0169': '039',
  '0186': '056',
  '0188': '058',
  '0199': '059',
}

const LONGEST_TYPED = 200
const LABEL = /^(tel|phone|mobile|zalo|s?đt|s?dt)\s*[:.]?\s*/
const SEPARATORS = /[\s\p{Cf}\p{Cc}.,\-‐-―−()[\]{}/\\_·•'"*]+/gu

const bareNumber = (text: string): string =>
  text.normalize('NFKC').trim().toLowerCase().replace(LABEL, '').replace(SEPARATORS, '').replaceAll('o', '0')

/** Takes the country code off; '0' in front of the national number always. Null: another country. */
function nationalOf(number: string): string | null {
  const international = /^(?:\+|00)84(?<rest>\d*)$/.exec(number) ?? /^84(?<rest>\d{9,})$/.exec(number)
  const rest = international?.groups?.['rest']
  if (rest !== undefined) return `0${rest.replace(/^0/, '')}`
  if (/^(\+|00)[1-9]/.test(number)) return null
  return `0${number.replace(/^\+?0?/, '')}`
}

function modern(national: string): string {
  const prefix = OLD_PREFIXES[national.slice(0, 4)]
  return prefix && national.length === 11 ? prefix + national.slice(4) : national
}

function refusalOf(national: string): PhoneRefusal {
  if (/^02\d{8,9}$/.test(national)) return 'landline'
  if (national.length < 10) return 'too-short'
  return national.length > 10 ? 'too-long' : 'not-mobile'
}

/**
 * Reads a Vietnamese mobile number in every common way of typing it: with spaces, dots, dashes or
 * brackets, +84, 84, 0084, (+84) 0…, without the leading 0, in full-width digits, with the letter O for
 * zero, with a label such as "tel:", or as an old 11-digit number.
 *
 * @param options.synthetic also admits the test range 0500xxxxxx
 * @returns national '0xxxxxxxxx' and e164 '+84xxxxxxxxx'; never throws
 */
export function readPhone(text: string, options: { readonly synthetic?: boolean } = {}): PhoneReading {
  if (text.length > LONGEST_TYPED) return { ok: false, reason: 'too-long' }
  const number = bareNumber(text)
  if (number === '') return { ok: false, reason: 'empty' }
  if (!/^\+?[0-9]*$/.test(number)) return { ok: false, reason: 'letters' }

  const typed = nationalOf(number)
  if (typed === null) return { ok: false, reason: 'foreign' }
  const national = modern(typed)
  if (MOBILE.test(national) || (options.synthetic === true && SYNTHETIC.test(national)))
    return { ok: true, national, e164: `+84${national.slice(1)}` }
  return { ok: false, reason: refusalOf(national) }
}

/** '090 ••• ••67': enough for the owner to recognise, too little to call. */
export const maskPhone = (national: string): string =>
  /^0\d{9}$/.test(national) ? `${national.slice(0, 3)} ••• ••${national.slice(-2)}` : '••• ••• ••••'

/** '0901 234 567', as people read it aloud; anything else as it is. */
export const sayPhone = (national: string): string => national.replace(/^(0\d{3})(\d{3})(\d{3})$/, '$1 $2 $3')
