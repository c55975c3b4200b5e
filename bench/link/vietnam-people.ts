/** Families of a Vietnamese city: names passed on, phones shared, twins, fathers and sons of one name, strangers of one name. */
import { type Dice, dayIn, pad, weighted } from './dice.ts'
import { familyName, type Ground, grounds, ownName, type Sex } from './vietnam-lists.ts'

export interface Home {
  readonly ground: Ground
  readonly house: string
  readonly street: string
}

export interface Person {
  readonly sex: Sex
  readonly family: string
  middle: string
  given: string
  /** YYYY-MM-DD */
  birth: string
  /** The second is where he moved later, or the number she took later. */
  readonly homes: readonly Home[]
  readonly phones: readonly string[]
  readonly cccd: string
  readonly cmnd: string
  /** Ten digits; two where it was issued anew. */
  readonly insurance: string[]
  /** Whose number clerks copy: a child's mother or father. */
  readonly parent: Person | undefined
}

/** What stands between two persons who are easily taken for one. */
export interface Trap {
  readonly kind: string
  readonly a: Person
  readonly b: Person
}

export interface Folk {
  readonly persons: readonly Person[]
  readonly traps: readonly Trap[]
}

const STREETS =
  'Lê Lợi,Trần Hưng Đạo,Nguyễn Trãi,Hai Bà Trưng,Lý Thường Kiệt,Quang Trung,Lê Văn Sỹ,Phan Đăng Lưu,Bạch Đằng,Xô Viết Nghệ Tĩnh,Nơ Trang Long,Phan Xích Long,Hoàng Hoa Thám,Cộng Hòa,Trường Chinh,Âu Cơ,Lạc Long Quân,Lũy Bán Bích,Tân Kỳ Tân Quý,Kinh Dương Vương,Hậu Giang,Hồng Bàng,Nguyễn Văn Cừ,Dương Bá Trạc,Phạm Thế Hiển,Huỳnh Tấn Phát,Lê Văn Lương,Nguyễn Oanh,Thống Nhất,Dương Quảng Hàm,Tô Ngọc Vân,Kha Vạn Cân,Võ Văn Ngân,Đặng Văn Bi,Lã Xuân Oai,Nguyễn Duy Trinh,Đỗ Xuân Hợp,Man Thiện,Hà Huy Giáp,Tô Ký'.split(
    ',',
  )
const PROVINCES = weighted([
  ['079', 55],
  ['080', 5],
  ['083', 5],
  ['082', 4],
  ['075', 4],
  ['074', 4],
  ['086', 3],
  ['049', 3],
  ['052', 3],
  ['051', 3],
  ['001', 3],
  ['036', 2],
  ['038', 3],
  ['040', 3],
])
const PREFIXES =
  '090 093 089 070 079 077 076 078 091 094 088 083 084 085 081 082 098 097 096 086 032 033 034 035 036 037 038 039'.split(
    ' ',
  )

const digits = (dice: Dice, n: number): string => Array.from({ length: n }, () => dice.whole(10)).join('')

export const newPhone = (dice: Dice): string => dice.pick(PREFIXES) + digits(dice, 7)

function homeOf(dice: Dice): Home {
  const alley = dice.chance(0.55)
    ? `/${1 + dice.whole(60)}${dice.chance(0.2) ? `/${1 + dice.whole(20)}` : ''}`
    : ''
  const street = dice.chance(0.25) ? `Đường số ${1 + dice.whole(60)}` : dice.pick(STREETS)
  return { ground: dice.pick(grounds), house: `${1 + dice.whole(600)}${alley}`, street }
}

interface Born {
  readonly sex: Sex
  readonly family: string
  readonly year: number
  readonly home: Home
  readonly phone: string
  readonly parent?: Person
}

type Household = Omit<Born, 'sex' | 'parent'>

/** Whose phone somebody gives: the young and many of the old have the household's. */
function phoneOf(dice: Dice, year: number, phone: string): string {
  if (year > 2010 || dice.chance(year < 1955 ? 0.6 : 0.12)) return phone
  return newPhone(dice)
}

function cccdOf(dice: Dice, sex: Sex, year: number): string {
  const century = (year >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0)
  return `${PROVINCES(dice)}${century}${pad(year % 100)}${digits(dice, 6)}`
}

function personOf(dice: Dice, { sex, family, year, home, phone, parent }: Born): Person {
  const { month, day } = dayIn(dice, year)
  const own = phoneOf(dice, year, phone)
  return {
    ...{ sex, family, parent, ...ownName(dice, sex, year) },
    birth: `${year}-${pad(month)}-${pad(day)}`,
    homes: dice.chance(0.13) ? [home, homeOf(dice)] : [home],
    phones: year <= 2010 && dice.chance(0.22) ? [own, newPhone(dice)] : [own],
    cccd: cccdOf(dice, sex, year),
    cmnd: year < 2003 ? `02${digits(dice, 7)}` : '',
    insurance: dice.chance(0.15) ? [digits(dice, 10), digits(dice, 10)] : [digits(dice, 10)],
  }
}

/** One household: one to three generations under a roof and mostly one phone for the young and the old. */
function household(dice: Dice): { members: Person[]; traps: Trap[] } {
  const home = homeOf(dice)
  const phone = newPhone(dice)
  const year = 1945 + dice.whole(58)
  const head = { family: familyName(dice), year, home, phone }
  const father = personOf(dice, { ...head, sex: 'male' })
  if (dice.chance(0.22))
    return { members: [dice.chance(0.5) ? father : personOf(dice, { ...head, sex: 'female' })], traps: [] }
  const mother = personOf(dice, {
    ...head,
    sex: 'female',
    family: familyName(dice),
    year: year - 3 + dice.whole(8),
  })
  const members = [father, mother]
  const traps: Trap[] = []
  if (dice.chance(0.2))
    members.push(
      personOf(dice, {
        ...head,
        sex: dice.chance(0.4) ? 'male' : 'female',
        year: year - 22 - dice.whole(12),
      }),
    )
  const births = dice.whole(4)
  for (let n = 0; n < births; n += 1) {
    const born = year + 20 + dice.whole(18)
    if (born <= 2025) addChild(dice, { ...head, year: born }, members, traps)
  }
  return { members, traps }
}

/** Twins' names are made to rhyme: the same middle name, or the same given name; never both. */
function rhyme(dice: Dice, twin: Person, child: Person): void {
  const kind = dice.unit()
  if (twin.sex !== child.sex) return
  if (kind < 0.5) twin.middle = child.middle
  else if (kind < 0.53) twin.given = child.given
  if (twin.middle === child.middle && twin.given === child.given)
    twin.given = twin.given === 'An' ? 'Bình' : 'An'
}

function twinOf(dice: Dice, born: Born, child: Person): Person {
  const twin = personOf(dice, { ...born, sex: dice.chance(0.7) ? child.sex : 'female' })
  twin.birth = child.birth
  rhyme(dice, twin, child)
  return twin
}

/** A child of the first two; sometimes two at once, sometimes one who bears the father's name. */
function addChild(dice: Dice, household: Household, members: Person[], traps: Trap[]): void {
  const [father, mother] = members
  if (!father || !mother) return
  const parent = dice.chance(0.7) ? mother : father
  const born: Born = { ...household, parent, sex: dice.chance(0.515) ? 'male' : 'female' }
  const child = personOf(dice, born)
  members.push(child)
  traps.push({ kind: "parent's number on a child", a: parent, b: child })
  if (born.sex === 'male' && dice.chance(0.012)) {
    child.middle = father.middle
    child.given = father.given
    traps.push({ kind: 'father and son of one name', a: father, b: child })
  }
  if (!dice.chance(0.025)) return
  const twin = twinOf(dice, born, child)
  members.push(twin)
  traps.push({ kind: 'twins', a: child, b: twin })
}

/** Two strangers who bear one name and were born on one day, as in a city of millions some do. */
function namesake(dice: Dice, of: Person): Person {
  const year = Number(of.birth.slice(0, 4))
  const other = personOf(dice, {
    sex: of.sex,
    family: of.family,
    year,
    home: homeOf(dice),
    phone: newPhone(dice),
  })
  other.middle = of.middle
  other.given = of.given
  other.birth = of.birth
  return other
}

export function makeFolk(dice: Dice, count: number): Folk {
  const persons: Person[] = []
  const traps: Trap[] = []
  while (persons.length < count) {
    const { members, traps: between } = household(dice)
    persons.push(...members)
    traps.push(...between)
  }
  for (let n = 0; n < count / 100; n += 1) {
    const a = dice.pick(persons)
    const b = namesake(dice, a)
    persons.push(b)
    traps.push({ kind: 'same name and birth date', a, b })
  }
  // an insurance number that was given out again belongs to somebody else now
  for (let n = 0; n < count / 200; n += 1) {
    const [a, b] = [dice.pick(persons), dice.pick(persons)]
    if (a === b || a.insurance.length < 2) continue
    b.insurance.push(a.insurance[0] ?? '')
    traps.push({ kind: 'insurance number given out again', a, b })
  }
  return { persons, traps }
}
