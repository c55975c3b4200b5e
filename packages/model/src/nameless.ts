/**
 * What stands in the field of a name without naming anybody: the words by which an unidentified patient is taken in, and
 * the mother's name under which a newborn is known until it has one of its own.
 */
import { asciiKey, normaliseName } from './names.ts'

/** 'nobody': no name at all; 'baby-of': the name is another person's, her mother's as a rule. */
export type NameKind = 'name' | 'nobody' | 'baby-of'

const words = (key: string): string =>
  key
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .replaceAll(/\s+/g, ' ')

/** Before the words that say nothing: who it is taken for, or where she lies. */
const TAKEN_FOR =
  /^(?:(?:benh nhan|bn|nguoi benh|nan nhan|nguoi|doi tuong|nam|nu|nam gioi|nu gioi|cap cuu|be|chau|ho|ten) )+/

const NOBODY =
  /^(?:khong|chua|ko|k|chua the)(?: (?:ro|biet|xac dinh|xac minh|nho|khai|co|duoc))*(?: (?:ho|ten|ho ten|ho va ten|danh tinh|nhan than|lai lich|giay to|thong tin|ai|nguoi))*$/
const SAID_OTHERWISE =
  /^(?:vo danh|khuyet danh|an danh|vo thua nhan|unknown|unidentified|no name|noname|anonymous|nameless|john doe|jane doe|x+)(?: (?:name|person|patient|nam|nu|male|female|ho|ten|[a-z]))*$/

const BABY =
  /^(?:cb|c b|con ba|con cua|con chi|con co|con san phu|con sp|tre so sinh|so sinh|tss|ss|tre con ba|baby of|baby|newborn|bb|(?:be|tre) (?:trai|gai))(?: |$)|^(?:be|tre|chau|con) (?:trai|gai|so sinh|con)?(?: ?(?:cua|con))*(?: (?:ba|chi|co|me|san phu))(?: |$)/

/** The family name Võ, where its tone is written: without, it reads like 'nameless'. */
const FAMILY_VO = /^võ\s/iu

/** With these such words begin; whatever begins otherwise is not looked at further. */
const BEGIN = new Set(
  'khong chua ko k vo khuyet an unknown unidentified no noname anonymous nameless john jane benh bn nguoi nan doi nam nu cap be chau ho ten'.split(
    ' ',
  ),
)

/**
 * Whether these words say that nobody knows the name.
 * @param key folded to plain letters, single blanks between words
 */
export function namesNobody(key: string): boolean {
  const [first = ''] = key.split(' ', 1)
  if (!BEGIN.has(first) && !/^x*$/.test(first)) return false
  const bare = key.replace(TAKEN_FOR, '')
  return [key, bare].some((one) => NOBODY.test(one) || SAID_OTHERWISE.test(one))
}

/**
 * Whether these words name a newborn by its mother.
 * @param key folded to plain letters, single blanks between words
 */
export const namesBaby = (key: string): boolean => BABY.test(key)

/** @param name as its source wrote it, in any spelling; none at all is nobody's name */
export function nameKind(name: string): NameKind {
  const key = words(asciiKey(name))
  if (key === '') return 'nobody'
  if (FAMILY_VO.test(normaliseName(name))) return 'name'
  if (namesNobody(key)) return 'nobody'
  return namesBaby(key) ? 'baby-of' : 'name'
}
