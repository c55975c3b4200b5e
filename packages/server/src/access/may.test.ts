import { expect, test } from 'vitest'
import type { Actor, HeldProxy, Resident, Staff } from '../platform/context.ts'
import { type Action, may, mayWork } from './may.ts'

const [OWN, CHILD, STRANGER] = [7, 8, 9]

const proxy = (...topics: HeldProxy['topics']): HeldProxy => ({ home: CHILD, id: 1, holder: OWN, topics })

const resident = (...proxies: HeldProxy[]): Resident => ({
  kind: 'resident',
  account: 1,
  phoneHash: Buffer.alloc(32),
  session: Buffer.alloc(32),
  proven: true,
  opened: true,
  epoch: 0,
  campaign: null,
  books: [OWN],
  arriving: [],
  proxies,
  acting: null,
  locked: [],
})

const staff = (role: string, ward: string | null): Staff => ({
  kind: 'staff',
  id: 1,
  role,
  ward,
  facility: ward === null ? 'SYT' : `TYT-${ward}`,
})

const DEEDS: readonly Action[] = [
  'record.read',
  'record.declare',
  'record.state',
  'record.dispute',
  'book.card',
  'book.print',
  'book.accesses',
  'book.request',
  'consent.read',
  'consent.set',
  'proxy.read',
  'proxy.end',
  'proxy.grant',
]
const STATION: readonly Action[] = [
  'station.find',
  'station.verify',
  'station.measure',
  'station.assist',
  'station.household',
  'station.duplicate',
  'station.proxy',
  'station.phone',
  'station.dispute',
]

const allowed = (actor: Actor, home: number, more: object = {}): Action[] =>
  [...DEEDS, ...STATION].filter((action) => may(actor, action, { home, ...more }))

test('a resident does everything with her own book, and nothing with a stranger’s', () => {
  expect(allowed(resident(), OWN)).toEqual(DEEDS)
  expect(allowed(resident(), STRANGER)).toEqual([])
})

test('a book on its way to a new number takes additions and shows nobody else’s word', () => {
  const moving = { ...resident(), books: [], arriving: [OWN] }
  expect(allowed(moving, OWN)).toEqual(['record.read', 'record.declare', 'record.state'])
})

test('a proxy does only what her topics say, and never gives the book on', () => {
  const reads = ['record.read', 'book.print', 'book.accesses', 'consent.read', 'proxy.read', 'proxy.end']
  expect(allowed(resident(proxy('results')), CHILD)).toEqual(reads)
  expect(allowed(resident(proxy('results', 'write')), CHILD)).toEqual(
    DEEDS.filter((deed) => reads.includes(deed) || /^record\./.test(deed)),
  )
  expect(allowed(resident(proxy('write', 'manage')), CHILD)).not.toContain('proxy.grant')
  expect(allowed(resident(proxy()), CHILD)).toEqual([])
})

test('a station works with the people of its ward, and with whoever stands before it', () => {
  for (const role of ['station', 'station-lead']) {
    expect(allowed(staff(role, '26911'), STRANGER, { ward: '26911' })).toEqual(STATION)
    expect(allowed(staff(role, '26911'), STRANGER, { ward: '26929' })).toEqual([])
    expect(allowed(staff(role, '26911'), STRANGER, { ward: null })).toEqual([])
    expect(allowed(staff(role, '26911'), STRANGER, { ward: '26929', present: true })).toEqual(STATION)
  }
})

test('only the lead of a station takes a confirmation back', () => {
  const of = { home: STRANGER, ward: '26911' }
  expect(may(staff('station-lead', '26911'), 'station.unverify', of)).toBe(true)
  expect(may(staff('station', '26911'), 'station.unverify', of)).toBe(false)
  expect(may(staff('station-lead', '26929'), 'station.unverify', of)).toBe(false)
})

test('the Department, the privacy office and whoever is not signed in open no person', () => {
  const others: readonly Actor[] = [staff('department', null), staff('privacy', null), { kind: 'nobody' }]
  for (const actor of others) expect(allowed(actor, STRANGER, { ward: '26911', present: true })).toEqual([])
})

test('declaring for others belongs to a ward’s station, what a suspended worker took down to its lead', () => {
  for (const role of ['station', 'station-lead']) {
    expect(mayWork(staff(role, '26911'), 'declaration.assist', '26911')).toBe(true)
    expect(mayWork(staff(role, '26911'), 'declaration.assist', '26929')).toBe(false)
  }
  expect(mayWork(staff('station', '26911'), 'declaration.take-over', '26911')).toBe(false)
  expect(mayWork(staff('station-lead', '26911'), 'declaration.take-over', '26911')).toBe(true)
  for (const actor of [staff('department', null), staff('privacy', null), resident()])
    expect(mayWork(actor, 'declaration.assist', '26911')).toBe(false)
})

test('work about nobody in particular belongs to a ward’s own station, or to the Department', () => {
  expect(mayWork(staff('station-lead', '26911'), 'campaign.manage', '26911')).toBe(true)
  expect(mayWork(staff('station-lead', '26911'), 'campaign.manage', '26929')).toBe(false)
  expect(mayWork(staff('station', '26911'), 'campaign.manage', '26911')).toBe(false)
  expect(mayWork(staff('station', '26911'), 'campaign.tickets', '26911')).toBe(true)
  expect(mayWork(staff('station', '26911'), 'campaign.tickets', '26929')).toBe(false)
  expect(mayWork(staff('department', null), 'campaign.tickets', '26911')).toBe(false)
  expect(mayWork(staff('station', '26911'), 'board.read', '26911')).toBe(true)
  expect(mayWork(staff('station-lead', '26911'), 'coverage.read', null)).toBe(false)
  expect(mayWork(staff('department', null), 'coverage.read', null)).toBe(true)
  expect(mayWork(staff('privacy', null), 'board.read', '26911')).toBe(false)
  expect(mayWork(staff('privacy', null), 'request.answer', null)).toBe(true)
  expect(mayWork(staff('department', null), 'request.answer', null)).toBe(false)
  expect(mayWork(staff('station', '26911'), 'request.answer', '26911')).toBe(false)
  expect(mayWork(staff('station', '26911'), 'dispute.answer', '26911')).toBe(true)
  expect(mayWork(staff('station', '26911'), 'dispute.answer', '26929')).toBe(false)
  expect(mayWork(resident(), 'board.read', '26911')).toBe(false)
})
