import { asciiKey, exactKey } from '@sokhoe/model/names'

/** A piece of a value: as in the other column, the same but for marks, or another one. */
export interface Piece {
  readonly text: string
  readonly is: 'same' | 'near' | 'other'
}

const whole = (text: string, is: Piece['is']): Piece[] => [{ text, is }]

function words(value: string, reference: string): Piece[] {
  const said = reference.split(/\s+/)
  const exact = new Set(said.map(exactKey))
  const ascii = new Set(said.map(asciiKey))
  return value
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => ({
      text: word,
      is: exact.has(exactKey(word)) ? 'same' : ascii.has(asciiKey(word)) ? 'near' : 'other',
    }))
}

/** Day, month and year as they are read, each marked by itself; a day that stands as the month is near. */
function dateParts(value: string, reference: string): Piece[] {
  const [mine, other] = [value.split('-').toReversed(), reference.split('-').toReversed()]
  if (mine.length !== other.length) {
    const year = mine.at(-1) === other.at(-1)
    return mine.map((text, i) => ({ text, is: i === mine.length - 1 && year ? 'same' : 'near' }))
  }
  const swapped = mine.length === 3 && mine[0] === other[1] && mine[1] === other[0]
  return mine.map((text, i) => ({
    text,
    is: text === other[i] ? 'same' : swapped && i < 2 ? 'near' : 'other',
  }))
}

const WORDS = ['name', 'address', 'place']

/**
 * A value piece by piece beside what the first column says.
 * @param reference undefined where that column says nothing: then nothing is marked
 */
export function piecesOf(field: string, value: string, reference: string | undefined): Piece[] {
  if (reference === undefined) return whole(value, 'same')
  if (WORDS.includes(field)) return words(value, reference)
  if (field === 'birthDate') return dateParts(value, reference)
  return whole(value, value === reference ? 'same' : 'other')
}
