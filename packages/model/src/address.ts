/**
 * Vietnamese addresses as people write them, taken apart as far as a walk through a ward needs: street, alley, house.
 * 480/12/3 Bình Quới is house 12/3 of alley 480. What cannot be told stays together in the street.
 */
import { asciiKey, normaliseName } from './names.ts'

export interface Door {
  readonly street: string
  /** The alley's number on its street. */
  readonly alley: string | null
  /** The whole number as it stands on the door, alley included; null where none was written. */
  readonly house: string | null
}

/** Nobody's door needs more; whoever writes more is not asked to prove it by our patience. */
const LONGEST = 300

const NUMBER = /^(?:(?:số nhà|số|nhà)\s+)?(\d{1,5}[a-z]?(?:[/-]\d{1,5}[a-z]?){0,5})(?:\s+(.+))?$/iu
const ALLEY = /^(?:hẻm|ngõ|ngách)\s+(?:số\s+)?(\d{1,5}[a-z]?(?:\/\d{1,5}[a-z]?){0,3})\s+(.+)$/iu
const FLAT = /^(?:căn hộ|căn|phòng|p\.)\s*([\p{L}\d][\p{L}\d.-]{0,11})$/iu

function inAlley(number: string | null, rest: string): Door {
  const [, alley, street = rest] = ALLEY.exec(rest) ?? []
  if (alley !== undefined)
    return { street, alley: alley.split('/')[0] ?? alley, house: number && `${alley}/${number}` }
  const [first, ...turns] = (number ?? '').split('/')
  return { street: rest, alley: turns.length > 0 ? (first ?? null) : null, house: number }
}

/** @returns undefined where nothing is written */
export function readDoor(address: string): Door | undefined {
  const parts = normaliseName(address.slice(0, LONGEST))
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const [first, second] = parts
  if (first === undefined) return undefined
  const [, number, rest] = NUMBER.exec(first) ?? []
  if (number !== undefined) return inAlley(number, rest ?? second ?? '')
  const flat = FLAT.exec(second ?? '')?.[1]
  return flat === undefined ? inAlley(null, first) : { street: first, alley: null, house: flat }
}

const plain = (text: string): string =>
  asciiKey(text)
    .replaceAll(/[^\p{L}\p{N}/]+/gu, ' ')
    .trim()

/** The street by which neighbours are found together: Đường Số 4, đ. số 4 and SO 4 are one. */
export const streetKey = ({ street, alley }: Door): string =>
  `${plain(street).replace(/^(?:duong|d|pho)\s+(?=\S)/, '')}|${plain(alley ?? '')}`

/** The door itself. */
export const doorKey = (door: Door): string => `${streetKey(door)}|${plain(door.house ?? '')}`

const numbersIn = (house: string | null): number[] => (house?.match(/\d+/g) ?? []).map(Number)

/**
 * The order of a walk: up one side of the street and back on the other, odd numbers first; doors without a number last.
 */
export function compareDoors(a: Pick<Door, 'house'>, b: Pick<Door, 'house'>): number {
  const [left, right] = [numbersIn(a.house), numbersIn(b.house)]
  const [l, r] = [left.at(-1), right.at(-1)]
  if (l === undefined || r === undefined) return Number(l === undefined) - Number(r === undefined)
  const alleys = left.slice(0, -1).map((n, i) => n - (right.slice(0, -1)[i] ?? 0))
  const elsewhere = alleys.find((difference) => difference !== 0) ?? left.length - right.length
  return elsewhere || (r % 2) - (l % 2) || l - r || (a.house ?? '').localeCompare(b.house ?? '', 'vi')
}
