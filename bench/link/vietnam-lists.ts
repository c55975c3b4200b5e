/** Names and wards as the data files of packages/codes hold them, read as plain data. */
import { readFileSync } from 'node:fs'
import { type Dice, weighted } from './dice.ts'

/** Rows of a data file without quoted commas in the columns that are read. */
function rowsOf(file: string): string[][] {
  const url = new URL(`../../packages/codes/data/${file}`, import.meta.url)
  const lines = readFileSync(url, 'utf8').trimEnd().split('\n').slice(1)
  return lines.map((line) => line.split(',').map((cell) => cell.replaceAll('"', '')))
}

export const familyName = weighted(
  rowsOf('names-family.csv').map(([name = '', n]) => [name, Number(n)] as const),
)

const given = rowsOf('names-given.csv')
const givenOf = (lean: string) =>
  weighted(
    given
      .filter(([, , sex]) => sex === lean || sex === 'U')
      .map(([name = '', n = '']) => [name, n === '' ? 2 : Number(n)] as const),
  )
const givens = { male: givenOf('M'), female: givenOf('F') }
const pairs = { male: rowsOf('names-male-pairs.csv').flat(), female: rowsOf('names-female-pairs.csv').flat() }
const MIDDLES = {
  male: 'Minh Thanh Hữu Đức Quốc Hoàng Ngọc Công Xuân Đình Anh Gia Tấn Trọng Quang Hồng Duy Bảo Thành'.split(
    ' ',
  ),
  female: 'Ngọc Thu Thanh Kim Mỹ Bích Hồng Minh Phương Như Thúy Xuân Tuyết Bảo Hoàng Quỳnh Khánh Kiều'.split(
    ' ',
  ),
}

export type Sex = 'male' | 'female'

/** Share of those whose middle name is only Văn or Thị, by the year of birth from which it holds. */
const PLAIN: readonly (readonly [year: number, share: number])[] = [
  [2005, 0.06],
  [1990, 0.2],
  [1970, 0.4],
  [0, 0.65],
]

const withThi = (dice: Dice, sex: Sex, middle: string, share: number): string =>
  sex === 'female' && dice.chance(share) ? `Thị ${middle}`.trim() : middle

/** Middle and given name; who is older is more often Văn or Thị. */
export function ownName(dice: Dice, sex: Sex, year: number): { middle: string; given: string } {
  const plain = PLAIN.find(([from]) => year >= from)?.[1] ?? 0
  if (dice.chance(plain)) return { middle: sex === 'male' ? 'Văn' : 'Thị', given: givens[sex](dice) }
  if (dice.chance(0.35)) {
    const [middle = '', own = ''] = dice.pick(pairs[sex]).split(' ')
    return { middle: withThi(dice, sex, middle, 0.15), given: own }
  }
  const middle = dice.chance(0.06) ? '' : dice.pick(MIDDLES[sex])
  return { middle: withThi(dice, sex, middle, 0.2), given: givens[sex](dice) }
}

export interface Ward {
  readonly code: string
  readonly name: string
  /** District, while there were districts. */
  readonly above: string
}

export interface Ground {
  /** The ward until 30 June 2025. */
  readonly old: Ward
  /** The ward of today on the same ground; where the old one was split, this house lies in one of them. */
  readonly today: Ward
}

let kept: string[][] | undefined

const units = rowsOf('admin-units.csv').map(
  ([code = '', name = '', , , level = '', parent = '', from = '', to = '']) => ({
    ...{ code, name, level, parent, from, to },
  }),
)

const oldAbove = (parent: string): string =>
  units.find(({ code, level }) => code === parent && level === 'district')?.name ?? ''

const today = new Map(
  units.filter(({ level, to }) => level === 'ward' && to === '').map((unit) => [unit.code, unit]),
)

/** Every ward of the first half of 2025 with each ward of today that took ground of it. */
export const grounds: readonly Ground[] = units
  .filter(({ level, to }) => level === 'ward' && to === '2025-06-30')
  .flatMap(({ code, name, parent }) =>
    rowsOfSuccession(code).flatMap((next) => {
      const ward = today.get(next)
      const old = { code, name, above: oldAbove(parent) }
      return ward ? [{ old, today: { code: next, name: ward.name, above: '' } }] : []
    }),
  )

function rowsOfSuccession(code: string): string[] {
  return succession()
    .filter(([from, , day]) => from === code && day === '2025-07-01')
    .map(([, to = '']) => to)
}

function succession(): string[][] {
  kept ??= rowsOf('admin-unit-succession.csv')
  return kept
}
