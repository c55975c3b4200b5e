import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { EventRow } from '../audit/index.ts'
import { sayAccess } from './accesses.ts'

const event = (more: Partial<EventRow>): EventRow => ({
  home: 1,
  patient_id: 4096,
  seq: 1,
  at: new Date('2026-11-09T01:21:00Z'),
  actor: 'staff:station',
  actor_id: 7,
  facility: 'TYT-26911',
  action: 'station.measure',
  purpose: 'measurement',
  what: 'pressure',
  refused: false,
  ...more,
})

test('a worker’s deed names her role, her place, what she did and for what', () => {
  expect(sayAccess(event({}), new Map())).toEqual({
    at: '2026-11-09T01:21:00.000Z',
    by: 'staff',
    who: { vi: 'Nhân viên trạm y tế', en: 'Health station worker' },
    did: {
      vi: 'đo và ghi số đo, để ghi kết quả đo',
      en: 'measured and wrote down the values, to keep the measurement',
    },
    place: expect.stringContaining('Bình Quới'),
    refused: false,
  })
})

test('a refused attempt says so, and a proxy whose holder is gone is still a proxy', () => {
  expect(sayAccess(event({ refused: true }), new Map()).did.vi).toMatch(/bị từ chối$/)
  expect(sayAccess(event({ actor: 'proxy:9' }), new Map())).toMatchObject({
    by: 'proxy',
    who: { vi: 'Người đại diện' },
  })
})

/** Every action that a resident or a station may ask for, as the rule itself lists them. */
const RULE = readFileSync(new URL('../access/may.ts', import.meta.url), 'utf8')
const ACTIONS = [...RULE.matchAll(/^ {2}'((?:record|book|consent|proxy|station)\.[a-z-]+)': (?!\[)/gm)].map(
  ([, action = '']) => action,
)

test('no action of the rule is shown as a code', () => {
  expect(ACTIONS.length).toBeGreaterThan(15)
  for (const action of ACTIONS) {
    const { did } = sayAccess(event({ action, what: null, purpose: null }), new Map())
    for (const words of [did.vi, did.en]) expect(words).not.toMatch(/\w\.\w/)
  }
})
