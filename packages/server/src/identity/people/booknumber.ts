import { createHmac } from 'node:crypto'
import type { Keys } from '../../platform/keys.ts'

const HALF = 31_623
const NUMBERS = 1_000_000_000
const ROUNDS = 6

const mixed = (keys: Keys, round: number, half: number): number =>
  createHmac('sha256', keys.id).update(`book ${round} ${half}`).digest().readUInt32BE(0) % HALF

function forwards(keys: Keys, number: number): number {
  let [left, right] = [Math.floor(number / HALF), number % HALF]
  for (let round = 0; round < ROUNDS; round++)
    [left, right] = [right, (left + mixed(keys, round, right)) % HALF]
  return left * HALF + right
}

function backwards(keys: Keys, number: number): number {
  let [left, right] = [Math.floor(number / HALF), number % HALF]
  for (let round = ROUNDS - 1; round >= 0; round--)
    [left, right] = [(right - mixed(keys, round, left) + HALF) % HALF, left]
  return left * HALF + right
}

/** Luhn's check digit: one wrong digit is always seen, two neighbours exchanged almost always. */
function checkDigit(digits: string): number {
  const sum = [...digits].reverse().reduce((total, digit, i) => {
    const value = Number(digit) * (i % 2 === 0 ? 2 : 1)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return (10 - (sum % 10)) % 10
}

/**
 * The number on the card, for reading aloud: '79', nine digits, a check digit, in groups of four. A keyed permutation
 * of the home (cycle-walking Feistel): unique without a table, tells nothing of age, place or order of arrival, and
 * never looks like a national number, which begins with 0.
 *
 * @param home 1 to 999,999,999
 */
export function bookNumber(keys: Keys, home: number): string {
  if (!(home > 0 && home < NUMBERS)) throw new RangeError('home out of range')
  let number = forwards(keys, home)
  while (number >= NUMBERS) number = forwards(keys, number)
  const digits = `79${String(number).padStart(9, '0')}`
  return `${digits}${checkDigit(digits)}`.replace(/(\d{4})(\d{4})(\d{4})/, '$1 $2 $3')
}

/** @returns the home, or undefined when a digit is wrong */
export function readBookNumber(keys: Keys, text: string): number | undefined {
  const digits = text.replaceAll(/\s/g, '')
  if (!/^79\d{10}$/.test(digits) || checkDigit(digits.slice(0, 11)) !== Number(digits[11])) return undefined
  let home = backwards(keys, Number(digits.slice(2, 11)))
  while (home >= NUMBERS) home = backwards(keys, home)
  return home
}
