import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import type { Context } from '../../platform/context.ts'
import { telephoneOf } from './accounts.ts'
import type { Desk } from './desk.ts'
import { residentOf, signedIn } from './sessions.ts'
import { readTicket, writeTicket } from './ticket-text.ts'
import { issueTickets, openTicket, type TicketAsk } from './tickets.ts'

const campaign = { code: 'BINHQUOI' }
const UNTIL = '2026-11-30'

const opener =
  (ctx: Context, desk: Desk) =>
  (ticket: string, more: Partial<TicketAsk> = {}) =>
    openTicket(ctx, desk, { ticket, campaign, address: '192.0.2.1', ...more }).catch(
      (problem) => problem.code,
    )

async function openTicketHouse() {
  const house = await openDeskHouse()
  const [ticket = '', second = ''] = await issueTickets(house.ctx, campaign, 2, UNTIL)
  return { ...house, ticket, second, open: opener(house.ctx, house.desk) }
}

test('a ticket of the station opens a session of its campaign, with the telephone as somebody’s word', async () => {
  const { ctx, ticket, open } = await openTicketHouse()
  const opened = await open(ticket, { phone: '0500 000 001' })
  expect(opened).toMatchObject({
    proven: false,
    phone: '0500000001',
    campaign: 'BINHQUOI',
    device: undefined,
  })
  const resident = await residentOf(ctx, opened.session)
  expect(resident).toMatchObject({ proven: false, campaign: 'BINHQUOI', books: [], locked: [] })
  expect(await telephoneOf(ctx, signedIn({ ...ctx, actor: resident ?? { kind: 'nobody' } }))).toBe(
    '0500000001',
  )
})

test('a ticket never opens a book that the telephone already keeps, nor becomes its account', async () => {
  const { app, ctx, ticket, open } = await openTicketHouse()
  const owner = personAt(app, '0500000001')
  await owner.signIn()
  const own = await residentOf(ctx, owner.cookies['sk_session'])
  await ctx.db
    .insertInto('identity.keeper')
    .values({
      phone_hash: own?.phoneHash ?? Buffer.alloc(0),
      home: 7,
      relation: 'self',
      since: NOON,
      until: null,
    })
    .execute()

  const opened = await open(ticket, { phone: '0500000001' })
  const resident = await residentOf(ctx, opened.session)
  expect(resident).toMatchObject({ books: [], locked: [] })
  expect(resident?.account).not.toBe(own?.account)
  expect(resident?.phoneHash).not.toEqual(own?.phoneHash)
})

test('a ticket serves once, even when it is used many times at the same moment', async () => {
  const { ticket, open } = await openTicketHouse()
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => open(ticket)))
  expect(outcomes.filter((outcome) => typeof outcome !== 'string')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'identity.ticket-refused')).toHaveLength(19)
})

test('a ticket serves its own campaign, to the end of its last day in Vietnam', async () => {
  const { ticket, second, open, clock } = await openTicketHouse()
  expect(await open(ticket, { campaign: { code: 'OTHER' } })).toBe('identity.ticket-refused')
  clock.now = new Date('2026-11-30T16:59:59Z')
  expect(await open(ticket)).toMatchObject({ proven: false })
  clock.now = new Date('2026-11-30T17:00:00Z')
  expect(await open(second)).toBe('identity.ticket-refused')
})

test('a ticket stays good when the telephone it came with is no telephone', async () => {
  const { ticket, open } = await openTicketHouse()
  expect(await open(ticket, { phone: '028 3829 7187' })).toBe('identity.phone-invalid')
  expect(await open(ticket)).toMatchObject({ phone: null })
})

test('whoever guesses tickets is stopped; others, and right tickets, go on', async () => {
  const { ctx, desk, ticket, second, open } = await openTicketHouse()
  for (let n = 0; n < 60; n += 1)
    expect(await open(writeTicket(Buffer.from([0, 0, 0, 0, 0, 0, n])))).toBe('identity.ticket-refused')
  expect(await open(ticket)).toBe('identity.limited')
  expect(await open(ticket, { address: '192.0.2.2' })).toMatchObject({ proven: false })

  const many = await issueTickets(ctx, campaign, 70, UNTIL)
  for (const each of many)
    expect(await opener(ctx, desk)(each, { address: '192.0.2.3' })).toMatchObject({ proven: false })
  expect(await open(second, { address: '192.0.2.3' })).toMatchObject({ proven: false })
})

test('tickets are all different and are kept as fingerprints only', async () => {
  const { ctx } = await openTicketHouse()
  const tickets = await issueTickets(ctx, campaign, 1500, UNTIL)
  expect(new Set(tickets).size).toBe(1500)
  expect(tickets.every((ticket) => /^([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}$/.test(ticket))).toBe(
    true,
  )
  const rows = await ctx.db.selectFrom('identity.ticket').select('ticket_hash').execute()
  expect(rows).toHaveLength(1502)
  const kept = new Set(rows.map((row) => row.ticket_hash.toString('latin1')))
  // eight letters: four would turn up among so many hashes by chance, once in seventy runs
  const beginning = (ticket: string) => ticket.replaceAll('-', '').slice(0, 8)
  expect(tickets.some((ticket) => [...kept].some((row) => row.includes(beginning(ticket))))).toBe(false)
})

const bytes = fc.uint8Array({ minLength: 7, maxLength: 7 })

test('a ticket is read however it is typed', () => {
  fc.assert(
    fc.property(bytes, (random) => {
      const ticket = writeTicket(random)
      const plain = ticket.replaceAll('-', '')
      const sloppy = ` ${ticket.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l').replaceAll('-', ' – ')}`
      return readTicket(ticket) === plain && readTicket(sloppy) === plain && readTicket(plain) === plain
    }),
  )
})

test('one wrong character in a ticket is always noticed', () => {
  const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ']
  fc.assert(
    fc.property(bytes, fc.nat(11), fc.constantFrom(...alphabet), (random, place, other) => {
      const plain = [...writeTicket(random).replaceAll('-', '')]
      fc.pre(plain[place] !== other)
      return readTicket(plain.with(place, other).join('')) === undefined
    }),
  )
})

test('no text whatsoever makes reading a ticket fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => readTicket(text) === undefined),
  )
})
