/** A register of several sources about the families of a city, with every error such registers have, and with its truth. */
import { type Dice, diceOf, pad, poisson, weighted } from './dice.ts'
import { type Made, shuffled } from './made.ts'
import { type Entry, spoil } from './vietnam-errors.ts'
import { type Folk, type Home, makeFolk, type Person, type Trap } from './vietnam-people.ts'

const HEADER = 'id,nguon,ho_ten,ngay_sinh,gioi_tinh,sdt,so_cccd,so_the_bhyt,phuong,dia_chi'.split(',')

interface Source {
  readonly name: string
  readonly phone: number
  readonly idNumber: number
  readonly insurance: number
  readonly address: number
  readonly date: (year: string, month: string, day: string) => string
  readonly ward: 'code' | 'name'
}

const SOURCES: readonly (readonly [Source, number])[] = [
  [
    {
      name: 'tu-khai',
      phone: 1,
      idNumber: 0.7,
      insurance: 0.4,
      address: 0.7,
      ward: 'code',
      date: (y, m, d) => `${y}-${m}-${d}`,
    },
    5,
  ],
  [
    {
      name: 'tram-y-te',
      phone: 0.75,
      idNumber: 0.85,
      insurance: 0.6,
      address: 0.9,
      ward: 'code',
      date: (y, m, d) => `${d}/${m}/${y}`,
    },
    4,
  ],
  [
    {
      name: 'benh-vien-a',
      phone: 0.7,
      idNumber: 0.5,
      insurance: 0.8,
      address: 0.8,
      ward: 'name',
      date: (y, m, d) => `${y}${m}${d}`,
    },
    4,
  ],
  [
    {
      name: 'benh-vien-b',
      phone: 0.6,
      idNumber: 0.4,
      insurance: 0.7,
      address: 0.6,
      ward: 'name',
      date: (y, m, d) => `${d}/${m}/${y}`,
    },
    3,
  ],
  [
    {
      name: 'bao-hiem',
      phone: 0.15,
      idNumber: 0.85,
      insurance: 1,
      address: 0.5,
      ward: 'code',
      date: (y, m, d) => `${y}${m}${d}`,
    },
    4,
  ],
]
const source = weighted(SOURCES)

/** How the card writes the ten digits: alone, or behind object, level and province. */
const onCard = (dice: Dice, digits: string): string =>
  dice.chance(0.5) ? digits : `${dice.pick(['DN4', 'GD4', 'HS4', 'TE1', 'HT3', 'CH4'])}79${digits}`

/** Where the source knows the person to live: the ward of its day, by code or by name. */
function wardOf(dice: Dice, home: Home, how: Source['ward']): string {
  const { code, name, above } = dice.chance(0.45) ? home.ground.old : home.ground.today
  return how === 'code' ? code : [name, above].filter(Boolean).join(', ')
}

const homeNow = (dice: Dice, { homes: [first, second] }: Person): Home | undefined =>
  second && dice.chance(0.5) ? second : first

function entryOf(dice: Dice, person: Person, from: Source): Entry {
  const home = homeNow(dice, person)
  const said = (share: number, text: () => string): string => (dice.chance(share) ? text() : '')
  return {
    ...{ source: from.name, person, birth: person.birth },
    name: [person.family, person.middle, person.given].filter(Boolean).join(' '),
    sex: person.sex === 'male' ? 'Nam' : 'Nữ',
    phone: said(from.phone, () => person.phones[dice.chance(0.7) ? 0 : person.phones.length - 1] ?? ''),
    idNumber: said(person.birth < '2024' ? from.idNumber : 0, () => person.cccd),
    insurance: said(from.insurance, () => onCard(dice, dice.pick(person.insurance))),
    ward: home ? wardOf(dice, home, from.ward) : '',
    address: home ? said(from.address, () => `${home.house} ${home.street}`) : '',
  }
}

function written(entry: Entry, { date }: Source): string[] {
  const [year = '', month, day] = entry.birth.split('-')
  const birth = month === undefined || day === undefined ? year : date(year, month, day)
  return [
    ...[entry.source, entry.name, birth, entry.sex, entry.phone],
    ...[entry.idNumber, entry.insurance, entry.ward, entry.address],
  ]
}

const copies = weighted([
  [1, 30],
  [2, 28],
  [3, 20],
  [4, 12],
  [5, 6],
  [6, 4],
])

type Rows = readonly { readonly who: Person; readonly row: readonly string[] }[]

function trapPairs(traps: readonly Trap[], rows: Rows): Made['traps'] {
  const rowsOf = Map.groupBy(rows.keys(), (at) => rows[at]?.who)
  const pairs = traps.map(({ kind, a, b }) => ({
    kind,
    pairs: (rowsOf.get(a) ?? []).flatMap((left) =>
      (rowsOf.get(b) ?? []).map((right) => [left, right] as const),
    ),
  }))
  const kinds = Map.groupBy(pairs, ({ kind }) => kind)
  return new Map([...kinds].map(([kind, list]) => [kind, list.flatMap((one) => one.pairs)]))
}

/** Only where the child's record bears the parent's own number is that pair a trap. */
function copiedNumber(traps: readonly Trap[], rows: Rows): Made['traps'] {
  const all = trapPairs(traps, rows)
  const idAt = HEADER.indexOf('so_cccd') - 1
  const numberOf = (at: number): string => rows[at]?.row[idAt] ?? ''
  return new Map(
    [...all].map(([kind, pairs]) => [
      kind,
      kind === "parent's number on a child"
        ? pairs.filter(([a, b]) => numberOf(a) !== '' && numberOf(a) === numberOf(b))
        : pairs,
    ]),
  )
}

function entriesOf(dice: Dice, { persons }: Folk, count: number, errors: number): Rows {
  const rows: { who: Person; row: string[] }[] = []
  const trapped = persons.slice(-Math.ceil(persons.length / 90))
  const add = (who: Person): void => {
    const from = source(dice)
    const entry = entryOf(dice, who, from)
    spoil(dice, entry, poisson(dice, errors))
    rows.push({ who, row: written(entry, from) })
  }
  for (const who of trapped) add(who)
  for (const who of persons)
    for (let left = copies(dice); left > 0 && rows.length < count; left -= 1) add(who)
  return shuffled(rows, dice.whole)
}

/**
 * @param count rows
 * @param errors of a row on average
 */
export function makeRegistry(seed: number, count: number, errors = 2): Made {
  const dice = diceOf(seed)
  const folk = makeFolk(dice, Math.round(count / 2.4))
  const rows = entriesOf(dice, folk, count, errors)
  const numbers = new Map(folk.persons.map((person, at) => [person, at]))
  return {
    header: HEADER,
    rows: rows.map(({ row }, at) => [`r${pad(at + 1, 6)}`, ...row]),
    person: rows.map(({ who }) => numbers.get(who) ?? -1),
    traps: copiedNumber(folk.traps, rows),
  }
}
