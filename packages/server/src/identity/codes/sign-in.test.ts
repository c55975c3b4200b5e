import { type KyselyPlugin, sql } from 'kysely'
import { expect, test } from 'vitest'
import { notThis, openDeskApp, openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import type { Context } from '../../platform/context.ts'
import { openLog } from '../../platform/log.ts'

const lan = '0500000001'
const minh = '0500000002'
const after = (minutes: number, seconds = 0) =>
  new Date(NOON.getTime() + (minutes * 60 + seconds) * 1000).toISOString()

test('a resident asks for a code, types it, is signed in, and signs out', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)

  const started = await person.start()
  expect(started.statusCode).toBe(202)
  expect(started.json()).toEqual({
    challenge: expect.any(String),
    expiresAt: after(5),
    resendAt: after(0, 30),
  })
  expect((await person.ask('GET', '/who')).json()).toEqual({ kind: 'nobody' })

  const reply = await person.answer(started.json().challenge, await person.lastCode())
  expect(reply.statusCode).toBe(200)
  expect((await person.ask('GET', '/who')).json().kind).toBe('resident')

  expect((await person.ask('POST', '/api/sign-out')).statusCode).toBe(204)
  expect((await person.ask('GET', '/who')).json()).toEqual({ kind: 'nobody' })
})

test('the session that was signed out stays ended, even for a kept cookie', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  const kept = { ...person.cookies }
  await person.ask('POST', '/api/sign-out')

  const reply = await app.inject({ url: '/who', cookies: kept })
  expect(reply.json()).toEqual({ kind: 'nobody' })
})

test('signing in again gives a new session and ends the one held before', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  const before = { ...person.cookies }
  await person.signIn()

  expect(person.cookies['sk_session']).not.toBe(before['sk_session'])
  expect((await app.inject({ url: '/who', cookies: before })).json().kind).toBe('nobody')
  expect((await person.ask('GET', '/who')).json().kind).toBe('resident')
})

test('cookies are kept from scripts and from other sites, and travel by https only where it is not a demonstration', async () => {
  const { app, ctx } = await openDeskHouse()
  const flags = (reply: { cookies: object[] }) => reply.cookies.map((cookie) => ({ ...cookie, value: '' }))
  const plain = flags(await personAt(app, lan).signIn())
  const { app: strict } = await openDeskApp(ctx, { secure: true })
  const safe = flags(await personAt(strict, lan).signIn())

  expect(plain.map((cookie) => ('name' in cookie ? cookie.name : ''))).toEqual(['sk_session', 'sk_device'])
  for (const cookie of plain) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
  for (const cookie of plain) expect(cookie).not.toHaveProperty('secure')
  for (const cookie of safe) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: true })
})

test('a code serves once', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  expect((await person.answer(challenge, code)).statusCode).toBe(200)

  const again = await personAt(app, lan).answer(challenge, code)
  expect(again.statusCode).toBe(401)
  expect(again.json()).toMatchObject({ type: '/problems/identity.challenge-expired' })
})

test('a code typed twice at the same moment signs in once', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  const replies = await Promise.all(
    Array.from({ length: 4 }, () => personAt(app, lan).answer(challenge, code)),
  )

  expect(replies.map((reply) => reply.statusCode).toSorted()).toEqual([200, 401, 401, 401])
})

test('a code lasts five minutes by the clock of the server, wherever the clock jumps', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()

  person.setClock(after(5))
  expect((await person.answer(challenge, code)).json()).toMatchObject({
    status: 401,
    type: '/problems/identity.challenge-expired',
  })
  person.setClock(after(4, 59))
  expect((await person.answer(challenge, code)).statusCode).toBe(200)
})

test('a code belongs to its own challenge and telephone', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const first = await person.challenge()
  const second = await person.challenge()
  const [firstCode = '', secondCode = ''] = await person.codes()
  if (firstCode !== secondCode) expect((await person.answer(first, secondCode)).statusCode).toBe(401)

  const other = personAt(app, minh)
  const foreign = await other.challenge()
  const foreignCode = await other.lastCode()
  if (foreignCode !== secondCode) expect((await person.answer(second, foreignCode)).statusCode).toBe(401)
  expect((await other.answer(foreign, foreignCode)).statusCode).toBe(200)
})

test('a challenge that never was, or was forged, is answered like an expired one', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const real = await person.challenge()
  const bent = (real.startsWith('A') ? 'B' : 'A') + real.slice(1)
  for (const challenge of ['x', bent, '0'.repeat(123)])
    expect((await person.answer(challenge, '123456')).json()).toMatchObject({
      status: 401,
      type: '/problems/identity.challenge-expired',
    })
})

test('a code is read with spaces and full-width digits; anything but six digits costs no try', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  for (const typed of ['', '12345', '1234567', 'abcdef']) {
    const reply = await person.answer(challenge, typed)
    expect(reply.statusCode).toBe(400)
  }
  const wide = [...code].map((digit) => String.fromCodePoint(digit.charCodeAt(0) + 0xfee0)).join('')
  expect((await person.answer(challenge, `${wide.slice(0, 3)} ${wide.slice(3)}`)).statusCode).toBe(200)
})

test('a landline, a foreign number and a slip of the finger are told apart, politely', async () => {
  const { app } = await openDeskHouse()
  const reasons = await Promise.all(
    ['028 3829 7187', '+1 415 555 0100', '0901', ''].map(async (phone) => {
      const reply = await personAt(app, phone).start()
      return [reply.statusCode, reply.json().type, reply.json().reason]
    }),
  )
  const invalid = '/problems/identity.phone-invalid'
  expect(reasons).toEqual([
    [422, invalid, 'landline'],
    [422, invalid, 'foreign'],
    [422, invalid, 'too-short'],
    [422, invalid, 'empty'],
  ])
})

test('one telephone, however it is typed, is one account', async () => {
  const { app } = await openDeskHouse()
  const first = await personAt(app, '0901234567').signIn()
  const second = await personAt(app, '+84 (90) 123-45.67').signIn()
  expect(second.json().account).toBe(first.json().account)
})

/** Everything that is asked of the database through this context, as its statements' kinds. */
function listening(ctx: Context) {
  const heard: string[] = []
  const ear = {
    transformQuery: ({ node }: { node: { kind: string } }) => {
      heard.push(node.kind)
      return node
    },
    transformResult: async ({ result }: { result: object }) => result,
  } as unknown as KyselyPlugin
  const db = ctx.db.withPlugin(ear)
  return { heard, ctx: { ...ctx, db, pool: db } }
}

test('a known and an unknown telephone get the same answers, from the same statements', async () => {
  const { app, ctx } = await openDeskHouse()
  await personAt(app, lan).signIn()
  const account = await ctx.db.selectFrom('identity.account').select('phone_hash').executeTakeFirstOrThrow()
  await ctx.db
    .insertInto('identity.keeper')
    .values({ ...account, home: 7, relation: 'self', since: NOON, until: null })
    .execute()
  const { heard, ctx: listened } = listening(ctx)
  const { app: other } = await openDeskApp(listened)

  const seen = []
  for (const phone of [lan, minh]) {
    const person = personAt(other, phone)
    const started = await person.start()
    const code = await person.lastCode()
    const wrong = await person.answer(started.json().challenge, notThis(code))
    const statements = [...heard.splice(0)]
    const right = await person.answer(started.json().challenge, code)
    seen.push({
      statements,
      start: [started.statusCode, Object.keys(started.json()), Object.keys(started.headers)],
      challenge: started.json().challenge.length,
      wrong: [wrong.statusCode, wrong.json(), Object.keys(wrong.headers)],
      right: [right.statusCode, Object.keys(right.headers)],
    })
    heard.splice(0)
  }
  expect(seen[0]?.statements.length).toBeGreaterThan(5)
  expect(seen[1]).toEqual(seen[0])
})

test('a page of another site can neither start, answer nor sign out; a program that says nothing can', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign)
    for (const url of ['/api/sign-in/start', '/api/challenges/x/answer', '/api/sign-out']) {
      const reply = await person.ask('POST', url, { headers, payload: { phone: lan, code: '123456' } })
      expect(reply.json()).toMatchObject({ status: 403, type: '/problems/request.cross-site' })
    }
  const own = { host: 'sokhoe.test', origin: 'https://sokhoe.test', 'sec-fetch-site': 'same-origin' }
  expect(
    (await person.ask('POST', '/api/sign-in/start', { headers: own, payload: { phone: lan } })).statusCode,
  ).toBe(202)
  expect((await person.start()).statusCode).toBe(202)
})

test('neither code nor telephone is in the database as written, nor in any answer', async () => {
  const { app, ctx } = await openDeskHouse()
  const person = personAt(app, '0901234567')
  const started = await person.start()
  const code = await person.lastCode()
  const wrong = await person.answer(started.json().challenge, notThis(code))
  const right = await person.answer(started.json().challenge, code)
  for (const reply of [started, wrong, right]) {
    expect(reply.body).not.toContain(code)
    expect(JSON.stringify(reply.headers)).not.toContain(code)
    expect(reply.body).not.toContain('901234567')
  }
  const rows = await Promise.all([
    ctx.db.selectFrom('identity.challenge').selectAll().execute(),
    ctx.db.selectFrom('identity.account').selectAll().execute(),
    ctx.db.selectFrom('identity.message').selectAll().execute(),
    ctx.db.selectFrom('identity.session').selectAll().execute(),
    ctx.db.selectFrom('identity.device').selectAll().execute(),
    ctx.db.selectFrom('identity.issue').selectAll().execute(),
  ])
  expect(rows.every((table) => table.length > 0)).toBe(true)
  const written = JSON.stringify(rows, (_, value) =>
    value?.type === 'Buffer' ? Buffer.from(value.data).toString('latin1') : value,
  )
  expect(written).not.toContain(code)
  expect(written).not.toContain('901234567')
})

test('neither code nor telephone is in the log, even when something breaks', async () => {
  const lines: string[] = []
  const { ctx } = await openDeskHouse()
  const log = openLog('trace', { write: (line) => void lines.push(line) })
  const { app } = await openDeskApp({ ...ctx, log })
  const person = personAt(app, '0901234567')
  const challenge = await person.challenge()
  const code = await person.lastCode()
  await person.answer(challenge, notThis(code))
  await sql`alter table identity.session add constraint broken check (token_hash is null) not valid`.execute(
    ctx.db,
  )
  const broken = await person.answer(challenge, code)
  await sql`alter table identity.message add constraint broken check (state = 'sent') not valid`.execute(
    ctx.db,
  )
  const unsent = await person.start()

  expect([broken.statusCode, unsent.statusCode]).toEqual([500, 500])
  expect(lines.length).toBeGreaterThanOrEqual(2)
  for (const text of [...lines, broken.body, unsent.body]) {
    expect(text).not.toContain(code)
    expect(text).not.toMatch(/901234567|sk_session|sk_device/)
  }
  await sql`alter table identity.session drop constraint broken`.execute(ctx.db)
  expect((await person.answer(challenge, code)).statusCode).toBe(200)
})

test('sessions of a stranger’s making, of another key or past their end are nobody', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  person.setClock(after(29 * 24 * 60))
  expect((await person.ask('GET', '/who')).json().kind).toBe('resident')
  person.setClock(after(58 * 24 * 60))
  expect((await person.ask('GET', '/who')).json().kind).toBe('resident')
  person.setClock(after(89 * 24 * 60))
  expect((await person.ask('GET', '/who')).json().kind).toBe('nobody')

  const other = await openDeskHouse()
  const { cookies } = person
  expect((await other.app.inject({ url: '/who', cookies })).json().kind).toBe('nobody')
  expect((await app.inject({ url: '/who', cookies: { sk_session: 'x'.repeat(123) } })).json().kind).toBe(
    'nobody',
  )
})

test('a session ends half a year after its beginning, however often it is used', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  const kinds = []
  for (const day of [25, 50, 75, 100, 125, 150, 175, 181]) {
    person.setClock(after(day * 24 * 60))
    kinds.push((await person.ask('GET', '/who')).json().kind)
  }
  expect(kinds).toEqual([...Array(7).fill('resident'), 'nobody'])
})

test('messages can be read and clocks be set in tests, and neither in production', async () => {
  const { app, ctx } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.start()
  await person.start()
  const messages = (await person.ask('GET', `/dev/messages?phone=${lan}`)).json()
  expect(messages).toHaveLength(2)
  expect(messages[0]).toEqual({ to: lan, text: expect.stringContaining('Sổ Khỏe'), at: NOON.toISOString() })

  const { app: real } = await openDeskApp(ctx, { mode: 'production' })
  const one = personAt(real, '0901234567', { at: '2030-01-01T00:00:00Z' })
  expect((await one.ask('GET', '/dev/messages?phone=0901234567')).statusCode).toBe(404)
  expect((await one.start()).json().expiresAt).toBe(after(5))
  expect((await personAt(real, lan).start()).json()).toMatchObject({ status: 422, reason: 'not-mobile' })
})
