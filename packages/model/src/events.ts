import type { Line } from './reading.ts'

/** Lines that happened or were told together, in the order given. */
export function eventsIn<One extends Pick<Line, 'event'>>(lines: readonly One[]): One[][] {
  return [...Map.groupBy(lines, ({ event }) => event).values()]
}

/** Events by month, in the order given: '2026-11', or '2015' where no month is known. */
export function monthsIn<One extends Pick<Line, 'event' | 'when'>>(
  lines: readonly One[],
): { readonly month: string; readonly events: readonly One[][] }[] {
  const months = Map.groupBy(eventsIn(lines), ([first]) => (first?.when ?? '').slice(0, 7))
  return [...months].map(([month, events]) => ({ month, events }))
}
