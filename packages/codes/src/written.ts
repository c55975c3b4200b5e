/**
 * A ward as people and cards write it, of any division of the past: "P.27, Q. Bình Thạnh", "Phường Bình Quới, TP.HCM".
 * Codes are never written in addresses, names are reused, and districts ended on 2025-07-01: what stands to the right of
 * the ward says which division is meant.
 */
import { asciiKey } from '@sokhoe/model/names'
import { once } from './csv.ts'
import { divisions, successors, type Unit, unitsOn } from './wards.ts'

type Kind = 'ward' | 'district' | 'province'

/** One part of an address: what kind it says it is, and its name without that word. */
interface Part {
  readonly kinds: readonly Kind[]
  readonly name: string
}

/** Which kinds a word may stand for: a city may be a province, and a district such as Thủ Đức. */
const WORDS: readonly (readonly [RegExp, readonly Kind[]])[] = [
  [/^(?:phuong|xa|thi tran|dac khu|tt|px|p|f|x)\b\s*/, ['ward']],
  [/^(?:quan|huyen|thi xa|q|h|tx)\b\s*/, ['district']],
  [/^(?:thanh pho|tp|t p)\b\s*/, ['district', 'province']],
  [/^tinh\b\s*/, ['province']],
]

/** "p27" and "q1" are written without a blank. */
const GLUED = /^(p|f|q)(\d{1,2})$/
/** Where no comma parts them. */
const BEFORE_WORD =
  /(?<=[^,\s])(?<!thị)\s+(?=(?:(?:phường|xã|thị trấn|đặc khu|quận|huyện|thị xã|thành phố|tỉnh|tp)[\s.]|[pqh]\.|[pq]\d)\s*[\p{L}\d])/giu
const NICKNAMES: Readonly<Record<string, string>> = {
  hcm: 'ho chi minh',
  'ho chi minh city': 'ho chi minh',
  hochiminh: 'ho chi minh',
  'sai gon': 'ho chi minh',
  brvt: 'ba ria vung tau',
  'br vt': 'ba ria vung tau',
  // others have two meanings: BT is Bình Thạnh or Bình Tân
  gv: 'go vap',
  pn: 'phu nhuan',
}
const LONGEST = 300

const plain = (text: string): string =>
  asciiKey(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** "05" and "5" are one ward. */
const bare = (name: string): string => name.replace(/^0+(?=\d)/, '')

function readPart(text: string): Part {
  const words = plain(text)
    .replace(/^tphcm$/, 'tp hcm')
    .replace(GLUED, '$1 $2')
  for (const [word, kinds] of WORDS) {
    const rest = words.replace(word, '')
    if (rest !== words && rest !== '') return { kinds, name: NICKNAMES[rest] ?? bare(rest) }
  }
  return { kinds: ['ward', 'district', 'province'], name: NICKNAMES[words] ?? bare(words) }
}

const partsOf = (address: string): Part[] =>
  address
    .split(/[,;]/)
    .map(readPart)
    .filter(({ name }) => name !== '' && name !== 'viet nam')

/** The number of a ward or district is its whole name, whatever follows. */
const AFTER_NUMBER = /\b(phuong|quan|[pqf]) ?(\d{1,2})(?= \p{L})/gu
const BEFORE_PLAIN_WORD =
  /(?<=\S)(?<!\bthi) (?=(?:(?:phuong|xa|thi tran|dac khu|quan|huyen|thi xa|thanh pho|tinh|tp) [\p{L}\d]|[pqf] ?\d|(?:tp)?hcm\b))/gu

/** Without commas and without marks: a quan may be a guardsman's street as well, so that it is read last. */
const loosened = (address: string): string =>
  address
    .split(/[,;]/)
    .map((part) => plain(part).replaceAll(AFTER_NUMBER, '$1 $2,').replaceAll(BEFORE_PLAIN_WORD, ','))
    .join(',')

/** An address as it stands, and, where that names no ward, with the commas that are missing. */
function* readingsOf(address: string): Generator<Part[]> {
  const short = address.slice(0, LONGEST)
  yield partsOf(short.replaceAll(BEFORE_WORD, ', '))
  yield partsOf(loosened(short))
}

/** A ward with the district and province that it had at once, by their bare names. */
interface Standing {
  readonly unit: Unit
  /** A day on which it stood so. */
  readonly day: string
  readonly district: string | null
  readonly province: string
}

/** Any day of the division before the first change. */
const LONG_AGO = '2020-12-31'
const nameOf = (unit: Unit | undefined): string => (unit ? readPart(unit.name).name : '')

function standingOn(day: string): Standing[] {
  const all = unitsOn(day)
  const byCode = new Map(all.map((unit) => [`${unit.level} ${unit.code}`, unit]))
  return all
    .filter(({ level }) => level === 'ward')
    .map((unit) => {
      const district = byCode.get(`district ${unit.parent}`)
      const province = byCode.get(`province ${district ? district.parent : unit.parent}`)
      return { unit, day, district: district ? nameOf(district) : null, province: nameOf(province) }
    })
}

/** Every ward there ever was, by its bare name; the divisions oldest first. */
const byName = once(() =>
  Map.groupBy(
    divisions().flatMap((day) => standingOn(day ?? LONG_AGO)),
    ({ unit }) => nameOf(unit),
  ),
)

const says = (parts: readonly Part[], kind: Kind, name: string): boolean =>
  parts.some((part) => part.kinds.includes(kind) && part.name === name)

/** Something is called a district, or bears the name of one, and it is not this ward's. */
const namesDistrict = (parts: readonly Part[]): boolean =>
  parts.some(({ kinds }) => kinds.includes('district') && kinds.length === 1)

/** Whether what follows the ward fits: districts were always written while they stood, and never since. */
function fits({ district, province }: Standing, after: readonly Part[]): boolean {
  const provinces = after.filter(({ kinds }) => kinds.length === 1 && kinds[0] === 'province')
  if (provinces.some(({ name }) => name !== province)) return false
  return district === null ? !namesDistrict(after) : says(after, 'district', district)
}

export interface Written {
  /** As it stood when the address was true; the newest where several divisions had it. */
  readonly was: Unit
  /** A day on which it stood. */
  readonly day: string
  /** Wards of today in which its ground lies: one, or several where it was split or the text fits several. */
  readonly today: readonly Unit[]
  /** All of its ground lies in the one ward of today. */
  readonly whole: boolean
}

/**
 * Finds the ward that an address names, of today or of any day before.
 *
 * @param on YYYY-MM-DD when it was written, such as the day on which a card was issued; it chooses among wards that bore
 * one name at different times
 * @returns undefined where no ward is named, or one whose district is not told and that many districts had
 *
 * @example
 * wardWritten('12/3 Đường Số 4, P.27, Q. Bình Thạnh, TP.HCM') // was: Phường 27; today: [Phường Bình Quới]; whole
 */
export function wardWritten(address: string, on?: string): Written | undefined {
  for (const parts of readingsOf(address)) {
    const found = wardsIn(parts)
    if (found) return choose(found, on)
  }
  return undefined
}

function wardsIn(parts: readonly Part[]): readonly Standing[] | undefined {
  // what calls itself a ward is one; a bare name may be, where nothing does
  const called = parts.some(isCalledWard)
  for (const [at, part] of [...parts.entries()].reverse()) {
    if (called ? !isCalledWard(part) : !part.kinds.includes('ward')) continue
    const found = (byName().get(part.name) ?? []).filter((ward) => fits(ward, parts.slice(at + 1)))
    if (found.length > 0) return found
  }
  return undefined
}

const isCalledWard = ({ kinds }: Part): boolean => kinds.length === 1 && kinds[0] === 'ward'

const stoodOn = ({ unit }: Standing, on: string): boolean =>
  (unit.from === null || unit.from <= on) && (unit.to === null || on <= unit.to)

function choose(found: readonly Standing[], on: string | undefined): Written | undefined {
  const then = on === undefined ? [] : found.filter((ward) => stoodOn(ward, on))
  const meant = then.length > 0 ? then : found
  const newest = meant.at(-1)
  if (!newest) return undefined
  const next = meant.flatMap(({ unit, day }) => successors(unit.code, day))
  const today = new Map(next.map(({ ward }) => [ward.code, ward]))
  return {
    was: newest.unit,
    day: newest.day,
    today: [...today.values()].toSorted((a, b) => a.code.localeCompare(b.code)),
    whole: today.size === 1 && next.every(({ whole }) => whole),
  }
}
