import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'

const MOST_COUNT = 500
const COUNT = 50

/** Of a history: how many lines a page has, and from which time on. */
export interface AskedHistory {
  readonly count: number
  readonly since?: Date
  /** Only what stood at this moment. */
  readonly at?: Date
  readonly page?: string
}

function bad(name: string, text: string): never {
  throw new Problem('fhir.malformed', {
    more: issues([{ severity: 'error', code: 'value', expression: `http.${name}`, text }]),
  })
}

const INSTANT = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/

function instantOf(name: string, text: string): Date {
  const instant = new Date(text)
  if (!INSTANT.test(text) || Number.isNaN(instant.getTime()))
    bad(name, `${name} is an instant such as 2026-11-26T08:00:00+07:00`)
  return instant
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) bad('_count', '_count is a whole number')
  return Math.min(Math.max(Number(text), 1), MOST_COUNT)
}

/** @throws {Problem} fhir.malformed: a parameter of another form */
export function askedHistory({ query }: Ask): AskedHistory {
  const valueAt = (name: string) => query.find(([each]) => each === name)?.[1]
  const [count, since, at, page] = ['_count', '_since', '_at', '_page'].map(valueAt)
  return {
    count: count === undefined ? COUNT : countOf(count),
    ...(since !== undefined && { since: instantOf('_since', since) }),
    ...(at !== undefined && { at: instantOf('_at', at) }),
    ...(page !== undefined && { page }),
  }
}

/** The same address with another page. */
export function pageUrl(base: string, path: string, query: Ask['query'], page: string | undefined): string {
  const kept = query.filter(([name]) => name !== '_page')
  const all = page === undefined ? kept : [...kept, ['_page', page] as const]
  const text = all
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&')
  return `${base}/${path}${text === '' ? '' : `?${text}`}`
}

export const badPage = (): never =>
  bad('_page', 'This page is not of this history; begin again without _page')
