import { dayInVietnam } from '@sokhoe/model'

export type Asking = 'close' | 'object' | 'erase' | 'correct'

interface Clock {
  /** Working days until it must be acknowledged. */
  readonly acknowledge: number
  /** Days until it must be answered. */
  readonly answer: number
  /** The requirement that says so. */
  readonly law: string
  /** YYYY-MM-DD from which it holds: the day of the asking chooses. */
  readonly from: string
}

/**
 * How long an answer may take (VN-28: Decree 356/2025/NĐ-CP, article 5; from a digest, not yet held against its text).
 * To close a book is to withdraw and restrict. One extension, which the law allows, is not given by itself.
 */
const CLOCKS: Readonly<Record<Asking, readonly Clock[]>> = {
  close: [{ acknowledge: 2, answer: 15, law: 'VN-28', from: '2026-01-01' }],
  object: [{ acknowledge: 2, answer: 15, law: 'VN-28', from: '2026-01-01' }],
  erase: [{ acknowledge: 2, answer: 20, law: 'VN-28', from: '2026-01-01' }],
  correct: [{ acknowledge: 2, answer: 10, law: 'VN-28', from: '2026-01-01' }],
}

const DAY = 24 * 3600 * 1000
const later = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay())

/** Weekends do not count. Public holidays do: the promise is then earlier than the law's, never later. */
function laterWorkingDay(day: string, days: number): string {
  let last = day
  for (let left = days; left > 0; ) {
    last = later(last, 1)
    if (!isWeekend(last)) left -= 1
  }
  return last
}

export interface Deadline {
  readonly law: string
  /** Last days, YYYY-MM-DD in Vietnam. */
  readonly acknowledgeBy: string
  readonly dueOn: string
}

/**
 * By when something that is asked now must be answered; the day of the asking does not count.
 * @throws {RangeError} a day before any rule
 */
export function deadlineOf(asking: Asking, askedAt: Date): Deadline {
  const day = dayInVietnam(askedAt)
  const clock = CLOCKS[asking].findLast(({ from }) => from <= day)
  if (!clock) throw new RangeError(`no rule for ${asking} on that day`)
  return {
    law: clock.law,
    acknowledgeBy: laterWorkingDay(day, clock.acknowledge),
    dueOn: later(day, clock.answer),
  }
}

/** Days left until the end of a day; negative when it is over. */
export const daysLeft = (dueOn: string, now: Date): number =>
  Math.round((Date.parse(`${dueOn}T00:00:00Z`) - Date.parse(`${dayInVietnam(now)}T00:00:00Z`)) / DAY)
