/** Persons of a register with copies full of slips, as the FEBRL generator makes them, without any number. */
import { type Dice, dayIn, diceOf, pad, zipf } from './dice.ts'
import { givenName, houseName, streetName, surname, townNames } from './english.ts'
import { type Made, shuffled } from './made.ts'
import { misdialled, slipped } from './slips.ts'

const HEADER =
  'rec_id,given_name,surname,street_number,address_1,address_2,suburb,postcode,state,date_of_birth'.split(',')
const STATES = ['nsw', 'vic', 'qld', 'sa', 'wa', 'tas', 'act', 'nt']
const state = zipf(STATES, 0.9)
const town = zipf(townNames, 0.4)

/** Columns by what a slip may do to them. */
const WORDS = ['given_name', 'surname', 'address_1', 'address_2', 'suburb']
const DIGITS = ['street_number', 'postcode', 'date_of_birth']

function original(dice: Dice): string[] {
  const { year, month, day } = dayIn(dice, 1905 + dice.whole(95))
  return [
    dice.chance(0.02) ? '' : givenName(dice, dice.chance(0.5) ? 'male' : 'female'),
    dice.chance(0.01) ? '' : surname(dice),
    dice.chance(0.04) ? '' : String(1 + Math.floor(dice.unit() ** 2.2 * 400)),
    streetName(dice),
    dice.chance(0.35) ? '' : houseName(dice),
    town(dice),
    pad(2000 + dice.whole(5000), 4),
    dice.chance(0.05) ? '' : state(dice),
    dice.chance(0.02) ? '' : `${year}${pad(month)}${pad(day)}`,
  ]
}

function swap(row: string[], a: number, b: number): void {
  const kept = row[a] ?? ''
  row[a] = row[b] ?? ''
  row[b] = kept
}

/** One change of one field. */
function damage(dice: Dice, row: string[]): void {
  const kind = dice.unit()
  if (kind < 0.04) swap(row, 0, 1)
  else if (kind < 0.06) swap(row, 3, 4)
  else if (kind < 0.2) row[dice.whole(row.length)] = ''
  else if (kind < 0.72) {
    const at = HEADER.indexOf(dice.pick(WORDS)) - 1
    row[at] = slipped(dice, row[at] ?? '')
  } else if (kind < 0.93) {
    const at = HEADER.indexOf(dice.pick(DIGITS)) - 1
    row[at] = misdialled(dice, row[at] ?? '')
  } else if (kind < 0.96) row[7] = state(dice)
  else if (kind < 0.98) row[0] = givenName(dice, 'female')
  else row[1] = surname(dice)
}

/**
 * @param originals how many persons; as many copies are made, of one person up to five
 */
export function makePersons(seed: number, originals: number): Made {
  const dice = diceOf(seed)
  const truth = Array.from({ length: originals }, () => original(dice))
  const rows = truth.map((row, person) => ({ person, row }))
  const copies = zipf([1, 2, 3, 4, 5], 1)
  while (rows.length < 2 * originals) {
    const person = dice.whole(originals)
    for (let n = copies(dice); n > 0; n -= 1) {
      const row = [...(truth[person] ?? [])]
      for (let left = 1 + dice.whole(6); left > 0; left -= 1) damage(dice, row)
      rows.push({ person, row })
    }
  }
  const mixed = shuffled(rows, dice.whole)
  return {
    header: HEADER,
    rows: mixed.map(({ row }, at) => [`rec-${at + 1}`, ...row]),
    person: mixed.map(({ person }) => person),
    traps: new Map(),
  }
}
