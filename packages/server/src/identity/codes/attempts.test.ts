import { expect, test } from 'vitest'
import { type DeskApp, notThis, openDeskApp, openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import { openDb } from '../../platform/database.ts'
import { waitAfter } from './attempts.ts'

const lan = '0500000001'
const MINUTE = 60
const at = (seconds: number) => new Date(NOON.getTime() + seconds * 1000).toISOString()

/** Wrong answers until there is something else to say. @returns what came last, and how many were wrong */
async function exhaust(person: ReturnType<typeof personAt>, challenge: string, code: string) {
  for (let wrong = 0; ; wrong += 1) {
    const reply = await person.answer(challenge, notThis(code, wrong + 1))
    if (reply.statusCode !== 401) return { reply, wrong }
    expect(reply.json()).toMatchObject({ type: '/problems/identity.code-wrong', left: 4 - wrong })
  }
}

test('after five wrong answers right and wrong codes get the same refusal for a quarter of an hour', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  const { reply: wrong, wrong: tries } = await exhaust(person, challenge, code)
  const right = await person.answer(challenge, code)

  expect(tries).toBe(5)
  expect(wrong.json()).toMatchObject({
    status: 429,
    type: '/problems/identity.blocked',
    retryAfter: 15 * MINUTE,
  })
  expect(wrong.headers['retry-after']).toBe('900')
  expect(right.body).toBe(wrong.body)
  const without = ({ date: _, ...headers }: typeof right.headers) => headers
  expect(without(right.headers)).toEqual(without(wrong.headers))
})

test('the refusal is the same for an expired challenge, and asking for a new code meanwhile is refused too', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  await exhaust(person, challenge, code)
  person.setClock(at(14 * MINUTE))
  for (const reply of [await person.answer(challenge, code), await person.start()])
    expect(reply.json()).toMatchObject({
      status: 429,
      type: '/problems/identity.blocked',
      retryAfter: MINUTE,
    })

  person.setClock(at(15 * MINUTE))
  expect((await person.answer(challenge, code)).json().type).toBe('/problems/identity.challenge-expired')
  expect((await person.signIn()).statusCode).toBe(200)
})

test('wrong answers add up over new requests, parallel challenges and whole days', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenges = [await person.challenge(), await person.challenge(), await person.challenge()]
  const codes = await person.codes()
  const used = async (index: number) => {
    let code = '000000'
    while (codes.includes(code)) code = notThis(code)
    return (await person.answer(challenges[index] ?? '', code)).statusCode
  }
  expect([await used(0), await used(1), await used(2), await used(0)]).toEqual([401, 401, 401, 401])

  person.setClock(at(3 * 24 * 60 * MINUTE))
  const late = await person.challenge()
  const code = await person.lastCode()
  expect((await person.answer(late, notThis(code))).json()).toMatchObject({ status: 401, left: 0 })
  expect((await person.answer(late, code)).statusCode).toBe(429)
})

test('the wait doubles from a quarter of an hour to a whole day and no further', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  let clock = 0
  const waits: number[] = []
  for (let round = 0; round < 9; round += 1) {
    person.setClock(at(clock))
    const challenge = await person.challenge()
    const { reply, wrong } = await exhaust(person, challenge, await person.lastCode())
    expect(wrong).toBe(5)
    waits.push(reply.json().retryAfter)
    clock += reply.json().retryAfter
  }
  expect(waits.map((seconds) => seconds / MINUTE)).toEqual([15, 30, 60, 120, 240, 480, 960, 1440, 1440])
  expect(waits).toEqual(waits.map((_, index) => waitAfter(index) / 1000))
})

test('a right answer begins the count anew', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  for (const step of [1, 2, 3, 4]) await person.answer(challenge, notThis(code, step))
  expect((await person.answer(challenge, code)).statusCode).toBe(200)

  const stranger = personAt(app, lan)
  const next = await stranger.challenge()
  const { wrong } = await exhaust(stranger, next, await stranger.lastCode())
  expect(wrong).toBe(5)
})

test('two hundred guesses at once, to two servers, never are more than five', async () => {
  const { app, ctx, url } = await openDeskHouse()
  const second = openDb(url, { max: 16 })
  const { app: other } = await openDeskApp({ ...ctx, db: second, pool: second })
  const person = personAt(app, lan)
  const challenges = [await person.challenge(), await person.challenge()]
  const codes = await person.codes()
  const guesses = Array.from({ length: 202 }, (_, step) => String(step).padStart(6, '0'))
    .filter((guess) => !codes.includes(guess))
    .slice(0, 200)
  const replies = await Promise.all(
    guesses.map((guess, index) =>
      personAt(index % 2 ? app : other, lan).answer(challenges[index % 3 ? 0 : 1] ?? '', guess),
    ),
  )
  await second.destroy()

  const count = (status: number) => replies.filter((reply) => reply.statusCode === status).length
  expect([count(401), count(429), count(200)]).toEqual([5, 195, 0])
  expect((await person.answer(challenges[0] ?? '', codes[0] ?? '')).statusCode).toBe(429)
})

test('a server that starts again has forgotten nothing', async () => {
  const { app, ctx } = await openDeskHouse()
  const person = personAt(app, lan)
  const challenge = await person.challenge()
  const code = await person.lastCode()
  for (const step of [1, 2, 3]) await person.answer(challenge, notThis(code, step))
  await app.close()

  const { app: next } = await openDeskApp(ctx)
  const again = personAt(next, lan)
  expect((await again.answer(challenge, notThis(code, 4))).json().left).toBe(1)
  expect((await again.answer(challenge, notThis(code, 5))).json().left).toBe(0)
  expect((await again.answer(challenge, code)).statusCode).toBe(429)
})

test('setting the clock back neither opens a blocked number nor lengthens its wait', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan, { at: at(24 * 60 * MINUTE) })
  const challenge = await person.challenge()
  const code = await person.lastCode()
  await exhaust(person, challenge, code)

  person.setClock(at(0))
  expect((await person.answer(challenge, code)).json()).toMatchObject({
    status: 429,
    retryAfter: 15 * MINUTE,
  })
  person.setClock(at(15 * MINUTE))
  expect((await person.signIn()).statusCode).toBe(200)
})

async function blockByStranger(app: DeskApp) {
  const stranger = personAt(app, lan)
  const challenge = await stranger.challenge()
  const { reply } = await exhaust(stranger, challenge, await stranger.lastCode())
  expect(reply.statusCode).toBe(429)
  return stranger
}

test('a stranger who blocks a number neither ends its open session nor stops the telephone that signed in before', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  const stranger = await blockByStranger(app)

  expect((await person.ask('GET', '/who')).json().kind).toBe('resident')
  await person.ask('POST', '/api/sign-out')
  expect((await person.signIn()).statusCode).toBe(200)
  expect((await stranger.start()).statusCode).toBe(429)
})

test('a telephone that signed in before has five tries of its own, and cannot guess for others', async () => {
  const { app } = await openDeskHouse()
  const person = personAt(app, lan)
  await person.signIn()
  const challenge = await person.challenge()
  const { wrong } = await exhaust(person, challenge, await person.lastCode())
  expect(wrong).toBe(5)
  expect((await personAt(app, lan).signIn()).statusCode).toBe(200)

  const other = personAt(app, '0500000002')
  Object.assign(other.cookies, { sk_device: person.cookies['sk_device'] })
  const foreign = await other.challenge()
  await exhaust(other, foreign, await other.lastCode())
  expect((await personAt(app, '0500000002').start()).statusCode).toBe(429)
})
