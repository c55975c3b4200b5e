import { type Span, spanOf } from '@sokhoe/fhir/query'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'

const MOST_COUNT = 500
const COUNT = 50

/** Of a history: how many lines a page has (0: only how many there are), and of which time. */
export interface AskedHistory {
  readonly count: number
  readonly since?: Date
  /** Only what stood at some moment of this time. */
  readonly at?: Span
  readonly page?: string
}

function bad(name: string, text: string): never {
  throw new Problem('fhir.malformed', {
    more: issues([{ severity: 'error', code: 'value', expression: `http.${name}`, text }]),
  })
}

/** A year, a month or a day is all of it. */
function spanIn(name: string, text: string): Span {
  return spanOf(text) ?? bad(name, `${name} is an instant such as 2026-11-26T08:00:00+07:00`)
}

function countOf(text: string): number {
  if (!/^\d{1,6}$/.test(text)) bad('_count', '_count is a whole number')
  return Math.min(Number(text), MOST_COUNT)
}

/** @throws {Problem} fhir.malformed: a parameter of another form */
export function askedHistory({ query }: Ask): AskedHistory {
  const valueAt = (name: string) => query.find(([each]) => each === name)?.[1]
  const [count, since, at, page] = ['_count', '_since', '_at', '_page'].map(valueAt)
  return {
    count: count === undefined ? COUNT : countOf(count),
    ...(since !== undefined && { since: new Date(spanIn('_since', since).from) }),
    ...(at !== undefined && { at: spanIn('_at', at) }),
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

/** When a version was followed is known of one resource, not of all that a facility stated. */
export function needNoMoment({ at }: AskedHistory): void {
  if (at) bad('_at', '_at is answered in the history of one resource; here ask with _since')
}

export const badPage = (): never =>
  bad('_page', 'This page is not of this history; begin again without _page')
