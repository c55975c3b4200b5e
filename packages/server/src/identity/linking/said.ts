import { successors } from '@sokhoe/codes'
import { readPhone } from '@sokhoe/model/phone'
import type { Said } from '@sokhoe/signals/linkage'
import { blind, type Keys } from '../../platform/keys.ts'
import { type Demographics, identifierHash } from '../people/demographics.ts'

/** What is known of a Patient beside what its source says. */
export interface Beside {
  /** Code of a ward of any day. */
  readonly ward: string | null
  /** Marks of telephones, as of {@link phoneMark}. */
  readonly phones?: readonly string[]
  /** Blind indexes, in hexadecimal, of active numbers that a station has seen. */
  readonly verified?: ReadonlySet<string>
  /** Numbers that nobody has seen are left out: a confirmed book is compared by what it was confirmed with. */
  readonly onlyVerified?: boolean
}

const MARK_DIGITS = 20

/** Stands for a telephone where only equality matters: digits, but none that anybody could call. */
export const markOfHash = (hash: Buffer): string =>
  hash.readBigUInt64BE(0).toString().padStart(MARK_DIGITS, '0')

/** Of a book that begins, with the telephone that keeps it. */
export const besideOf = (ward: string | null, phoneHash?: Buffer): Beside => ({
  ward,
  ...(phoneHash && { phones: [markOfHash(phoneHash)] }),
})

/** @returns undefined for what is no mobile telephone: a landline is a household's or a switchboard's, and tells of nobody */
export function phoneMark(keys: Keys, typed: string): string | undefined {
  const reading = readPhone(typed, { synthetic: true })
  return reading.ok ? markOfHash(blind(keys, 'phone', reading.e164)) : undefined
}

/** The last day of the wards of before, and one on which whatever stands now still stands. */
const DAYS = ['2025-06-30', '9999-12-31'] as const
const todays = new Map<string, readonly string[]>()

/**
 * Where the ground of a ward lies today. Codes were used anew in 2025 and a Patient tells no day, so a code is read both
 * ways; for a comparison it is enough that the right ward is among them.
 */
function wardsToday(code: string): readonly string[] {
  const known = todays.get(code)
  if (known) return known
  const wards = [...new Set(DAYS.flatMap((day) => successors(code, day)).map(({ ward }) => ward.code))]
  if (wards.length === 0) return [code]
  // codes of wards alone are remembered: of others there is no end
  todays.set(code, wards)
  return wards
}

function numbersOf(
  keys: Keys,
  { identifiers, ended = [] }: Demographics,
  { verified, onlyVerified = false }: Beside,
): NonNullable<Said['numbers']> {
  const isAny = verified !== undefined && verified.size > 0
  const told = identifiers.map((one) => ({
    ...one,
    verified: isAny && verified.has(identifierHash(keys, one).toString('hex')),
  }))
  const active = onlyVerified ? told.filter((one) => one.verified) : told
  return [...active, ...ended.map(({ system, value }) => ({ system, value, ended: true }))]
}

/** What a Patient's source says, as the comparison takes it. */
export function saidOf(keys: Keys, demographics: Demographics, beside: Beside): Said {
  const { name, sex, birthDate, address, multipleBirth } = demographics
  const phones = [...(demographics.phones ?? []), ...(beside.phones ?? [])]
  return {
    name,
    numbers: numbersOf(keys, demographics, beside),
    phones,
    wards: beside.ward === null ? [] : wardsToday(beside.ward),
    ...(birthDate !== '' && { birthDate }),
    ...((sex === 'male' || sex === 'female') && { sex }),
    ...(address !== undefined && { address }),
    ...(multipleBirth !== undefined && { multipleBirth }),
  }
}
