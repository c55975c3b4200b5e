import type { BookList, Line, LineKind } from '@sokhoe/model/reading'
import type { Filed } from './filed.ts'
import { lineOf, type Reader } from './line.ts'

/** States that are stated anew at every visit: what a list shows of them is the latest, and how often. */
const STATES = new Set<LineKind>(['condition', 'medicine', 'allergy', 'habit'])

export interface Stated {
  readonly filed: Filed
  readonly times: number
}

/** The latest of each code and source, in the order of the book; what has no code stands for itself. */
export function latestOf(all: readonly Filed[], kind: LineKind): Stated[] {
  const ofKind = all.filter((filed) => filed.kind === kind)
  if (!STATES.has(kind)) return ofKind.map((filed) => ({ filed, times: 1 }))
  const groups = Map.groupBy(ofKind, ({ entry: { code, source, type, patientId, no } }) =>
    code === '' ? `${patientId} ${no}` : `${type} ${source === 'self' ? 'self' : ''} ${code}`,
  )
  return [...groups.values()].flatMap((group) => (group[0] ? [{ filed: group[0], times: group.length }] : []))
}

const MOST = 200

/** What stands of a kind, then what has ended, each newest first. */
export function listOf(all: readonly Filed[], kind: LineKind, reader: Reader): BookList {
  const stated = latestOf(all, kind)
  const lines = stated.slice(0, MOST).map(({ filed, times }) => ({ ...lineOf(filed, reader), times }))
  const over = (line: Line): number => (line.status === 'ended' || line.status === 'entered-in-error' ? 1 : 0)
  return { kind, lines: lines.toSorted((a, b) => over(a) - over(b)), left: Math.max(0, stated.length - MOST) }
}
