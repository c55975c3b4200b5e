/**
 * The numbers that name a person in Vietnam. None has a public check digit: a reader here says whether
 * a number has its shape, and what in it is odd. It never says whose it is.
 */

export type Sex = 'female' | 'male'

export type IdentifierWarning =
  | 'province-unknown'
  | 'sex-differs-from-number'
  | 'year-differs-from-number'
  | 'object-code-unknown'

type Unreadable = { readonly ok: false; readonly reason: 'empty' | 'malformed' }

/** Provinces of birth registration before 1 July 2025: they stay in identity numbers for ever. */
export const PROVINCES: ReadonlyMap<string, string> = new Map([
  ['001', 'Hà Nội'],
  ['002', 'Hà Giang'],
  ['004', 'Cao Bằng'],
  ['006', 'Bắc Kạn'],
  ['008', 'Tuyên Quang'],
  ['010', 'Lào Cai'],
  ['011', 'Điện Biên'],
  ['012', 'Lai Châu'],
  ['014', 'Sơn La'],
  ['015', 'Yên Bái'],
  ['017', 'Hòa Bình'],
  ['019', 'Thái Nguyên'],
  ['020', 'Lạng Sơn'],
  ['022', 'Quảng Ninh'],
  ['024', 'Bắc Giang'],
  ['025', 'Phú Thọ'],
  ['026', 'Vĩnh Phúc'],
  ['027', 'Bắc Ninh'],
  ['030', 'Hải Dương'],
  ['031', 'Hải Phòng'],
  ['033', 'Hưng Yên'],
  ['034', 'Thái Bình'],
  ['035', 'Hà Nam'],
  ['036', 'Nam Định'],
  ['037', 'Ninh Bình'],
  ['038', 'Thanh Hóa'],
  ['040', 'Nghệ An'],
  ['042', 'Hà Tĩnh'],
  ['044', 'Quảng Bình'],
  ['045', 'Quảng Trị'],
  ['046', 'Thừa Thiên Huế'],
  ['048', 'Đà Nẵng'],
  ['049', 'Quảng Nam'],
  ['051', 'Quảng Ngãi'],
  ['052', 'Bình Định'],
  ['054', 'Phú Yên'],
  ['056', 'Khánh Hòa'],
  ['058', 'Ninh Thuận'],
  ['060', 'Bình Thuận'],
  ['062', 'Kon Tum'],
  ['064', 'Gia Lai'],
  ['066', 'Đắk Lắk'],
  ['067', 'Đắk Nông'],
  ['068', 'Lâm Đồng'],
  ['070', 'Bình Phước'],
  ['072', 'Tây Ninh'],
  ['074', 'Bình Dương'],
  ['075', 'Đồng Nai'],
  ['077', 'Bà Rịa - Vũng Tàu'],
  ['079', 'TP. Hồ Chí Minh'],
  ['080', 'Long An'],
  ['082', 'Tiền Giang'],
  ['083', 'Bến Tre'],
  ['084', 'Trà Vinh'],
  ['086', 'Vĩnh Long'],
  ['087', 'Đồng Tháp'],
  ['089', 'An Giang'],
  ['091', 'Kiên Giang'],
  ['092', 'Cần Thơ'],
  ['093', 'Hậu Giang'],
  ['094', 'Sóc Trăng'],
  ['095', 'Bạc Liêu'],
  ['096', 'Cà Mau'],
])

/** Health insurance of the army and of the police issue cards under province codes of their own. */
const INSURANCE_ONLY_PROVINCES = ['97', '98']

/** Object codes on insurance cards (Decision 1351/QD-BHXH and its predecessors). */
export const OBJECT_CODES: ReadonlySet<string> = new Set(
  'CC TE CK CB KC HN DT DK XD BT TS DN HT TC CN HX CH NN TK HC XK TB NO CT XB TN CS XN MS HD TQ TA TY HG LS HS SV PV GB GD QN CA CY XV YE TV'.split(
    ' ',
  ),
)

const bareNumber = (text: string): string =>
  text
    .slice(0, 64)
    .normalize('NFKC')
    .replace(/[\s\p{Cf}.\-‐-―]+/gu, '')
    .toUpperCase()

const sameDigits = (number: string): boolean => /^(.)\1*$/.test(number)
const unreadable = (bare: string): Unreadable => ({ ok: false, reason: bare === '' ? 'empty' : 'malformed' })

export type IdNumberReading =
  | {
      readonly ok: true
      readonly number: string
      /** Where the birth was registered; null for a code outside the list, as of people born abroad. */
      readonly province: string | null
      readonly sex: Sex
      readonly birthYear: number
      readonly warnings: readonly IdentifierWarning[]
    }
  | Unreadable

/**
 * Reads a 12-digit personal identity number: province 3, century and sex 1, year 2, random 6.
 *
 * @param stated what the card or the person says beside the number; differences are warnings, because
 *   sex can be re-determined and numbers cancelled and issued anew (Decree 70/2024, art. 11)
 */
export function readIdNumber(
  text: string,
  stated: { readonly sex?: Sex | null; readonly birthDate?: string | null } = {},
): IdNumberReading {
  const number = bareNumber(text)
  if (!/^0\d{11}$/.test(number) || sameDigits(number)) return unreadable(number)

  const century = Number(number[3])
  const sex: Sex = century % 2 === 0 ? 'male' : 'female'
  const birthYear = 1900 + 100 * Math.floor(century / 2) + Number(number.slice(4, 6))
  const province = PROVINCES.get(number.slice(0, 3)) ?? null
  const warnings: IdentifierWarning[] = []
  if (province === null) warnings.push('province-unknown')
  if (stated.sex && stated.sex !== sex) warnings.push('sex-differs-from-number')
  if (stated.birthDate && Number(stated.birthDate.slice(0, 4)) !== birthYear)
    warnings.push('year-differs-from-number')
  return { ok: true, number, province, sex, birthYear, warnings }
}

export type NumberReading = { readonly ok: true; readonly number: string } | Unreadable

/** Reads the 9-digit number of identity cards before 2016. */
export function readOldIdNumber(text: string): NumberReading {
  const number = bareNumber(text)
  return /^\d{9}$/.test(number) && !sameDigits(number) ? { ok: true, number } : unreadable(number)
}

export type PassportReading =
  | { readonly ok: true; readonly number: string; readonly kind: 'vietnamese' | 'foreign' }
  | Unreadable

/** Reads a passport number: a letter and seven digits is Vietnamese, 6 to 12 letters and digits foreign. */
export function readPassport(text: string): PassportReading {
  const number = bareNumber(text)
  if (/^[A-Z]\d{7}$/.test(number)) return { ok: true, number, kind: 'vietnamese' }
  if (/^[A-Z0-9]{6,12}$/.test(number) && !sameDigits(number)) return { ok: true, number, kind: 'foreign' }
  return unreadable(number)
}

export type SocialInsuranceReading =
  | { readonly ok: true; readonly number: string; readonly kind: 'social-insurance' | 'identity' }
  | Unreadable

/** Reads a social insurance number: 10 digits, or since mid-2025 the 12 of the identity number. */
export function readSocialInsurance(text: string): SocialInsuranceReading {
  const number = bareNumber(text)
  if (/^\d{10}$/.test(number) && !sameDigits(number)) return { ok: true, number, kind: 'social-insurance' }
  if (readIdNumber(number).ok) return { ok: true, number, kind: 'identity' }
  return unreadable(number)
}

export interface InsuranceNumber {
  readonly number: string
  /** full: 15 with its parts; short: 10 digits; temporary: a child with a birth certificate only; legacy: before 2018 */
  readonly form: 'full' | 'short' | 'temporary' | 'legacy'
  readonly objectCode: string | null
  readonly benefitLevel: string | null
  readonly provinceCode: string | null
  readonly socialInsuranceNumber: string | null
}

export type InsuranceNumberReading =
  | ({ readonly ok: true; readonly warnings: readonly IdentifierWarning[] } & InsuranceNumber)
  | Unreadable

const INSURANCE_FORMS = [
  ['full', /^[A-Z]{2}[1-5]\d{12}$/],
  ['short', /^\d{10}$/],
  ['temporary', /^TE1\d{2}KT\d{8}$/],
  ['legacy', /^[A-Z]{2}[1-7]\d{2}[A-Z0-9]{10}$/],
] as const

const knownToInsurance = (province: string): boolean =>
  PROVINCES.has(`0${province}`) || INSURANCE_ONLY_PROVINCES.includes(province)

/**
 * Reads a health insurance card number: object code 2, benefit level 1, province 2, social insurance
 * number 10; or the 10 digits alone.
 *
 * @param options.historical also admits the numbers of cards before 2018; for old files only
 */
export function readInsuranceNumber(
  text: string,
  options: { readonly historical?: boolean } = {},
): InsuranceNumberReading {
  const number = bareNumber(text)
  const form = INSURANCE_FORMS.find(([, shape]) => shape.test(number))?.[0]
  const serial = number.slice(-10)
  if (!form || sameDigits(serial)) return unreadable(number)
  if (form === 'legacy' && options.historical !== true) return unreadable(number)

  const socialInsuranceNumber = form === 'full' || form === 'short' ? serial : null
  if (form === 'short')
    return {
      ...{ ok: true, number, form, socialInsuranceNumber, warnings: [] },
      ...{ objectCode: null, benefitLevel: null, provinceCode: null },
    }
  const objectCode = number.slice(0, 2)
  const provinceCode = number.slice(3, 5)
  const warnings: IdentifierWarning[] = []
  if (!OBJECT_CODES.has(objectCode)) warnings.push('object-code-unknown')
  if (!knownToInsurance(provinceCode)) warnings.push('province-unknown')
  return {
    ...{ ok: true, number, form, socialInsuranceNumber, warnings },
    ...{ objectCode, benefitLevel: number[2] ?? null, provinceCode },
  }
}
