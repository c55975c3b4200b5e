/**
 * How long a record must be kept (VN-23: Circular 33/2025/TT-BYT, annex, lines 38–49; years count from the end of the
 * year in which they begin).
 */
export const RETENTION = {
  /** The resident's own electronic health book. */
  'health-book': { years: 10, after: 'death' },
  'death-record': { years: 30, after: 'death' },
  'psychiatric-occupational-traffic': { years: 20, after: 'discharge' },
  'in-outpatient': { years: 10, after: 'discharge' },
  'health-check': { years: 2, after: 'examination' },
} as const satisfies Record<string, { years: number; after: 'death' | 'discharge' | 'examination' }>

export type RetentionClass = keyof typeof RETENTION

/**
 * The last day on which the record must be kept.
 * @param day YYYY-MM-DD of the death, discharge or examination
 * @returns YYYY-12-31
 */
export const retainUntil = (retentionClass: RetentionClass, day: string): string =>
  `${Number(day.slice(0, 4)) + RETENTION[retentionClass].years}-12-31`

/** Law under which a record is erased before its time ends. */
export const GROUNDS = {
  /** Retention has run out (VN-23, VN-24). */
  expired: 'VN-23',
  /** Nothing of it concerns a person: a trial, a mistake, a simulation. */
  'not-a-record': 'VN-24',
} as const

/** What somebody with the power to do so decided about one Patient's record. */
export interface ErasureDecision {
  readonly id: string
  /** Staff number. */
  readonly approvedBy: number
  readonly ground: keyof typeof GROUNDS
  readonly retentionClass: RetentionClass
  /** YYYY-MM-DD, the last day on which it must be kept; null while it has not begun to run: the person lives. */
  readonly retainUntil: string | null
}

/** @param today YYYY-MM-DD in Vietnam */
export const isRetained = ({ ground, retainUntil: last }: ErasureDecision, today: string): boolean =>
  ground === 'expired' && (last === null || today <= last)
