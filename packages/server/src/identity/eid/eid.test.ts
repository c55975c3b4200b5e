import { generateKeyPair, type JWTPayload } from 'jose'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { type NationalPerson, openNational } from '../../../test/national.ts'
import { HA, type ResidentAt, residentAt, text } from '../../../test/resident.ts'
import { patientAt } from '../../../test/stated.ts'
import { HA_NUMBER } from '../../../test/station.ts'
import { eventsOf } from '../../audit/index.ts'
import { firstPatientOf, homeNamed, raiseLevel } from '../index.ts'

const BASE = 'http://sokhoe.test'
const HA_THERE: NationalPerson = {
  citizen_id: HA_NUMBER,
  name: 'NGUYỄN THỊ THU HÀ',
  birthdate: '1961-04-30',
  gender: 'female',
}

/** A house that is connected to the stand-in, and Hà with a book of phone level. */
async function openConnected({ number = HA_NUMBER as string | undefined } = {}) {
  const national = await openNational(`${BASE}/api/identity/eid/callback`)
  const house = await openTestHouse(national.settings)
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...(number !== undefined && { 'A.11': [text(number)] }) })
  national.at.person = HA_THERE
  const { person } = (await ha.me()).books[0]
  const home = (await homeNamed(house.ctx, person)) ?? 0
  const begin = async (who: ResidentAt = ha): Promise<string> =>
    (await who.ask('POST', '/api/identity/eid')).json().url
  const back = async (url: string, who: ResidentAt = ha): Promise<string> => {
    const reply = await who.ask('GET', url.slice(BASE.length))
    expect([reply.statusCode, reply.body]).toEqual([303, ''])
    return new URL(String(reply.headers['location'])).searchParams.get('eid') ?? ''
  }
  const confirm = async () => await back(await national.visit(await begin()))
  const level = async () => (await ha.me()).level
  const numbers = () =>
    house.db.selectFrom('identity.identifier').select(['system', 'assurance', 'until']).execute()
  const noted = async () =>
    (await eventsOf(house.system.pool, [firstPatientOf(home)])).filter(
      ({ action }) => action === 'book.raise',
    )
  return { ...house, ha, home, person, national, begin, back, confirm, level, numbers, noted }
}

test('a house that is not connected knows nothing of it', async () => {
  const { app } = await openTestHouse()
  const ha = residentAt(app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare(HA)
  expect((await ha.ask('POST', '/api/identity/eid')).statusCode).toBe(404)
  expect((await ha.ask('GET', '/api/identity/eid/callback?state=x')).statusCode).toBe(404)
  expect(await ha.me()).not.toHaveProperty('eid')
})

test('what the State says makes the book as sure as it can be, joins what waits, is written down and told', async () => {
  const { ctx, ha, confirm, level, numbers, noted, db, system, home } = await openConnected()
  const hospital = await patientAt(ctx, {
    facility: 'HCM-001',
    demographics: {
      name: 'Nguyễn Thị Thu Hà',
      sex: 'female',
      birthDate: '1961-04-30',
      identifiers: [{ system: 'cccd', value: HA_NUMBER }],
    },
  })
  await hospital.state([{ resourceType: 'Condition', code: { text: 'Đái tháo đường' } }])
  expect(await ha.recordText()).not.toContain('Đái tháo đường')
  expect((await ha.me()).eid).toBe(true)
  expect(await confirm()).toBe('agreed')
  expect(await level()).toBe('national')
  expect(await ha.recordText()).toContain('Đái tháo đường')
  expect((await numbers()).filter(({ assurance }) => assurance === 'verified')).toHaveLength(1)
  expect(await noted()).toMatchObject([{ what: 'national', refused: false }])
  const messages = (await ha.ask('GET', '/dev/messages?phone=0912345678')).json()
  expect(messages.at(-1).text).toContain('định danh điện tử')
  // nothing of the exchange is kept
  expect(await db.selectFrom('identity.eid').selectAll().execute()).toEqual([])
  expect(await confirm()).toBe('known')
  const counted = await db
    .selectFrom('identity.enrolment')
    .select(['n', 'level'])
    .where('home', '=', home)
    .execute()
  expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(1)
  expect(await raiseLevel(system, home, 'verified')).toBe(false)
})

test('a book without a number takes the one that the State names, seen and sure', async () => {
  const { confirm, level, numbers } = await openConnected({ number: undefined })
  expect(await confirm()).toBe('agreed')
  expect(await level()).toBe('national')
  expect(await numbers()).toEqual([{ system: 'cccd', assurance: 'verified', until: null }])
})

test('whoever the State calls otherwise is refused, and nothing changes', async () => {
  const { national, confirm, level, numbers, noted } = await openConnected()
  const others: Partial<NationalPerson>[] = [
    { citizen_id: '079161099999' },
    { name: 'NGUYỄN THỊ THU HOA' },
    { name: 'THU HÀ' },
    { birthdate: '1961-04-29' },
    { gender: 'male' },
  ]
  for (const other of others) {
    national.at.person = { ...HA_THERE, ...other }
    expect([other, await confirm()]).toEqual([other, 'differs'])
  }
  for (const unclear of [{ citizen_id: '079' }, { birthdate: 'gone' }, { name: '' }]) {
    national.at.person = { ...HA_THERE, ...unclear }
    expect([unclear, await confirm()]).toEqual([unclear, 'refused'])
  }
  expect(await level()).toBe('phone')
  expect((await numbers()).map(({ assurance }) => assurance)).toEqual(['declared'])
  expect((await noted()).every(({ refused }) => refused)).toBe(true)
})

test('a second verified number is never hers, whoever says so', async () => {
  const { system, home, ha, national, confirm, level, numbers } = await openConnected()
  await raiseLevel(system, home, 'verified')
  // a word added beside the number that the station saw
  await ha.declare({ ...HA, 'A.11': [text('079161099999')] })
  national.at.person = { ...HA_THERE, citizen_id: '079161099999' }
  expect(await confirm()).toBe('differs')
  expect(await level()).toBe('verified')
  expect((await numbers()).filter(({ assurance }) => assurance === 'verified')).toHaveLength(1)
})

test('what comes back counts once, in the session that began it, with its own state and nonce, for five minutes', async () => {
  const { app, ha, national, begin, back, level } = await openConnected()
  const wrongState = await national.visit(await begin())
  expect(await back(wrongState.replace(/state=[^&]+/, 'state=another'))).toBe('ended')

  const asked = new URL(await begin())
  expect(asked.searchParams.get('code_challenge_method')).toBe('S256')
  asked.searchParams.set('nonce', 'another')
  expect(await back(await national.visit(asked.href))).toBe('refused')

  const first = await national.visit(await begin())
  const second = await national.visit(await begin())
  expect(await back(first)).toBe('ended')
  const stranger = residentAt(app, '0987654321')
  await stranger.scanAndSignIn()
  await stranger.declare(HA)
  expect(await back(second, stranger)).toBe('ended')
  const otherBrowser = residentAt(app, '0912345678')
  await otherBrowser.signIn()
  expect(await back(second, otherBrowser)).toBe('ended')

  const late = await national.visit(await begin())
  ha.setClock('2026-11-23T05:05:01Z')
  expect(await back(late)).toBe('ended')
  expect(await level()).toBe('phone')
  ha.setClock('2026-11-23T05:00:00Z')
  const good = await national.visit(await begin())
  expect(await Promise.all([back(good), back(good), back(good)])).toEqual(
    expect.arrayContaining(['agreed', 'ended', 'ended']),
  )
  expect(await back(good)).toBe('ended')
})

const now = (): number => Math.floor(Date.now() / 1000)
const LIES: readonly (readonly [what: string, lie: (claims: JWTPayload) => JWTPayload])[] = [
  ['for another house', (claims) => ({ ...claims, aud: 'another-house' })],
  ['of another issuer', (claims) => ({ ...claims, iss: 'https://elsewhere.example' })],
  ['that has ended', (claims) => ({ ...claims, iat: now() - 900, exp: now() - 600 })],
  ['with another nonce', (claims) => ({ ...claims, nonce: 'another' })],
  ['without nonce', ({ nonce: _, ...claims }) => claims],
]

test('a token that is not meant for this moment and this house proves nothing', async () => {
  const { national, confirm, level } = await openConnected()
  for (const [what, lie] of LIES) {
    national.at.lie = lie
    expect([what, await confirm()]).toEqual([what, 'refused'])
  }
  national.at.lie = (claims) => claims
  const good = national.at.key
  national.at.key = (await generateKeyPair('RS256')).privateKey
  expect(['signed by a stranger', await confirm()]).toEqual(['signed by a stranger', 'refused'])
  expect(await level()).toBe('phone')
  national.at.key = good
  expect(await confirm()).toBe('agreed')
})

test('while the service is down nothing begins and nothing is half done', async () => {
  const { ha, national, begin, back, level, db } = await openConnected()
  const url = await national.visit(await begin())
  await national.close()
  expect(await back(url)).toBe('unreachable')
  expect(await level()).toBe('phone')
  expect(await db.selectFrom('identity.eid').selectAll().execute()).toEqual([])
  const down = await openTestHouse({ ...national.settings, NATIONAL_ID_ISSUER: 'http://127.0.0.1:9' })
  const other = residentAt(down.app, '0912345678')
  await other.scanAndSignIn()
  await other.declare(HA)
  expect((await other.ask('POST', '/api/identity/eid')).json()).toMatchObject({
    status: 503,
    type: '/problems/eid.unreachable',
  })
  expect(ha).toBeDefined()
})

test('a number by which somebody else was confirmed is not hers by the State’s word alone: her station is asked', async () => {
  const { confirm, level, db, ctx, app } = await openConnected({ number: undefined })
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare({ ...HA, 'A.11': [text(HA_NUMBER)], 'A.01': [text('Lê Thị Sáu')] })
  const { person } = (await other.me()).books[0]
  await raiseLevel(ctx, (await homeNamed(ctx, person)) ?? 0, 'verified')
  const asked = () =>
    db
      .selectFrom('identity.pair')
      .select(['state', 'rule'])
      .where('state', '=', 'open')
      .where('rule', '=', 'said-anew')
      .execute()
  expect(await asked()).toEqual([])
  expect(await confirm()).toBe('differs')
  expect(await level()).toBe('phone')
  expect(await asked()).toHaveLength(1)
  expect((await other.me()).level).toBe('verified')
})
