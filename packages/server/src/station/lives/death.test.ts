import { expect, test, vi } from 'vitest'
import { CHO_RAY, clientAt, residentToken } from '../../../test/client.ts'
import { PATIENT } from '../../../test/facility.ts'
import { letTick } from '../../../test/house.ts'
import { cardText, deskOf, HA_NUMBER, openStation } from '../../../test/station.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { setGrants } from '../../access/index.ts'
import { homeNamed } from '../../identity/index.ts'

const DEATH = {
  diedOn: '2026-11-20',
  paper: 'death-extract',
  reference: '45/TLKT-BS',
  reportedBy: 'con gái',
} as const

const numbered = (more: object = {}) => ({
  ...PATIENT,
  identifier: [{ system: 'urn:sokhoe:id:cccd', value: HA_NUMBER }],
  ...more,
})

/** Hà's book is confirmed; she keeps her grandchild's, and is open to those who treat her. */
async function withHa() {
  const house = await openStation({ role: 'station-lead' })
  const { of, person, ha, app, system, db } = house
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  const child = { name: 'Trần An', sex: 'male', birthDate: '05/05/2022' }
  await ha.ask('POST', '/api/me/family', { payload: child })
  const treatment = [{ purpose: 'treatment', given: true, textVersion: '1', channel: 'test' }] as const
  await setGrants(system, (await homeNamed(system, person)) ?? 0, treatment)
  const client = await clientAt(app, system)
  const texts = async () =>
    ((await ha.ask('GET', '/dev/messages?phone=0912345678')).json() as object[]).length
  const standing = async () => ({
    grants: (await db.selectFrom('access.grant').select('home').where('until', 'is', null).execute()).length,
    proxies: (await db.selectFrom('access.proxy').select('home').where('ended_at', 'is', null).execute())
      .length,
    keepers: (await db.selectFrom('identity.keeper').select('home').where('until', 'is', null).execute())
      .length,
    cards: (await db.selectFrom('identity.card').select('home').where('revoked_at', 'is', null).execute())
      .length,
    sessions: (await db.selectFrom('identity.session').select('epoch').execute()).length,
  })
  const statusOf = async () => {
    const { status } = (await of(person, 'open')).json()
    return status as string
  }
  return { ...house, client, texts, standing, statusOf }
}

test('a death with its paper closes the book: nothing opens it, nobody acts for her, nobody writes to her, and it is kept ten years', async () => {
  const { of, person, ha, find, standing, texts, system, app, worker, db, client } = await withHa()
  const token = await residentToken(system, person)
  const read = () => app.inject({ url: '/api/me/record', headers: { authorization: `Bearer ${token}` } })
  expect((await read()).body).toContain('Nguyễn Thị Thu Hà')
  const before = await standing()
  expect(before).toMatchObject({ grants: 1, proxies: 1, keepers: 2, cards: 2, sessions: 1 })
  const said = await texts()

  for (const diedOn of ['2026-11-24', '1950', '1961-04-29'])
    expect((await of(person, 'death', { ...DEATH, diedOn })).json(), diedOn).toMatchObject({
      status: 400,
      at: ['/diedOn'],
    })
  expect((await of(person, 'death', { diedOn: '2026-11-20', paper: 'told' })).statusCode).toBe(400)
  const done = await of(person, 'death', DEATH)
  expect(done.json()).toMatchObject({ status: 'deceased', diedOn: '2026-11-20', retainUntil: '2036-12-31' })

  // her grandchild's own card stays; her printed card, telephone and sessions are gone
  expect(await standing()).toEqual({ grants: 0, proxies: 0, keepers: 0, cards: 1, sessions: 0 })
  expect((await ha.ask('GET', '/api/me/record')).body).not.toContain('Thu Hà')
  await vi.waitFor(async () => expect((await read()).body).not.toContain('Thu Hà'), { timeout: 20_000 })
  expect(await texts()).toBe(said)
  expect((await find(HA_NUMBER)).people).toMatchObject([{ person, status: 'deceased' }])
  for (const [what, body] of Object.entries({
    verify: { how: 'scanned', card: cardText() },
    move: { ward: '26929' },
    correct: { how: 'seen', paper: 'court', said: { name: 'Nguyễn Hà' } },
    death: DEATH,
  }))
    expect((await of(person, what, body)).json(), what).toMatchObject({ type: '/problems/book.closed' })
  const streets = (await worker.ask('GET', '/api/station/streets')).json()
  expect(streets.streets).toEqual([])
  const counted = await db.selectFrom('identity.enrolment').select(['home', 'n']).execute()
  const net = [...Map.groupBy(counted, ({ home }) => home).values()].map((rows) =>
    rows.reduce((sum, { n }) => sum + n, 0),
  )
  expect(net.toSorted()).toEqual([0, 1])

  // a hospital reads what it stated itself, and no more
  const own = await client.ask('POST', 'Patient', { body: numbered() })
  const everything = await client.ask('GET', `Patient/${own.json().id}/$everything`)
  expect(everything.body).not.toContain('urn:sokhoe:source:self')

  const { lives } = (await of(person, 'lives')).json()
  expect(lives).toMatchObject([{ kind: 'death', paper: 'death-extract', diedOn: '2026-11-20', undone: null }])
})

test('her book is not erased before its ten years are over, whatever an officer says', async () => {
  const { of, person, ha, app, system } = await withHa()
  const uuid = '5f0c7f1e-8c0e-4b62-9d2e-0d5f3d1a9b01'
  await ha.ask('POST', '/api/books/own/requests', { payload: { uuid, kind: 'erase', words: 'Xin xóa.' } })
  await of(person, 'death', DEATH)
  const office = await signedInWorker({ app, system }, { user: 'rieng.tu', role: 'privacy', ward: null })
  const verdict = { is: 'granted', words: 'Đồng ý.', ground: 'expired', retainUntil: '2026-01-01' }
  const answer = () => office.ask('POST', `/api/department/requests/${person}/1/answer`, verdict)
  expect((await answer()).json()).toMatchObject({
    type: '/problems/record.retained',
    retentionClass: 'health-book',
    retainUntil: '2036-12-31',
  })
})

test('a facility that says she has died closes nothing: her station is asked, and closes by a paper or sees her alive', async () => {
  const { client, worker, of, person, statusOf, app, system } = await withHa()
  const asked = async () => (await worker.ask('GET', '/api/station/deaths')).json().people
  const { id } = (await client.ask('POST', 'Patient', { body: numbered({ deceasedBoolean: true }) })).json()
  expect(await statusOf()).toBe('active')
  expect(await asked()).toMatchObject([{ person, by: [{ facility: expect.any(String), diedOn: null }] }])
  const there = await signedInWorker({ app, system }, { user: 'mai.bt', ward: '26929' })
  expect((await there.ask('GET', '/api/station/deaths')).json().people).toEqual([])

  expect((await of(person, 'alive')).statusCode).toBe(200)
  expect(await asked()).toEqual([])
  expect((await of(person, 'alive')).json()).toMatchObject({ type: '/problems/station.nothing-to-undo' })
  const put = (more: object) => client.ask('PUT', `Patient/${id}`, { body: { ...numbered(more), id } })
  // said again in the same words it is not asked again; with a day it is, and taken back it is no more
  await put({ deceasedBoolean: true })
  expect(await asked()).toEqual([])
  await put({ deceasedDateTime: '2026-11-20T07:30:00+07:00' })
  expect(await asked()).toMatchObject([{ person, by: [{ diedOn: '2026-11-20' }] }])
  await put({})
  expect(await asked()).toEqual([])
  await put({ deceasedDateTime: '2026-11-20T07:30:00+07:00' })
  expect(await asked()).toHaveLength(1)
  await of(person, 'death', DEATH)
  expect(await asked()).toEqual([])
  expect(await statusOf()).toBe('deceased')
  expect(client.facility).toBe(CHO_RAY)
})

test('a death recorded by mistake is taken back by the lead: what ended stands again; after a day with a reason', async () => {
  const { of, person, standing, app, system, worker, ha, clock } = await withHa()
  const before = await standing()
  letTick(clock)
  worker.clock.ofHouse = true
  await of(person, 'death', DEATH)
  const mai = deskOf(await signedInWorker({ app, system }, { user: 'mai' }))
  expect((await mai.of(person, 'revive')).statusCode).toBe(403)
  const revived = await of(person, 'revive')
  expect(revived.json(), revived.body).toMatchObject({ status: 'active', level: 'verified' })
  expect(await standing()).toEqual({ ...before, sessions: 0 })
  expect((await of(person, 'revive')).json()).toMatchObject({ type: '/problems/station.nothing-to-undo' })
  await ha.signIn()
  expect((await ha.me()).books).toHaveLength(2)
  const patient = (await ha.record()).find(({ resourceType }) => resourceType === 'Patient')
  expect(patient).not.toHaveProperty('deceasedDateTime')

  await of(person, 'death', DEATH)
  Object.assign(worker.clock, { at: new Date('2026-11-25T06:00:00Z'), ofHouse: false })
  const again = await signedInWorker(
    { app, system },
    { user: 'lead.2', role: 'station-lead', at: worker.clock.at },
  )
  const later = deskOf(again)
  expect((await later.of(person, 'revive')).json()).toMatchObject({ type: '/problems/station.reason-needed' })
  expect((await later.of(person, 'revive', { why: 'Ghi nhầm người cùng tên' })).statusCode).toBe(200)
  const { lives } = (await later.of(person, 'lives')).json()
  expect(lives[0]).toMatchObject({ undoneWhy: 'Ghi nhầm người cùng tên' })
  expect(lives.map(({ undone }: { undone: string }) => undone.slice(0, 19))).toEqual([
    '2026-11-25T06:00:00',
    '2026-11-23T05:00:00',
  ])
})
