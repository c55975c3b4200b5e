import { say } from './say.ts'
import { currentLanguage } from './speech.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const NBSP = '\u00a0'

const partsOf = (at: number | string): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: ZONE,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(new Date(at))
      .map((part) => [part.type, part.value]),
  )

/** An instant as HH:mm in Vietnam. */
export const sayTime = (at: number | string): string => {
  const { hour, minute } = partsOf(at)
  return `${hour}:${minute}`
}

/** An instant as dd/MM/yyyy, HH:mm in Vietnam. */
export const sayInstant = (at: number | string): string => {
  const { day, month, year } = partsOf(at)
  return `${day}/${month}/${year}, ${sayTime(at)}`
}

/** The calendar day in Vietnam, YYYY-MM-DD. */
export const dayOf = (at: number): string => {
  const { day, month, year } = partsOf(at)
  return `${year}-${month}-${day}`
}

/** A FHIR date as written: 2026-11-23 → 23/11/2026, 2026-11 → 11/2026, 2026 → 2026. */
export const sayDay = (date: string): string => date.slice(0, 10).split('-').reverse().join('/')

/** A number as it was written, with the decimal sign of the language. */
export const sayNumber = (value: number | string): string =>
  currentLanguage() === 'vi' ? String(value).replace('.', ',') : String(value)

const BARE = new Set(['%', '°', '°C'])
const UNIT_SIGNS: Readonly<Record<string, string>> = { 'mm[Hg]': 'mmHg', Cel: '°C', a: '', '/min': '/phút' }

/** A number with its unit after a space that does not break. */
export const sayQuantity = (value: number | string, unit: string): string => {
  const sign = UNIT_SIGNS[unit] ?? unit
  if (sign === '') return sayNumber(value)
  return `${sayNumber(value)}${BARE.has(sign) ? '' : NBSP}${sign}`
}

/** Minutes and seconds left, m:ss; never below zero. */
export const sayLeft = (ms: number): string => {
  const seconds = Math.max(0, Math.ceil(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How long to wait, in words: seconds under two minutes, then minutes, then hours. */
export const sayWait = (seconds: number): string => {
  if (seconds < 120) return say('wait.seconds', { n: Math.ceil(seconds) })
  if (seconds < 7200) return say('wait.minutes', { n: Math.ceil(seconds / 60) })
  return say('wait.hours', { n: Math.ceil(seconds / 3600) })
}
