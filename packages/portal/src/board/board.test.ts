import type { Board } from '@sokhoe/model/coverage'
import { expect, test } from 'vitest'
import { lastDays, paceOf, wayOf } from './board.ts'

const board: Board = {
  ward: { code: '26911', name: 'Phường Bình Quới' },
  campaign: null,
  asOf: '2026-11-23T18:30:00.000Z',
  population: { estimated: 1000, basis: 'population.merger-map' },
  target: 900,
  declared: 778,
  verified: 300,
  overFull: false,
  byDay: [
    { day: '2026-11-16', declared: 7, verified: 1 },
    { day: '2026-11-20', declared: 14, verified: 0 },
    { day: '2026-11-24', declared: 50, verified: 0 },
  ],
  byAlley: [],
  byAge: [],
  byCampaign: [],
  todayBy: [],
  today: [],
}

test('a ward is reckoned with its people, and still misses what is short of 90 per cent', () => {
  expect(wayOf(board)).toEqual({ whole: 1000, share: 0.778, remaining: 122, mark: 0.9 })
})

test('a campaign is reckoned with its own target; without one, nothing is reckoned', () => {
  const campaign = { code: 'bq27', title: 'Bình Quới' }
  expect(wayOf({ ...board, campaign, target: 800 })).toEqual({
    whole: 800,
    share: 0.9725,
    remaining: 22,
    mark: null,
  })
  expect(wayOf({ ...board, campaign, target: null })).toMatchObject({ share: null, remaining: null })
})

test('the last days are those of Vietnam, and a day without books is told as none', () => {
  const days = lastDays(board, 5)
  expect(days.map(({ day }) => day)).toEqual([
    '2026-11-20',
    '2026-11-21',
    '2026-11-22',
    '2026-11-23',
    '2026-11-24',
  ])
  expect(days.map(({ declared }) => declared)).toEqual([14, 0, 0, 0, 50])
})

test('the pace is that of the seven whole days before today', () => {
  expect(paceOf(board)).toBeCloseTo(14 / 7)
})
