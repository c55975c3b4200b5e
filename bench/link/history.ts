/** Persons of history as many books tell of them: titles, nicknames, guessed dates, a place or the county around it. */
import { type Dice, dayIn, diceOf, pad, zipf } from './dice.ts'
import { givenName, NICKNAMES, surname, townNames } from './english.ts'
import { type Made, shuffled } from './made.ts'
import { misdialled, misread, mistyped } from './slips.ts'

const HEADER = 'unique_id,full_name,first_name,surname,dob,birth_place,postcode_fake,gender,occupation'.split(
  ',',
)

const TITLES = ['baronet', 'baron', 'earl', 'viscount', 'duke', 'marquess']
const ORDINALS = ['1st', '2nd', '3rd', '4th', '5th', '6th']
const WORK = zipf(
  'politician,cricketer,painter,military officer,writer,botanist,priest,actor,engineer,footballer,lawyer,physician,architect,composer,photographer,diplomat,judge,naval officer,poet,businessperson,explorer,rugby union player,sculptor,chemist,teacher,illustrator,nobleperson'.split(
    ',',
  ),
  0.8,
)
const counties = townNames.slice(0, 60).map((name) => `${name.replace(/(?:ton|ley|field)$/, '')}shire`)
const towns = zipf(townNames.slice(60), 0.5)
const born = zipf(
  Array.from({ length: 360 }, (_, at) => 1870 - at),
  0.6,
)

interface Person {
  readonly sex: 'male' | 'female'
  readonly given: string
  readonly second: string
  readonly family: string
  readonly title: string
  readonly date: string
  readonly yearOnly: boolean
  readonly town: string
  readonly county: string
  readonly area: string
  readonly street: string
  readonly work: string
}

const letter = (dice: Dice): string => 'abdefghjlnpqrstuwxyz'[dice.whole(20)] ?? 'a'
const streetCode = (dice: Dice): string => `${dice.whole(10)}${letter(dice)}${letter(dice)}`

function personOf(dice: Dice): Person {
  const sex = dice.chance(0.2) ? 'female' : 'male'
  const { year, month, day } = dayIn(dice, born(dice))
  const town = towns(dice)
  const at = townNames.indexOf(town)
  const noble = dice.chance(0.12)
  return {
    sex,
    given: givenName(dice, sex),
    second: dice.chance(0.35) ? (dice.chance(0.6) ? givenName(dice, sex) : surname(dice)) : '',
    family: surname(dice),
    title: noble ? `${dice.pick(ORDINALS)} ${dice.pick(TITLES)}${dice.chance(0.5) ? ` of ${town}` : ''}` : '',
    date: `${year}-${pad(month)}-${pad(day)}`,
    yearOnly: dice.chance(0.25),
    town,
    county: counties[at % counties.length] ?? '',
    area: `${letter(dice)}${letter(dice)}${1 + (at % 40)}`,
    street: streetCode(dice),
    work: WORK(dice),
  }
}

/** Whole and its last word where that is a family name or a title. */
interface Written {
  readonly full: string
  readonly last: string
}

function firstNames(dice: Dice, { given, second }: Person): string[] {
  const called = dice.chance(0.22) ? dice.pick(NICKNAMES[given] ?? [given]) : given
  const first = dice.chance(0.04) ? `${called[0]}.` : called
  if (second === '' || !dice.chance(0.45)) return [first]
  return [first, dice.chance(0.25) ? `${second[0]}.` : second]
}

function nameOf(dice: Dice, person: Person): Written {
  const { family, title } = person
  const names = firstNames(dice, person)
  const kind = dice.unit()
  const last = title.split(' ').at(-1) ?? family
  if (title !== '' && kind < 0.3) return { full: [...names, `${family},`, title].join(' '), last }
  if (title !== '' && kind < 0.4) return { full: `${names[0]} ${title}`, last }
  if (kind < 0.07) return { full: family, last: '' }
  if (kind < 0.1) return { full: names[0] ?? family, last: '' }
  return { full: [...names, family].join(' '), last: family }
}

const SLIP = 0.17

function slipIn(dice: Dice, text: string): string {
  if (text === '' || !dice.chance(SLIP)) return text
  return dice.chance(0.7) ? mistyped(dice, text) : misread(dice, text)
}

function dateOf(dice: Dice, { date, yearOnly }: Person): string {
  if (dice.chance(0.17)) return ''
  const year = date.slice(0, 4)
  if (yearOnly) return dice.chance(0.45) ? year : `${year}-01-01`
  const kind = dice.unit()
  if (kind < 0.12) return `${year}-01-01`
  if (kind < 0.17) return year
  return kind < 0.32 ? misdialled(dice, date) : date
}

function placeOf(dice: Dice, { town, county }: Person): string {
  if (dice.chance(0.12)) return ''
  const kind = dice.unit()
  if (kind < 0.65) return slipIn(dice, town)
  return kind < 0.93 ? county : towns(dice)
}

function postcodeOf(dice: Dice, { area, street }: Person): string {
  if (dice.chance(0.22)) return ''
  const kind = dice.unit()
  if (kind < 0.62) return `${area} ${street}`
  if (kind < 0.92) return `${area} ${streetCode(dice)}`
  return kind < 0.97
    ? misdialled(dice, `${area} ${street}`)
    : `${letter(dice)}${letter(dice)}${dice.whole(40)} ${streetCode(dice)}`
}

function rowOf(dice: Dice, person: Person): string[] {
  const { full, last } = nameOf(dice, person)
  const wrong = full.split(' ')
  const spelt = wrong.map((word) => slipIn(dice, word)).join(' ')
  const sex = dice.chance(0.05) ? (person.sex === 'male' ? 'female' : 'male') : person.sex
  // the parts are cut out of the whole, with its slips
  const lastWord = spelt.split(' ').at(-1) ?? ''
  return [
    ...[spelt, spelt.split(' ')[0] ?? '', last === '' ? '' : lastWord.replace(/,$/, '')],
    ...[dateOf(dice, person), placeOf(dice, person), postcodeOf(dice, person)],
    dice.chance(0.16) ? '' : sex,
    dice.chance(0.32) ? '' : dice.chance(0.08) ? WORK(dice) : person.work,
  ]
}

/** A brother, a daughter, a cousin: another person with family name and place in common, of about the same time. */
function relativeOf(dice: Dice, of: Person): Person {
  const other = personOf(dice)
  const year = Number(of.date.slice(0, 4)) - 30 + dice.whole(60)
  const { family, town, county, area } = of
  return { ...other, family, town, county, area, date: `${year}${other.date.slice(4)}`, title: of.title }
}

/** @param rows about how many; each person has one to twenty, ten of the mean */
export function makeHistory(seed: number, rows: number): Made {
  const dice = diceOf(seed)
  const made: { person: number; row: string[] }[] = []
  let before = personOf(dice)
  for (let person = 0; made.length < rows; person += 1) {
    const who = dice.chance(0.12) ? relativeOf(dice, before) : personOf(dice)
    before = who
    for (let left = 1 + dice.whole(19); left > 0; left -= 1) made.push({ person, row: rowOf(dice, who) })
  }
  const mixed = shuffled(made, dice.whole)
  return {
    header: HEADER,
    rows: mixed.map(({ row }, at) => [`h${at + 1}`, ...row]),
    person: mixed.map(({ person }) => person),
    traps: new Map(),
  }
}
