/** The model that is shipped: what is believed of Ho Chi Minh City before its own records have taught anything. */
import { believedLevels, type Model } from './model.ts'

/** Shares of the population, from published counts of family names; common given names by general knowledge. */
const FAMILIES: Readonly<Record<string, number>> = {
  ...{ nguyen: 0.31, tran: 0.11, le: 0.095, pham: 0.07, huynh: 0.05, hoang: 0.02, phan: 0.045, vo: 0.03 },
  ...{ vu: 0.02, dang: 0.021, bui: 0.02, do: 0.014, ho: 0.013, ngo: 0.013, duong: 0.01, ly: 0.005 },
}

const GIVEN =
  'anh huong hoa lan mai dung hung minh nam phuong thao linh trang ha hai long son tuan thanh binh hien hanh nga thu thuy tam tu vy my nhi an chau dat duc giang hang hieu hoang huy khanh khoa kiet lam loan loc ly nghia ngan ngoc nhan nhung oanh phat phong phu phuc quan quang quyen quynh tai tan thang thinh thong thuan tien tin toan tri trinh trong trung truc tuyen tuyet van viet vinh xuan yen'.split(
    ' ',
  )

const PEOPLE = 10_000_000

let made: Model | undefined

/** @returns always the same object, so that it is compiled once */
export function cityModel(): Model {
  const given = Object.fromEntries(GIVEN.map((name) => [name, 0.75 / GIVEN.length]))
  made ??= {
    provenance:
      'believed: published shares of family names, general knowledge of registry errors; no record was seen',
    population: PEOPLE,
    prior: Math.log2(3 / PEOPLE),
    ...{ same: 6, review: 0, askFrom: 0, crowded: true },
    levels: believedLevels(),
    values: {
      familyFolded: { frequent: FAMILIES, rest: 0.001, agree: 0.13 },
      family: { frequent: { nguyễn: 0.31, trần: 0.11, lê: 0.095, phạm: 0.07 }, rest: 0.002, agree: 0.13 },
      givenFolded: { frequent: given, rest: 0.0008, agree: 0.008 },
      given: { frequent: {}, rest: 0.006, agree: 0.006 },
    },
    shared: {},
  }
  return made
}
