import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { HA, residentAt } from '../../../test/resident.ts'
import { eventsOf } from '../../audit/index.ts'
import { firstPatientOf } from '../people/rows.ts'
import { readCardLink, redeemLiveCode } from './index.ts'

const LIVE = '/api/books/own/live-code'
const RENEW = '/api/books/own/card/renew'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare(HA)
  const liveCode = async () => (await ha.ask('POST', LIVE)).json()
  const [home = -1] = (await house.ctx.db.selectFrom('identity.person').select('home').execute()).map(
    (row) => row.home,
  )
  return { ...house, ha, liveCode, home }
}

const secondsLater = (seconds: number): Date => new Date(NOON.getTime() + seconds * 1000)
const times = (n: number) => Array.from({ length: n }, (_, i) => i)

test('a live code tells the station once whose it is; a photograph of it shown again tells nothing', async () => {
  const { ctx, liveCode, home } = await openWithHa()
  const { text, expiresAt, seconds } = await liveCode()

  expect(text).toMatch(/^http:\/\/sokhoe\.test\/l\/[A-Za-z0-9_-]{22}$/)
  expect([expiresAt, seconds]).toEqual([secondsLater(60).toISOString(), 60])
  expect(await redeemLiveCode(ctx, ` ${text}\n`)).toEqual({ home })
  expect(await redeemLiveCode(ctx, text)).toBeUndefined()
})

test('a live code is good for a minute by the clock of the house, whatever the telephone believes', async () => {
  const { ctx, clock, ha, liveCode, home } = await openWithHa()
  const [first, second] = [await liveCode(), await liveCode()]
  clock.now = secondsLater(59)
  expect(await redeemLiveCode(ctx, first.text)).toEqual({ home })
  clock.now = secondsLater(60)
  expect(await redeemLiveCode(ctx, second.text)).toBeUndefined()

  expect((await ha.ask('POST', LIVE)).json().expiresAt).toBe(secondsLater(120).toISOString())
})

test('of twenty scans at the same moment one gets the person', async () => {
  const { ctx, liveCode, home } = await openWithHa()
  const { text } = await liveCode()
  const scans = await Promise.all(times(20).map(() => redeemLiveCode(ctx, text)))

  expect(scans.filter((found) => found !== undefined)).toEqual([{ home }])
})

test('forged, cut, foreign and hostile texts are nothing, and do not use up the true one', async () => {
  const { ctx, ha, liveCode, home } = await openWithHa()
  const { text } = await liveCode()
  const token: string = text.split('/l/')[1]
  const printed: string = (await ha.card()).url
  const nothing = [
    '',
    token,
    `${text}x`,
    text.slice(0, -1),
    text.replace(/.$/, (last: string) => (last === 'A' ? 'Q' : 'A')),
    text.replace('sokhoe.test', 'sokhoe.example'),
    text.replace('http:', 'https:'),
    text.replace('http:', 'javascript:'),
    `${text}?next=https://sokhoe.example`,
    text.replace('/l/', '/c/'),
    printed,
    `${'x'.repeat(100_000)}/l/${token}`,
    '\u0000',
  ]
  for (const one of nothing) expect(await redeemLiveCode(ctx, one)).toBeUndefined()

  expect(await redeemLiveCode(ctx, text)).toEqual({ home })
})

test('what is kept of a live code is its fingerprint; the code itself holds nothing of the person', async () => {
  const { ctx, ha, liveCode } = await openWithHa()
  const { text } = await liveCode()
  const [row] = await ctx.db.selectFrom('identity.live_code').selectAll().execute()
  const { name, number } = await ha.card()

  expect(JSON.stringify(row)).not.toContain(text.split('/l/')[1])
  expect(row?.code_hash).toHaveLength(32)
  for (const secret of [name, number, '1961']) expect(text).not.toContain(secret)
  expect((await liveCode()).text).not.toBe(text)
})

test('a printed card tells whose it is until it is renewed; then the old one is dead at once', async () => {
  const { ctx, ha, home } = await openWithHa()
  const { url } = await ha.card()
  expect(await readCardLink(ctx, url)).toEqual({ home })
  expect(await readCardLink(ctx, url)).toEqual({ home })

  const renewed: string = (await ha.ask('POST', RENEW)).json().url
  expect(renewed).toMatch(/^http:\/\/sokhoe\.test\/c\/[A-Za-z0-9_-]{22}$/)
  expect(await readCardLink(ctx, url)).toBeUndefined()
  expect(await readCardLink(ctx, renewed)).toEqual({ home })
  expect((await ha.card()).url).toBe(renewed)
  for (const forged of ['', renewed.slice(0, -1), renewed.replace('/c/', '/l/'), `${renewed}/..`, '\u0000'])
    expect(await readCardLink(ctx, forged)).toBeUndefined()
})

test('renewing is written down, and told by a message without name or finding', async () => {
  const { ctx, ha, home } = await openWithHa()
  await ha.ask('POST', RENEW)
  const [event] = await eventsOf(ctx.pool, [firstPatientOf(home)])
  expect(event).toMatchObject({ action: 'book.card', what: 'renewed', purpose: 'own', refused: false })

  const reply = await ha.ask('GET', '/dev/messages?phone=0912345678')
  const last: { text: string } = reply.json().at(-1)
  expect(last.text).toContain('mã in trên thẻ của bạn vừa được thay')
  expect(last.text).not.toContain('Hà')
})

test('however many renew at once, one printed code stands', async () => {
  const { ctx, ha, home } = await openWithHa()
  const replies = await Promise.all(times(6).map(() => ha.ask('POST', RENEW)))
  const found = await Promise.all(replies.map((reply) => readCardLink(ctx, reply.json().url)))

  expect(replies.map((reply) => reply.statusCode)).toEqual(times(6).map(() => 200))
  expect(found.filter((one) => one !== undefined)).toEqual([{ home }])
})

test('nobody makes or renews a code of a book that is not hers', async () => {
  const { app, ctx, ha, home } = await openWithHa()
  const { url } = await ha.card()
  const { person } = (await ha.me()).books[0]
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  const asked = async (path: string) => (await other.ask('POST', path)).json().type

  expect((await app.inject({ method: 'POST', url: LIVE })).statusCode).toBe(401)
  expect(await asked(LIVE)).toBe('/problems/book.none')
  expect(await asked(`/api/books/${person}/live-code`)).toBe('/problems/access.refused')
  expect(await asked(`/api/books/${person}/card/renew`)).toBe('/problems/access.refused')
  expect(await ctx.db.selectFrom('identity.live_code').selectAll().execute()).toEqual([])
  expect(await readCardLink(ctx, url)).toEqual({ home })
})
