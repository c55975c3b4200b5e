/** What goes wrong on the way into a Vietnamese register, one function a kind. Each tells whether it could do its harm. */
import { type Dice, pad, weighted } from './dice.ts'
import { misdialled, mistyped } from './slips.ts'
import type { Person } from './vietnam-people.ts'
import { newPhone } from './vietnam-people.ts'
import {
  asEscapes,
  asHtml,
  asTcvn3,
  asVni,
  bare,
  earsOf,
  regional,
  replaced,
  toneless,
} from './vietnam-writing.ts'

export interface Entry {
  readonly source: string
  readonly person: Person
  name: string
  /** YYYY-MM-DD, YYYY, or what is left of it. */
  birth: string
  sex: string
  phone: string
  idNumber: string
  insurance: string
  ward: string
  address: string
}

type Harm = (dice: Dice, entry: Entry) => boolean

/** Does it where it changes something. */
const onName =
  (change: (name: string, dice: Dice) => string): Harm =>
  (dice, entry) => {
    const changed = change(entry.name, dice)
    if (changed === entry.name) return false
    entry.name = changed
    return true
  }

const words = (name: string): string[] => name.split(' ')

/** Văn or Thị left out, or written where there is none. */
function middleSyllable(name: string, person: Person): string {
  const dropped = name.replace(/ (?:Văn|Thị|Van|Thi)(?= )/u, '')
  if (dropped !== name) return dropped
  const [family = '', ...rest] = words(name)
  return [family, person.sex === 'male' ? 'Văn' : 'Thị', ...rest].join(' ')
}

function shortened(name: string, dice: Dice): string {
  const parts = words(name)
  if (parts.length < 3) return name
  if (dice.chance(0.5))
    return [parts[0], ...parts.slice(1, -1).map((word) => `${word[0]}.`), parts.at(-1)].join(' ')
  return [parts[0], parts.at(-1)].join(' ')
}

function slip(name: string, dice: Dice): string {
  const parts = words(name)
  const at = dice.whole(parts.length)
  return parts.map((word, place) => (place === at ? mistyped(dice, word) : word)).join(' ')
}

function ear(name: string, dice: Dice): string {
  const heard = earsOf(name)
  return heard.length === 0 ? name : dice.pick(heard)
}

const blank =
  (field: 'phone' | 'idNumber' | 'insurance' | 'ward' | 'address' | 'sex' | 'birth'): Harm =>
  (_dice, entry) => {
    if (entry[field] === '') return false
    entry[field] = ''
    return true
  }

const whole = (birth: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(birth)

const onBirth =
  (change: (birth: string, dice: Dice) => string): Harm =>
  (dice, entry) => {
    if (!whole(entry.birth)) return false
    const changed = change(entry.birth, dice)
    if (changed === entry.birth) return false
    entry.birth = changed
    return true
  }

function dayAndMonth(birth: string): string {
  const [year = '', month = '', day = ''] = birth.split('-')
  return Number(day) <= 12 ? `${year}-${day}-${month}` : birth
}

function nearDate(birth: string, dice: Dice): string {
  const [year = '', month = '', day = ''] = birth.split('-')
  const kind = dice.unit()
  if (kind < 0.35) return `${Number(year) + (dice.chance(0.5) ? 1 : -1)}-${month}-${day}`
  if (kind < 0.6) return `${year}-${pad(1 + dice.whole(12))}-${day}`
  return `${year}-${month}-${pad(1 + dice.whole(28))}`
}

const HARMS: readonly (readonly [Harm, number])[] = [
  // birth dates
  [onBirth((birth) => `${birth.slice(0, 4)}-01-01`), 7],
  [onBirth((birth) => birth.slice(0, 4)), 6],
  [onBirth(dayAndMonth), 5],
  [onBirth(nearDate), 4],
  // names
  [onName(bare), 10],
  [onName(toneless), 5],
  [onName((name) => name.toLocaleUpperCase('vi')), 4],
  [onName((name) => bare(name).toUpperCase()), 5],
  [onName((name) => (/[^\u0020-\u024f\u1ea0-\u1ef9]/u.test(name) ? name : asTcvn3(name))), 3],
  [onName((name) => (/[^\u0020-\u024f\u1ea0-\u1ef9]/u.test(name) ? name : asVni(name))), 2],
  [onName(asHtml), 1.5],
  [onName(asEscapes), 1.5],
  [onName((name) => name.normalize('NFD')), 2],
  [onName(replaced), 3],
  [onName(ear), 6],
  [onName(regional), 3],
  [onName(slip), 7],
  [onName(shortened), 3],
  [onName((name, dice) => `${name} ${1 + dice.whole(9)}`), 2],
  [onName((name) => words(name).toReversed().slice(0, 1).concat(words(name).slice(0, -1)).join(' ')), 2],
  [onName((name) => name.replace(' ', '  ')), 1],
  [
    (_dice, entry) => {
      const changed = middleSyllable(entry.name, entry.person)
      if (changed === entry.name) return false
      entry.name = changed
      return true
    },
    7,
  ],
  [
    // a newborn bears the mother's name until the birth certificate
    (_dice, entry) => {
      const { parent, birth } = entry.person
      if (!parent || parent.sex === 'male' || birth < '2022') return false
      entry.name = `CB ${parent.family} ${parent.middle} ${parent.given}`.replace('  ', ' ')
      return true
    },
    1,
  ],
  // numbers
  [
    (_dice, entry) => {
      const { cmnd } = entry.person
      if (entry.idNumber === '' || cmnd === '') return false
      entry.idNumber = cmnd
      return true
    },
    5,
  ],
  [
    (_dice, entry) => {
      const { parent, birth } = entry.person
      if (entry.idNumber === '' || !parent || birth < '1995') return false
      entry.idNumber = parent.cccd
      return true
    },
    4,
  ],
  [
    (dice, entry) => {
      if (entry.idNumber === '') return false
      entry.idNumber = misdialled(dice, entry.idNumber)
      return true
    },
    3,
  ],
  [
    (dice, entry) => {
      if (entry.insurance === '') return false
      entry.insurance = misdialled(dice, entry.insurance)
      return true
    },
    2,
  ],
  [blank('idNumber'), 5],
  [blank('insurance'), 4],
  // phones
  [
    (dice, entry) => {
      const [first = '', second = newPhone(dice)] = entry.person.phones
      if (entry.phone === '') return false
      entry.phone = entry.phone === second ? first : second
      return true
    },
    3,
  ],
  [
    (_dice, entry) => {
      const phone = entry.person.parent?.phones[0]
      if (phone === undefined || entry.phone === '' || entry.phone === phone) return false
      entry.phone = phone
      return true
    },
    4,
  ],
  [
    (dice, entry) => {
      if (!/^0\d{9}$/.test(entry.phone)) return false
      entry.phone = dice.chance(0.5) ? misdialled(dice, entry.phone) : `+84${entry.phone.slice(1)}`
      return true
    },
    3,
  ],
  [blank('phone'), 6],
  // places
  [
    (dice, entry) => {
      const home = dice.pick(entry.person.homes)
      const { old } = home.ground
      if (entry.ward === '') return false
      entry.ward = dice.chance(0.5) ? `${old.name}, ${old.above}` : old.code
      return true
    },
    6,
  ],
  [
    (_dice, entry) => {
      const [home] = entry.person.homes
      if (!home || entry.ward === '') return false
      entry.ward = home.ground.today.name
      return true
    },
    4,
  ],
  [blank('ward'), 4],
  [blank('address'), 5],
  [onAddress, 4],
  // the rest
  [blank('sex'), 3],
  [
    (_dice, entry) => {
      if (entry.sex === '') return false
      entry.sex = entry.sex === 'Nam' ? 'Nữ' : 'Nam'
      return true
    },
    1.5,
  ],
]

function onAddress(dice: Dice, entry: Entry): boolean {
  if (entry.address === '') return false
  entry.address = dice.chance(0.5) ? bare(entry.address) : slip(entry.address, dice)
  return true
}

const harm = weighted(HARMS)

/** Does so many different harms to an entry. */
export function spoil(dice: Dice, entry: Entry, count: number): void {
  const done = new Set<Harm>()
  for (let tries = 0; done.size < count && tries < 60; tries += 1) {
    const one = harm(dice)
    if (!done.has(one) && one(dice, entry)) done.add(one)
  }
}
