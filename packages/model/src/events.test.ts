import { expect, test } from 'vitest'
import { eventsIn, monthsIn } from './events.ts'

const line = (event: string, when: string) => ({ event, when })

test('what happened together stands together, though something else lies between', () => {
  const lines = [line('a', '2026-11-23T12:00:00'), line('b', '2026-11-23T09:00:00'), line('a', '2026-11-23')]
  expect(eventsIn(lines).map((event) => event.length)).toEqual([2, 1])
})

test('months follow in order, and a year alone stands for itself', () => {
  const lines = [line('a', '2026-11-23'), line('b', '2026-10-02'), line('c', '2026-10'), line('d', '2015')]
  expect(monthsIn(lines).map(({ month, events }) => [month, events.length])).toEqual([
    ['2026-11', 1],
    ['2026-10', 2],
    ['2015', 1],
  ])
})
