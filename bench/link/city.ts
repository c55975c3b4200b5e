import type { Demographics } from '../../packages/server/src/identity/index.ts'
import { makeRegistry } from './vietnam.ts'

/** A record of the register as a source of the city states it. */
export interface Record {
  readonly source: string
  readonly ward: string | null
  readonly demographics: Demographics
}

/** 2001-12-31, 31/12/2001 or 20011231; a year; or nothing. */
function dayOf(written: string): string {
  const [, y, m, d] = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(written) ?? []
  if (y) return `${y}-${m}-${d}`
  const [, day, month, year] = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(written) ?? []
  if (year) return `${year}-${month}-${day}`
  return /^\d{4}$/.test(written) ? written : ''
}

function identifiersOf(idNumber: string, insurance: string): Demographics['identifiers'] {
  return [
    ...(/^\d{12}$/.test(idNumber) ? [{ system: 'cccd' as const, value: idNumber }] : []),
    ...(/^\d{9}$/.test(idNumber) ? [{ system: 'cmnd' as const, value: idNumber }] : []),
    ...(/^\d{10}$/.test(insurance) ? [{ system: 'bhxh' as const, value: insurance }] : []),
    ...(/^[A-Z]{2}\d{13}$/.test(insurance) ? [{ system: 'bhyt' as const, value: insurance }] : []),
  ]
}

/** So many records are made at once. */
const PIECE = 60_000

const SEXES: Readonly<Partial<{ [word: string]: Demographics['sex'] }>> = { Nam: 'male', Nữ: 'female' }

function recordOf(row: readonly string[]): Record {
  const [, source = '', name = '', born = '', sex = '', phone, id = '', card = '', ward = '', address] = row
  return {
    source,
    ward: /^\d{5}$/.test(ward) ? ward : null,
    demographics: {
      name,
      sex: SEXES[sex] ?? 'unknown',
      birthDate: dayOf(born),
      identifiers: identifiersOf(id, card),
      ...(address && { address }),
      ...(phone && { phones: [phone] }),
    },
  }
}

/** A city's records with all their errors, piece by piece; the same for the same seed. */
export function* recordsOf(seed: number, count: number): Generator<Record> {
  for (let done = 0; done < count; done += PIECE) {
    const { rows } = makeRegistry(seed * 1000 + done / PIECE, Math.min(PIECE, count - done))
    for (const row of rows) yield recordOf(row)
  }
}
