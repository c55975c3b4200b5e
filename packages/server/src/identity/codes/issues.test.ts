import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LIMITS, openDeskApp, openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import { networkOf } from './issues.ts'
import { startChallenge } from './start.ts'

const phoneNo = (n: number) => `0500${String(n).padStart(6, '0')}`
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1000).toISOString()
const limited = (retryAfter: number) => ({ status: 429, type: '/problems/identity.limited', retryAfter })

test('one number gets so many codes an hour and no more, and then learns how long to wait', async () => {
  const { app } = await openDeskHouse({ limits: { ...LIMITS, phoneHour: 3 } })
  const person = personAt(app, phoneNo(1))
  for (let n = 0; n < 3; n += 1) expect((await person.start()).statusCode).toBe(202)
  person.setClock(at(600))
  const refused = await person.start()
  expect(refused.json()).toMatchObject(limited(3000))
  expect(refused.headers['retry-after']).toBe('3000')
  expect(await person.codes()).toHaveLength(3)

  person.setClock(at(3600))
  expect((await person.start()).statusCode).toBe(202)
})

test('a stranger who uses up a number’s codes leaves those of the telephone that signed in before', async () => {
  const { app } = await openDeskHouse({ limits: { ...LIMITS, phoneHour: 3 } })
  const person = personAt(app, phoneNo(1))
  await person.signIn()
  const stranger = personAt(app, phoneNo(1))
  while ((await stranger.start()).statusCode === 202);
  expect((await person.signIn()).statusCode).toBe(200)
})

test('one address gets so many codes an hour, whatever it calls itself, and another address its own', async () => {
  const { app, ctx } = await openDeskHouse({ limits: { ...LIMITS, addressHour: 5 } })
  const from = (remoteAddress: string, n: number, headers = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/sign-in/start',
      payload: { phone: phoneNo(n) },
      remoteAddress,
      headers,
    })
  const first = await Promise.all(Array.from({ length: 9 }, (_, n) => from('192.0.2.1', n)))
  expect(first.filter((reply) => reply.statusCode === 202)).toHaveLength(5)
  expect((await from('192.0.2.1', 20, { 'x-forwarded-for': '198.51.100.7' })).json()).toMatchObject(
    limited(3600),
  )
  expect((await from('::ffff:192.0.2.1', 21)).statusCode).toBe(429)
  expect((await from('192.0.2.2', 22)).statusCode).toBe(202)

  const kept = await ctx.db.selectFrom('identity.challenge').select('challenge_hash').execute()
  expect(kept).toHaveLength(6)
})

test('behind a trusted proxy each address it names has its own allowance; nobody else may name one', async () => {
  const { app } = await openDeskHouse({ limits: { ...LIMITS, addressHour: 1 }, trustProxy: '10.0.0.1' })
  const via = async (remoteAddress: string, forwarded: string, n: number) => {
    const headers = { 'x-forwarded-for': forwarded }
    const payload = { phone: phoneNo(n) }
    return (await app.inject({ method: 'POST', url: '/api/sign-in/start', payload, remoteAddress, headers }))
      .statusCode
  }
  expect([await via('10.0.0.1', '192.0.2.1', 1), await via('10.0.0.1', '192.0.2.2', 2)]).toEqual([202, 202])
  expect(await via('10.0.0.1', '203.0.113.9, 192.0.2.1', 3)).toBe(429)
  expect([await via('192.0.2.3', '192.0.2.4', 4), await via('192.0.2.3', '192.0.2.5', 5)]).toEqual([202, 429])
})

test('a campaign’s address has an allowance of its own, larger than that of a plain one', async () => {
  const { ctx, desk } = await openDeskHouse({ limits: { ...LIMITS, addressHour: 2, campaignAddressHour: 4 } })
  const ask = (n: number, campaign?: { code: string }) =>
    startChallenge(ctx, desk, { phone: phoneNo(n), address: '192.0.2.1', campaign }).then(
      () => 'sent',
      (problem) => problem.code,
    )
  const outcomes = []
  for (const n of [1, 2, 3]) outcomes.push(await ask(n))
  for (const n of [4, 5, 6, 7, 8]) outcomes.push(await ask(n, { code: 'BINHQUOI' }))
  expect(outcomes).toEqual(['sent', 'sent', 'identity.limited', ...Array(4).fill('sent'), 'identity.limited'])
})

test('when the whole city asks at once new devices wait a minute and known ones pass', async () => {
  const { app, ctx } = await openDeskHouse()
  const known = personAt(app, phoneNo(1))
  await known.signIn()
  const { app: busy } = await openDeskApp(ctx, { limits: { ...LIMITS, cityMinute: 3 } })
  const later = at(120)
  for (const n of [2, 3, 4])
    expect((await personAt(busy, phoneNo(n), { at: later }).start()).statusCode).toBe(202)

  expect((await personAt(busy, phoneNo(5), { at: later }).start()).json()).toMatchObject(limited(60))
  const passing = personAt(busy, phoneNo(1), { at: later })
  Object.assign(passing.cookies, known.cookies)
  expect((await passing.start()).statusCode).toBe(202)
  expect((await personAt(busy, phoneNo(6), { at: at(180) }).start()).statusCode).toBe(202)
})

test('counts hold while the clock jumps forward and back', async () => {
  const { app } = await openDeskHouse({ limits: { ...LIMITS, phoneHour: 3 } })
  const person = personAt(app, phoneNo(1), { at: at(1800) })
  for (let n = 0; n < 3; n += 1) await person.start()
  person.setClock(at(-86_400))
  expect((await person.start()).json()).toMatchObject(limited(3600))
  person.setClock(at(1800 + 3600))
  expect((await person.start()).statusCode).toBe(202)
})

test('many requests at once, far over every limit, are all answered, and no more pass than may', async () => {
  const { app } = await openDeskHouse({ limits: { ...LIMITS, phoneHour: 4, addressHour: 10 } })
  const replies = await Promise.all(
    Array.from({ length: 120 }, (_, n) => personAt(app, phoneNo(n % 4)).start()),
  )
  const count = (status: number) => replies.filter((reply) => reply.statusCode === status).length
  expect(count(202) + count(429)).toBe(120)
  expect(count(202)).toBeGreaterThanOrEqual(4)
  expect(count(202)).toBeLessThanOrEqual(10)
})

test('a refused request counts nowhere', async () => {
  const { app, ctx } = await openDeskHouse({ limits: { ...LIMITS, addressHour: 1 } })
  await personAt(app, phoneNo(1)).start()
  const counts = () =>
    ctx.db.selectFrom('identity.issue').select(['bucket', 'n']).where('n', '>', 0).orderBy('bucket').execute()
  const before = await counts()
  expect((await personAt(app, phoneNo(2)).start()).statusCode).toBe(429)
  expect(await counts()).toEqual(before)
})

test('one IPv6 line counts as one address, however it is written', () => {
  expect(networkOf('192.0.2.1')).toBe('192.0.2.1')
  expect(networkOf('::ffff:192.0.2.1')).toBe('192.0.2.1')
  expect(networkOf('::1')).toBe('0:0:0:0::/64')
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }),
      fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 4, maxLength: 4 }),
      (groups, others) => {
        const write = (all: number[]) => all.map((group) => group.toString(16)).join(':')
        const padded = groups.map((group) => group.toString(16).padStart(4, '0').toUpperCase()).join(':')
        const neighbour = write([...groups.slice(0, 4), ...others])
        const short = new URL(`http://[${write(groups)}]`).hostname.slice(1, -1)
        const network = networkOf(write(groups))
        return [padded, neighbour, short].every((address) => networkOf(address) === network)
      },
    ),
  )
})
