import { expect, test } from 'vitest'
import { type DeskApp, openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import type { Context } from '../../platform/context.ts'
import { telephoneOf } from './accounts.ts'
import { phoneHashOf } from './phones.ts'
import { giveProofTryBack, residentOf, signedIn, takeProofTry, unlockSession } from './sessions.ts'

const lan = '0500000001'

/** Gives the number a book of this level, as declaring and the station do. */
async function keepBook(ctx: Context, home: number, level: 'phone' | 'card' | 'verified') {
  const phone_hash = phoneHashOf(ctx.keys, `+84${lan.slice(1)}`)
  await ctx.db
    .insertInto('identity.person')
    .values({
      home,
      status: 'active',
      level,
      synthetic: true,
      created_at: NOON,
      campaign: null,
      channel: 'self',
    })
    .execute()
  await ctx.db
    .insertInto('identity.keeper')
    .values({ phone_hash, home, relation: 'self', since: NOON, until: null })
    .execute()
}

async function residentAt(ctx: Context, person: ReturnType<typeof personAt>) {
  const resident = await residentOf(ctx, person.cookies['sk_session'])
  return signedIn({ ...ctx, actor: resident ?? { kind: 'nobody' } })
}

const enter = async (app: DeskApp) => {
  const person = personAt(app, lan)
  await person.signIn()
  return person
}

test('a number that changed hands opens books of phone level only, until a further proof; then that device stays open', async () => {
  const { app, ctx } = await openDeskHouse()
  await keepBook(ctx, 7, 'phone')
  await keepBook(ctx, 8, 'verified')
  const person = await enter(app)
  expect(await residentAt(ctx, person)).toMatchObject({
    books: [7],
    locked: [8],
    opened: false,
    proven: true,
  })

  await person.signIn()
  expect(await residentAt(ctx, person)).toMatchObject({ books: [7], locked: [8] })

  await unlockSession(ctx, await residentAt(ctx, person), [8])
  expect(await residentAt(ctx, person)).toMatchObject({ books: [7, 8], locked: [] })
  await person.signIn()
  expect(await residentAt(ctx, person)).toMatchObject({ books: [7, 8], locked: [] })
  expect(await residentAt(ctx, await enter(app))).toMatchObject({ books: [7], locked: [8] })
})

test('the device on which a number’s first book was made keeps it open when the station verifies it later', async () => {
  const { app, ctx } = await openDeskHouse()
  const person = await enter(app)
  await keepBook(ctx, 8, 'verified')
  expect(await residentAt(ctx, person)).toMatchObject({ books: [8], locked: [] })
  await person.signIn()
  expect(await residentAt(ctx, person)).toMatchObject({ books: [8], locked: [] })
})

test('a proof of one’s own book does not open a former owner’s at the same number', async () => {
  const { app, ctx } = await openDeskHouse()
  await keepBook(ctx, 8, 'verified')
  await keepBook(ctx, 9, 'card')
  const person = await enter(app)
  for (const homes of [[9], [9], []]) await unlockSession(ctx, await residentAt(ctx, person), homes)
  expect(await residentAt(ctx, person)).toMatchObject({ books: [9], locked: [8] })
  await person.signIn()
  expect(await residentAt(ctx, person)).toMatchObject({ books: [9], locked: [8] })
})

test('a right proof gives back its own try and no others', async () => {
  const { app, ctx } = await openDeskHouse()
  await keepBook(ctx, 8, 'card')
  const resident = await residentAt(ctx, await enter(app))
  const left = []
  for (let n = 0; n < 3; n += 1) left.push(await takeProofTry(ctx, resident))
  await giveProofTryBack(ctx, resident)
  for (let n = 0; n < 3; n += 1) left.push(await takeProofTry(ctx, resident))
  await giveProofTryBack(ctx, resident)
  left.push(await takeProofTry(ctx, resident))
  expect(left).toEqual([4, 3, 2, 2, 1, 0, 0])
  await expect(takeProofTry(ctx, resident)).rejects.toMatchObject({
    code: 'identity.blocked',
    retryAfter: 900,
  })
})

test('a book whose keeping has ended opens no more', async () => {
  const { app, ctx, clock } = await openDeskHouse()
  await keepBook(ctx, 7, 'phone')
  const person = await enter(app)
  await ctx.db.updateTable('identity.keeper').set({ until: NOON }).execute()
  clock.now = new Date(NOON.getTime() + 1000)
  expect(await residentAt(ctx, person)).toMatchObject({ books: [], locked: [] })
})

test('the further proof has five tries for a number in all, whatever device tries, even when a request rolls back', async () => {
  const { app, ctx } = await openDeskHouse()
  await keepBook(ctx, 8, 'card')
  const residents = [await residentAt(ctx, await enter(app)), await residentAt(ctx, await enter(app))]
  const [first, second] = residents
  const tryAs = (resident: typeof first) =>
    ctx.db
      .transaction()
      .execute(async (db) => {
        const left = resident && (await takeProofTry({ ...ctx, db }, resident))
        throw Object.assign(new Error('rolled back'), { left })
      })
      .catch((error) => error.left ?? error.code)
  const outcomes = []
  for (const resident of [first, second, first, second, first, second, first])
    outcomes.push(await tryAs(resident))
  expect(outcomes).toEqual([4, 3, 2, 1, 0, 'identity.blocked', 'identity.blocked'])
  expect((await enter(app)).cookies['sk_session']).toBeDefined()
})

test('one telephone of a family is recognised for each of its numbers', async () => {
  const { app, ctx } = await openDeskHouse()
  const cookies: Record<string, string> = {}
  for (const phone of [lan, '0500000002', lan]) {
    const person = personAt(app, phone)
    Object.assign(person.cookies, cookies)
    await person.signIn()
    Object.assign(cookies, person.cookies)
  }
  const devices = await ctx.db.selectFrom('identity.device').select('phone_hash').execute()
  expect(devices).toHaveLength(2)
  expect(cookies['sk_device']?.split('.')).toHaveLength(2)
})

test('a mark that somebody planted in a browser is never taken for the resident’s own', async () => {
  const { app, ctx } = await openDeskHouse()
  const thief = personAt(app, '0500000666')
  await thief.signIn()
  const planted = thief.cookies['sk_device'] ?? ''
  const person = personAt(app, lan)
  person.cookies['sk_device'] = planted
  await person.signIn()

  const hash = phoneHashOf(ctx.keys, `+84${lan.slice(1)}`)
  const devices = await ctx.db
    .selectFrom('identity.device')
    .where('phone_hash', '=', hash)
    .selectAll()
    .execute()
  expect(devices).toHaveLength(1)
  const [own] = (person.cookies['sk_device'] ?? '').split('.')
  expect(planted).not.toContain(own)
})

test('whoever is signed in can be told her own number; a session alone holds it sealed', async () => {
  const { app, ctx } = await openDeskHouse()
  const person = await enter(app)
  expect(await telephoneOf(ctx, await residentAt(ctx, person))).toBe(lan)
})
