import { expect, test } from 'vitest'
import { code, HA, text } from '../../test/resident.ts'
import { another, cardText, deskOf, HA_NUMBER, HA_WITH_NUMBER, NAM, openStation } from '../../test/station.ts'
import { signedInWorker } from '../../test/worker.ts'
import { eventsOf } from '../audit/index.ts'
import { firstPatientOf, homeNamed } from '../identity/index.ts'

const LIVE = '/api/books/own/live-code'
const liveOf = async (who: {
  ask: (method: 'POST', url: string) => Promise<{ json: () => { text: string } }>
}) => (await who.ask('POST', LIVE)).json().text

test('a person is found by every code, card and number she has, and by whole parts of her name with her birth date', async () => {
  const { find, ha, person } = await openStation()
  const { url, number } = await ha.card()
  const typed = {
    live: await liveOf(ha),
    printed: url,
    card: cardText(),
    book: number,
    number: `${HA_NUMBER.slice(0, 3)} ${HA_NUMBER.slice(3)}`,
    name: 'thu hà 30/04/1961',
  }
  for (const [how, what] of Object.entries(typed)) {
    const { people, reply } = await find(what)
    expect(people, `${how}: ${reply.body}`).toMatchObject([{ person, how, name: 'Nguyễn Thị Thu Hà' }])
    expect(reply.body).not.toContain(HA_NUMBER)
  }
  for (const other of ['0912 345 678', '+84912345678', 'NGUYEN THI THU HA, 30-4-1961', 'Hà 30041961'])
    expect((await find(other)).people, other).toMatchObject([{ person }])
})

test('half a name, another birth date or a wrong digit find nobody; too little is said to be too little', async () => {
  const { find, ha } = await openStation()
  const { number } = await ha.card()
  for (const nobody of [
    'Th 30/04/1961',
    'Thu Hà 01/05/1961',
    'Thu Lan 30/04/1961',
    '079161012346',
    '0987654321',
  ])
    expect((await find(nobody)).reply.json(), nobody).toEqual({ people: [] })
  const why = async (typed: string) => (await find(typed)).reply.json()
  const unclear = { status: 422, type: '/problems/station.query-unclear' }
  expect(await why('Nguyễn Thị Thu Hà')).toMatchObject({ ...unclear, at: ['birth-date'] })
  expect(await why(' ')).toMatchObject({ ...unclear, at: ['empty'] })
  expect(await why('12345')).toMatchObject({ ...unclear, at: ['number'] })
  expect(await why('hello|world')).toMatchObject({ ...unclear, at: ['card'] })
  expect((await find(number.replace(/.$/, (d: string) => String((Number(d) + 1) % 10)))).people).toEqual([])
})

test('who knows only a year of birth is found by the full date that a card says', async () => {
  const { find, app } = await openStation()
  const nam = await another(app, '0987654321', NAM)
  expect((await find('Trần Nam 02/09/1948')).people).toMatchObject([{ person: nam.person }])
})

test('the worker of another ward finds nobody and opens nobody, and the person sees that she tried', async () => {
  const { app, system, person, ha } = await openStation()
  const other = deskOf(await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' }))
  for (const typed of [HA_NUMBER, cardText(), '0912345678', (await ha.card()).url, 'Thu Hà 30/04/1961'])
    expect((await other.find(typed)).reply.json()).toEqual({ people: [] })
  const refused = { status: 403, type: '/problems/access.refused' }
  expect((await other.of(person, 'open')).json()).toMatchObject(refused)
  expect((await other.of(person, 'compare', { card: cardText() })).json()).toMatchObject(refused)
  expect((await other.of(person, 'verify', { how: 'scanned', card: cardText() })).json()).toMatchObject(
    refused,
  )
  expect((await other.of(person, 'open', { present: '1.aaaa' })).json()).toMatchObject(refused)
  const events = await eventsOf(system.pool, [firstPatientOf((await homeNamed(system, person)) ?? 0)])
  const tried = events.filter(({ facility, refused: no }) => no && facility === 'TYT-26929')
  // by number, card, telephone and printed code, and four times by her id; by name nobody of another ward is looked at
  expect(tried).toHaveLength(8)
})

test('whoever shows a live code is served in any ward, once, and only by the worker who read it', async () => {
  const { app, system, person, ha } = await openStation()
  const lan = deskOf(await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' }))
  const mai = deskOf(await signedInWorker({ app, system }, { user: 'mai', ward: '26929' }))
  const live = await liveOf(ha)
  const [{ present } = {}] = (await lan.find(live)).people
  expect((await mai.find(live)).people).toEqual([])
  expect((await lan.find(live)).people).toEqual([])
  expect((await mai.of(person, 'open', { present })).statusCode).toBe(403)
  const reply = await lan.of(person, 'verify', { how: 'scanned', card: cardText(), present })
  expect(reply.json()).toMatchObject({ outcome: 'verified', level: 'verified' })
})

test('the presence of somebody ends by itself', async () => {
  const { app, system, person, ha } = await openStation()
  const away = await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' })
  const { find, of } = deskOf(away)
  const [{ present } = {}] = (await find(await liveOf(ha))).people
  away.clock.at = new Date('2026-11-23T05:19:00Z')
  expect((await of(person, 'open', { present })).statusCode).toBe(200)
  away.clock.at = new Date('2026-11-23T05:21:00Z')
  expect((await of(person, 'open', { present })).statusCode).toBe(403)
})

test('a card that says what the book says confirms it, with who, which document and when, and she is told', async () => {
  const { of, person, db, ha } = await openStation()
  const compared = (await of(person, 'compare', { card: cardText() })).json()
  expect(compared).toMatchObject({ document: 'cccd', ready: true, warnings: [] })
  expect(
    compared.fields.map(({ field, verdict }: { field: string; verdict: string }) => `${field} ${verdict}`),
  ).toEqual(['name same', 'birthDate same', 'sex same', 'number same', 'address differs'])
  const reply = await of(person, 'verify', { how: 'scanned', card: cardText() })
  expect(reply.json()).toMatchObject({
    outcome: 'verified',
    level: 'verified',
    verified: { at: '2026-11-23T05:00:00.000Z', document: 'cccd', how: 'scanned', here: true },
  })
  const [row] = await db.selectFrom('identity.verification').selectAll().execute()
  expect(row).toMatchObject({
    facility: 'TYT-26911',
    document: 'cccd',
    level_before: 'phone',
    undone_at: null,
  })
  expect(JSON.stringify(row)).not.toContain(HA_NUMBER)
  expect(await db.selectFrom('identity.identifier').select('assurance').execute()).toEqual([
    { assurance: 'verified' },
  ])
  const messages = (await ha.ask('GET', '/dev/messages?phone=0912345678')).json()
  expect(messages.at(-1).text).toContain('vừa được xác nhận danh tính tại trạm y tế')

  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).json()).toMatchObject({
    outcome: 'known',
  })
  expect(await db.selectFrom('identity.verification').select('home').execute()).toHaveLength(1)
})

test('differences are settled first: left open they refuse, believed they put the book right and keep what it said', async () => {
  const { of, person, ha, db } = await openStation()
  const card = cardText({ name: 'Nguyễn Thị Thu Hạ', birthDate: '1961-04-03' })
  expect((await of(person, 'compare', { card })).json()).toMatchObject({
    ready: false,
    fields: [
      { field: 'name', verdict: 'near', settle: true },
      { field: 'birthDate', verdict: 'differs', document: '1961-04-03', book: '1961-04-30' },
      {},
      {},
      {},
    ],
  })
  expect((await of(person, 'verify', { how: 'scanned', card })).json()).toMatchObject({
    status: 409,
    type: '/problems/station.differs',
    at: ['/name', '/birthDate'],
  })
  expect(await db.selectFrom('identity.person').select('level').execute()).toEqual([{ level: 'phone' }])

  const taken = await of(person, 'verify', { how: 'scanned', card, take: ['name', 'birthDate'] })
  expect(taken.json()).toMatchObject({
    outcome: 'verified',
    name: 'Nguyễn Thị Thu Hạ',
    birthDate: '1961-04-03',
    corrected: ['name', 'birthDate'],
  })
  const [patient] = (await ha.record()).filter(({ resourceType }) => resourceType === 'Patient')
  expect(patient).toMatchObject({
    meta: { source: 'urn:sokhoe:source:TYT-26911', versionId: '2' },
    name: [{ text: 'Nguyễn Thị Thu Hạ' }],
    birthDate: '1961-04-03',
    identifier: [{ value: HA_NUMBER }],
  })
})

test('the card of somebody else confirms nothing, whatever the worker believes', async () => {
  const { of, person, db } = await openStation()
  const card = cardText({ name: 'Lê Thị Lan', birthDate: '1980-01-01', idNumber: '079180054321' })
  const take = ['name', 'birthDate', 'sex', 'number']
  expect((await of(person, 'verify', { how: 'scanned', card, take })).json()).toMatchObject({
    status: 409,
    type: '/problems/station.other-person',
  })
  const [level] = await db.selectFrom('identity.person').select('level').execute()
  expect(level).toEqual({ level: 'phone' })
  expect((await of(person, 'compare', { card: 'no card' })).json()).toMatchObject({
    type: '/problems/identity.card-unreadable',
  })
})

test('a document without a code is looked at; what is typed of it is held against the book', async () => {
  const { of, app } = await openStation()
  const nam = await another(app, '0987654321', NAM)
  const seen = (said: object, take: string[] = []) =>
    of(nam.person, 'verify', { how: 'seen', document: 'passport', said, take })
  expect((await seen({ birthDate: '02/09/1948' })).json()).toMatchObject({ at: ['/birthDate'] })
  expect((await seen({ birthDate: '31/02/1948', number: '!' })).json()).toMatchObject({
    status: 400,
    at: ['/said/birthDate', '/said/number'],
  })
  const reply = await seen({ birthDate: '02/09/1948', number: 'b1234567' }, ['birthDate'])
  expect(reply.json()).toMatchObject({
    outcome: 'verified',
    birthDate: '1948-09-02',
    verified: { document: 'passport', how: 'seen' },
    corrected: ['birthDate', 'number'],
  })
})

test('only a number that was seen becomes sure', async () => {
  const { of, app, db } = await openStation()
  const both = {
    ...HA,
    'A.02': [code('1')],
    'A.01': [text('Lê Hai')],
    'A.11': [text('079161099999')],
    'A.14': [text('7912345678')],
  }
  const { person } = await another(app, '0987654321', both)
  await of(person, 'verify', { how: 'seen', document: 'bhyt', said: { number: '7912345678' } })
  const rows = await db.selectFrom('identity.identifier').select(['system', 'assurance']).execute()
  expect(rows.filter(({ assurance }) => assurance === 'verified')).toEqual([
    { system: 'bhxh', assurance: 'verified' },
  ])
})

test('the lead takes a slip back within a day; what happened stays written down', async () => {
  const { of, person, db, app, system, worker } = await openStation({ role: 'station-lead' })
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  const plain = deskOf(await signedInWorker({ app, system }, { user: 'mai' }))
  expect((await plain.of(person, 'unverify')).statusCode).toBe(403)
  expect((await of(person, 'unverify')).json()).toMatchObject({ level: 'phone', verified: null })
  expect(await db.selectFrom('identity.identifier').select('assurance').execute()).toEqual([
    { assurance: 'declared' },
  ])
  expect((await of(person, 'unverify')).json()).toMatchObject({ type: '/problems/station.nothing-to-undo' })
  const [row] = await db.selectFrom('identity.verification').select(['undone_at', 'undone_by']).execute()
  expect(row?.undone_at).not.toBeNull()

  worker.clock.at = new Date('2026-11-23T05:10:00Z')
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  worker.clock.at = new Date('2026-11-23T05:20:00Z')
  expect((await of(person, 'open')).json()).toMatchObject({ verified: { undo: true } })
  const counted = await db.selectFrom('identity.enrolment').select(['n', 'level']).execute()
  const net = Map.groupBy(counted, ({ level }) => level)
  expect([...net].map(([level, rows]) => [level, rows.reduce((sum, { n }) => sum + n, 0)])).toEqual([
    ['phone', 0],
    ['verified', 1],
  ])
})

test('two workers confirm the same person at once: one of them does', async () => {
  const { of, person, db, ha } = await openStation()
  const replies = await Promise.all(
    [1, 2, 3].map(() => of(person, 'verify', { how: 'scanned', card: cardText() })),
  )
  expect(replies.map((reply) => reply.json().outcome).toSorted()).toEqual(['known', 'known', 'verified'])
  expect(await db.selectFrom('identity.verification').select('home').execute()).toHaveLength(1)
  const told = (await ha.ask('GET', '/dev/messages?phone=0912345678')).json()
  expect(told.filter(({ text }: { text: string }) => text.includes('xác nhận danh tính'))).toHaveLength(1)
})

test('those who wait for the station are listed, longest first, with why to look; the confirmed are gone', async () => {
  const { waiting, of, person, app } = await openStation()
  const nam = await another(app, '0987654321', NAM)
  const twin = await another(app, '0987654322', HA_WITH_NUMBER)
  expect(await waiting()).toMatchObject({
    total: 3,
    next: null,
    people: [
      { person, reasons: ['possibly-same'] },
      { person: nam.person, reasons: ['birth-date-vague', 'no-number'] },
      { person: twin.person, reasons: ['possibly-same'] },
    ],
  })
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  expect((await waiting()).people.map((one: { person: string }) => one.person)).toEqual([
    nam.person,
    twin.person,
  ])
})

test('nobody but a ward’s station works here', async () => {
  const { app, system, person } = await openStation()
  const department = deskOf(
    await signedInWorker({ app, system }, { user: 'so.yt', role: 'department', ward: null }),
  )
  expect((await department.find(HA_NUMBER)).reply.json()).toMatchObject({ type: '/problems/staff.not-yours' })
  expect((await department.of(person, 'open')).json()).toMatchObject({ type: '/problems/staff.not-yours' })
  expect(
    (await app.inject({ method: 'POST', url: '/api/station/find', payload: { text: 'x' } })).statusCode,
  ).toBe(401)
})
