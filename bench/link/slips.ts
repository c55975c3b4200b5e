/** Slips of the hand, the eye and the machine on Latin text and digits. */
import type { Dice } from './dice.ts'

const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1234567890']

/** A key beside the one that was meant. */
function neighbour(dice: Dice, letter: string): string {
  const row = ROWS.find((keys) => keys.includes(letter))
  if (!row) return letter
  const at = row.indexOf(letter)
  return row[at === 0 || (at < row.length - 1 && dice.chance(0.5)) ? at + 1 : at - 1] ?? letter
}

/** What a reading machine takes for what. */
const LOOKS = [
  'rn m',
  'cl d',
  'vv w',
  'li h',
  '0 o',
  '1 l',
  'g q',
  's 5',
  'b 6',
  'z 2',
  'i j',
  'e c',
  'u v',
  'h b',
  'n u',
]

/** What an ear takes for what. */
const SOUNDS = [
  'ph f',
  'ck k',
  'c k',
  'ie y',
  'ee ea',
  'll l',
  'nn n',
  'tt t',
  'ou o',
  'wr r',
  'z s',
  'sch sh',
  'ei ie',
  'ey y',
]

function exchanged(dice: Dice, text: string, twins: readonly string[]): string {
  const able = twins
    .map((pair) => pair.split(' '))
    .flatMap(([a = '', b = '']) => [[a, b] as const, [b, a] as const])
    .filter(([from]) => text.includes(from))
  if (able.length === 0) return text
  const [from, to] = dice.pick(able)
  const places = [...text.matchAll(new RegExp(from, 'g'))].map((found) => found.index)
  const at = dice.pick(places)
  return text.slice(0, at) + to + text.slice(at + from.length)
}

export const misread = (dice: Dice, text: string): string => exchanged(dice, text, LOOKS)
const misheard = (dice: Dice, text: string): string => exchanged(dice, text, SOUNDS)

/** One letter put in, left out, wrong, or two in the wrong order. */
export function mistyped(dice: Dice, text: string): string {
  if (text.length < 2) return text
  const at = dice.whole(text.length)
  const letter = text[at] ?? ''
  const kind = dice.unit()
  if (kind < 0.25) return text.slice(0, at) + text.slice(at + 1)
  if (kind < 0.45) return text.slice(0, at) + neighbour(dice, letter) + text.slice(at)
  if (kind < 0.8) return text.slice(0, at) + neighbour(dice, letter) + text.slice(at + 1)
  const next = text[at + 1] ?? ''
  return text.slice(0, at) + next + letter + text.slice(at + 2)
}

/** A blank too many or too few. */
function misspaced(dice: Dice, text: string): string {
  const blanks = [...text.matchAll(/ /g)].map((found) => found.index)
  if (blanks.length > 0 && dice.chance(0.6)) {
    const at = dice.pick(blanks)
    return text.slice(0, at) + text.slice(at + 1)
  }
  const at = 1 + dice.whole(Math.max(1, text.length - 1))
  return `${text.slice(0, at)} ${text.slice(at)}`
}

/** Another digit somewhere in a number, or two neighbours exchanged. */
export function misdialled(dice: Dice, digits: string): string {
  const places = [...digits.matchAll(/\d/g)].map((found) => found.index)
  if (places.length < 2) return digits
  const at = dice.pick(places.slice(0, -1))
  const here = digits[at] ?? '0'
  const next = digits[at + 1] ?? ''
  if (dice.chance(0.35) && /\d/.test(next) && next !== here)
    return digits.slice(0, at) + next + here + digits.slice(at + 2)
  return digits.slice(0, at) + String((Number(here) + 1 + dice.whole(9)) % 10) + digits.slice(at + 1)
}

/** Some slip on a word. */
export function slipped(dice: Dice, text: string): string {
  const kind = dice.unit()
  if (kind < 0.6) return mistyped(dice, text)
  if (kind < 0.78) return misread(dice, text)
  if (kind < 0.92) return misheard(dice, text)
  return misspaced(dice, text)
}
