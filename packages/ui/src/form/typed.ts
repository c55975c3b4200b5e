import type { TypedDate } from '../parts/DateFields.tsx'

export type ReadDate = { ok: true; date: string } | { ok: false; reason: 'empty' | 'gap' | 'impossible' }

const isReal = (year: number, month: number, day: number): boolean => {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/**
 * Day, month and year as typed into three fields.
 *
 * @returns a FHIR date as precise as what was typed (2026-11-23, 2026-11, 2026); 'gap' for a day without month or a month without year
 */
export function readTypedDate({ day, month, year }: TypedDate): ReadDate {
  if (day === '' && month === '' && year === '') return { ok: false, reason: 'empty' }
  if (year === '' || (day !== '' && month === '')) return { ok: false, reason: 'gap' }
  if (year.length !== 4 || !isReal(Number(year), Number(month || 1), Number(day || 1)))
    return { ok: false, reason: 'impossible' }
  const parts = [year, month, day].filter((part) => part !== '').map((part) => part.padStart(2, '0'))
  return { ok: true, date: parts.join('-') }
}

export const typedDateOf = (date: string | undefined): TypedDate => {
  const [year = '', month = '', day = ''] = (date ?? '').slice(0, 10).split('-')
  return { day, month, year }
}

export type ReadNumber = { ok: true; text: string } | { ok: false }

/** A number as Vietnamese hands type it: comma or point for the fraction, spaces ignored. Keeps the zeros that were typed. */
export function readTypedNumber(text: string, whole: boolean): ReadNumber {
  const plain = text.replaceAll(/\s/g, '').replace(',', '.')
  const pattern = whole ? /^\d{1,9}$/ : /^\d{1,9}(\.\d{1,6})?$/
  if (!pattern.test(plain)) return { ok: false }
  return { ok: true, text: plain.replace(/^0+(?=\d)/, '') }
}
