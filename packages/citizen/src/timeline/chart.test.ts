import type { Point, SeriesRange } from '@sokhoe/model/reading'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { drawingOf, FRAME, scaleOf } from './chart.ts'

const point = (
  when: string,
  at: number | null,
  kind: Point['source']['kind'] = 'hospital',
  lower: number | null = null,
): Point => ({
  id: `${when} ${at} ${kind}`,
  date: when,
  when,
  value: { text: String(at), unit: '%' },
  at,
  lower,
  converted: null,
  source: { kind, place: null },
  status: 'standing',
  verdict: null,
})
const words = { vi: '', en: '' }
const range: SeriesRange = { low: 4, high: 5.6, lowerHigh: null, words, source: words, unverified: true }

test('what a person tells herself is a point of its own and never joins the measured line', () => {
  const drawing = drawingOf(
    [point('2024-02-01', 8.4), point('2025-01-01', 7, 'self'), point('2026-10-16', 6.8, 'station')],
    null,
  )
  expect(drawing?.dots).toHaveLength(3)
  expect(drawing?.lines.map((line) => line.map(({ kind }) => kind))).toEqual([['hospital', 'station']])
})

test('one value is a dot without a line, none is no picture', () => {
  expect(drawingOf([point('2026-10-16', 6.8)], range)).toMatchObject({ lines: [], dots: [{}] })
  expect(drawingOf([], range)).toBeUndefined()
  expect(drawingOf([point('2026-10-16', null)], range)).toBeUndefined()
})

test('the usual range is ground where it is in the picture', () => {
  const { ground } = drawingOf([point('2025-01-01', 5), point('2026-01-01', 6)], range) ?? {}
  expect(ground && ground.bottom > ground.top).toBe(true)
  expect(drawingOf([point('2025-01-01', 50), point('2026-01-01', 60)], range)?.ground).toBeNull()
})

test('both numbers of a pressure have a line each', () => {
  const two = [point('2025-01-01', 142, 'station', 88), point('2026-01-01', 134, 'station', 82)]
  expect(drawingOf(two, { ...range, low: null, high: 140, lowerHigh: 90 })).toMatchObject({
    lines: [
      [{}, {}],
      [{}, {}],
    ],
    ground: null,
    bounds: [{ text: '140' }, { text: '90' }],
  })
})

test('whatever the values, every dot lies within the frame, and ticks climb', () => {
  const some = fc.array(
    fc.record({
      day: fc.integer({ min: 0, max: 20_000 }),
      value: fc.double({ min: 0.001, max: 100_000, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  )
  fc.assert(
    fc.property(some, (made) => {
      const points = made
        .toSorted((a, b) => a.day - b.day)
        .map(({ day, value }) => point(new Date(day * 864e5).toISOString().slice(0, 10), value))
      for (const { x, y } of drawingOf(points, range)?.dots ?? []) {
        expect(x).toBeGreaterThanOrEqual(FRAME.left)
        expect(x).toBeLessThanOrEqual(FRAME.right)
        expect(y).toBeGreaterThanOrEqual(FRAME.top - 0.001)
        expect(y).toBeLessThanOrEqual(FRAME.bottom + 0.001)
      }
      const { ticks } = scaleOf(made.map(({ value }) => value))
      expect(ticks.length).toBeGreaterThan(1)
      expect(ticks.length).toBeLessThan(10)
      expect(ticks).toEqual(ticks.toSorted((a, b) => a - b))
    }),
  )
})
