import { byAge } from './ages.ts'
import { type Dice, weighted } from './random.ts'
import type { Insurance, Level, Sex } from './resident.ts'

/** Gives each whole number below the size once, in an order that looks like chance, and then again from the start. */
function series(dice: Dice, size: number): () => number {
  const start = dice.whole(size)
  const step = Math.floor(size * (0.55 + 0.1 * dice.unit())) | 1
  const stride = step % 5 === 0 ? step + 2 : step
  let at = start
  return () => {
    at = (at + stride) % size
    return at
  }
}

const below = (end: number, next: () => number) => (): number => {
  const at = next()
  return at < end ? at : below(end, next)()
}

/** Provinces where residents were born, assumption: the city first, then where people move from; old codes stay valid. */
const BIRTHPLACES = weighted(
  Object.entries({
    '079': 60,
    '074': 3,
    '077': 2.5,
    '080': 3,
    '082': 3,
    '083': 3.5,
    '084': 1.5,
    '086': 1.5,
    '087': 2,
    '089': 2.5,
    '091': 1.5,
    '092': 1.5,
    '094': 1.5,
    '096': 1.5,
    '072': 1.5,
    '075': 1.5,
    '070': 0.8,
    '066': 1,
    '060': 1,
    '056': 0.8,
    '054': 0.8,
    '052': 1.5,
    '051': 1.5,
    '049': 1.2,
    '046': 0.8,
    '040': 1.2,
    '038': 1.2,
    '036': 0.8,
    '034': 0.6,
    '001': 0.6,
  }).map(([is, count]) => ({ is, count })),
)

const bornHere = byAge([0, 0.85], [15, 0.45], [45, 0.1])
const hasPhone = byAge([13, 0.35], [16, 0.8], [18, 0.97], [60, 0.8], [70, 0.5], [80, 0.2])
const hasNumber = byAge([0, 0.75], [6, 0.85], [14, 0.97])
const hadOldCard = byAge([24, 0.3], [30, 0.6], [40, 0.75])
const insured = byAge([0, 0.99], [6, 0.97], [18, 0.88], [60, 0.95])

/** Object code and benefit level of a health insurance card, by age; shares are assumptions. */
const CARDS: readonly (readonly [from: number, draw: (dice: Dice) => string])[] = [
  [0, () => 'TE1'],
  [
    6,
    weighted([
      { is: 'HS4', count: 97 },
      { is: 'HN1', count: 2 },
      { is: 'CN3', count: 1 },
    ]),
  ],
  [
    18,
    weighted([
      { is: 'SV4', count: 40 },
      { is: 'DN4', count: 35 },
      { is: 'GD4', count: 25 },
    ]),
  ],
  [
    23,
    weighted([
      { is: 'DN4', count: 62 },
      { is: 'GD4', count: 25 },
      { is: 'HC4', count: 8 },
      { is: 'HN1', count: 2 },
      { is: 'CN3', count: 2 },
      { is: 'TN4', count: 1 },
    ]),
  ],
  [
    60,
    weighted([
      { is: 'GD4', count: 45 },
      { is: 'HT3', count: 45 },
      { is: 'CK2', count: 5 },
      { is: 'HN1', count: 3 },
      { is: 'CB2', count: 2 },
    ]),
  ],
  [
    80,
    weighted([
      { is: 'CT2', count: 60 },
      { is: 'HT3', count: 35 },
      { is: 'CC1', count: 5 },
    ]),
  ],
]

/** An assumption, well into a campaign: what facilities have sent is shown to confirmed books only. */
const LEVELS = weighted<Level>([
  { is: 'phone', count: 25 },
  { is: 'card', count: 20 },
  { is: 'verified', count: 55 },
])

const NO_PAPERS = { idNumber: null, idIssuedOn: null, oldIdNumber: null, level: 'phone' } as const

export interface Numbers {
  readonly phone: string | null
  readonly idNumber: string | null
  readonly idIssuedOn: string | null
  readonly oldIdNumber: string | null
  readonly insurance: Insurance | null
  readonly level: Level
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')

/** Century and sex of a 12-digit number: 20th century 0 and 1, 21st 2 and 3. */
const centuryDigit = (sex: Sex, year: number): number =>
  2 * (Math.floor(year / 100) - 19) + (sex === 'female' ? 1 : 0)

function issuedOn(dice: Dice, birthDate: string, until: string): string {
  const from = Math.max(2021, Number(birthDate.slice(0, 4)))
  const year = from + dice.whole(Number(until.slice(0, 4)) - from + 1)
  const day = `${year}-${digits(1 + dice.whole(12), 2)}-${digits(1 + dice.whole(28), 2)}`
  return day <= birthDate || day > until ? until : day
}

/**
 * Hands out numbers, each once in the city: identity numbers (six running digits for each province, sex and year of
 * birth), social insurance numbers (up to a hundred million), old card numbers (up to ten million) and phones.
 *
 * The test range holds a million phones, of which the last ten thousand, from 0500 990 000 on, are left to whoever tries
 * the app as somebody new. After that many they are dealt again, so that in a city of more than about 1.2 million people
 * some households share a number.
 *
 * @returns a function of dice, sex, birth date and age; call it once for each resident, in order
 */
export function numbersOf(cityDice: Dice, until: string) {
  const phones = below(990_000, series(cityDice, 1_000_000))
  const insurances = series(cityDice, 100_000_000)
  const oldCards = series(cityDice, 10_000_000)
  const running = new Map<string, number>()
  const start = cityDice.whole(1_000_000)

  const idNumber = (province: string, sex: Sex, birthDate: string): string => {
    const year = Number(birthDate.slice(0, 4))
    const head = `${province}${centuryDigit(sex, year)}${birthDate.slice(2, 4)}`
    const count = running.get(head) ?? 0
    running.set(head, count + 1)
    return `${head}${digits((start + count * 618_033) % 1_000_000, 6)}`
  }

  const insuranceOf = (dice: Dice, age: number): Insurance | null => {
    const draw = CARDS.findLast(([from]) => from <= age)?.[1]
    if (!draw || !dice.chance(insured(age))) return null
    const number = `79${digits(insurances(), 8)}`
    return { number, card: `${draw(dice)}79${number}` }
  }

  const papersOf = (dice: Dice, sex: Sex, birthDate: string, age: number) => {
    const province = dice.chance(bornHere(age)) ? '079' : BIRTHPLACES(dice)
    return {
      idNumber: idNumber(province, sex, birthDate),
      idIssuedOn: age >= 14 ? issuedOn(dice, birthDate, until) : null,
      oldIdNumber: dice.chance(hadOldCard(age)) ? `02${digits(oldCards(), 7)}` : null,
      level: LEVELS(dice),
    }
  }

  return (dice: Dice, sex: Sex, birthDate: string, age: number): Numbers => ({
    phone: dice.chance(hasPhone(age)) ? `0500${digits(phones(), 6)}` : null,
    insurance: insuranceOf(dice, age),
    ...(dice.chance(hasNumber(age)) ? papersOf(dice, sex, birthDate, age) : NO_PAPERS),
  })
}
