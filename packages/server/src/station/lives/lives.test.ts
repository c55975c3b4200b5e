import { Board } from '@sokhoe/model/coverage'
import { expect, test, vi } from 'vitest'
import { CAMPAIGN } from '../../../test/house.ts'
import type { Answers } from '../../../test/resident.ts'
import { cardText, deskOf, HA_NUMBER, openStation } from '../../../test/station.ts'
import { signedInWorker, type WorkerAt } from '../../../test/worker.ts'

const ELSEWHERE = '26929'
const NEW_NUMBER = '079161098765'
const OLD_CMND = '024123456'

const tellHa = async (ha: Awaited<ReturnType<typeof openStation>>['ha']) =>
  ((await ha.ask('GET', '/dev/messages?phone=0912345678')).json() as { text: string }[]).map(
    ({ text }) => text,
  )
const patientOf = async (ha: Awaited<ReturnType<typeof openStation>>['ha']) =>
  (await ha.record()).find(({ resourceType }) => resourceType === 'Patient')

/** Hà's book is confirmed by her card, which names the nine digits she had before. */
async function confirmed(role: 'station' | 'station-lead' = 'station') {
  const house = await openStation({ role })
  const card = cardText({ oldIdNumber: OLD_CMND })
  const reply = await house.of(house.person, 'verify', { how: 'scanned', card })
  expect(reply.statusCode, reply.body).toBe(200)
  return house
}

test('the nine digits of before, as the card’s code names them, stay with the book as ended, and still find her', async () => {
  const { of, person, find, ha, db } = await confirmed()
  expect((await of(person, 'open')).json()).toMatchObject({
    numbers: [{ system: 'cccd' }],
    ended: [{ system: 'cmnd', until: '2021-04-22' }],
  })
  expect((await patientOf(ha))?.['identifier']).toMatchObject([
    { value: HA_NUMBER },
    { value: OLD_CMND, use: 'old', period: { end: '2021-04-22' } },
  ])
  const rows = await db
    .selectFrom('identity.identifier')
    .select(['system', 'ended'])
    .orderBy('system')
    .execute()
  expect(rows).toEqual([
    { system: 'cccd', ended: false },
    { system: 'cmnd', ended: true },
  ])
  expect((await find(OLD_CMND)).people).toMatchObject([{ person }])

  // she declares again, with the old digits as if they stood: they stay ended
  await ha.declare({
    'A.01': [{ valueString: 'Nguyễn Thị Thu Hà' }],
    'A.02': [{ valueCoding: { code: '2' } }],
    'A.05': [{ valueDate: '1961-04-30' }],
    'A.11': [{ valueString: HA_NUMBER }],
    'A.11.old': [{ valueString: OLD_CMND }],
  })
  expect((await of(person, 'open')).json()).toMatchObject({
    numbers: [{ system: 'cccd' }],
    ended: [{ system: 'cmnd' }],
  })
})

test('what a wrong card told of numbers of before goes with the confirmation that is taken back', async () => {
  const { of, person, find, ha, db, worker } = await openStation({ role: 'station-lead' })
  const own = { 'A.11.old': [{ valueString: '024000111' }] }
  await declareAs(ha, 'Nguyễn Thị Thu Hà', '1961-04-30', '2', own)
  const before = [(await of(person, 'open')).json(), (await patientOf(ha))?.['identifier']]
  for (const [at, old] of [OLD_CMND, '024000111'].entries()) {
    worker.clock.at = new Date(`2026-11-23T05:1${at}:00Z`)
    await of(person, 'verify', { how: 'scanned', card: cardText({ oldIdNumber: old }) })
    expect((await of(person, 'open')).json()).toMatchObject({ ended: [{ system: 'cmnd' }] })
    expect((await find(old)).people).toMatchObject([{ person }])
    expect((await of(person, 'unverify')).statusCode).toBe(200)
    expect((await find(OLD_CMND)).people).toEqual([])
    const after = [(await of(person, 'open')).json(), (await patientOf(ha))?.['identifier']]
    expect(after).toEqual(before)
  }
  expect((await find('024000111')).people).toMatchObject([{ person }])
  const numbers = await db.selectFrom('identity.identifier').select(['assurance', 'ended']).execute()
  expect(numbers).toEqual(numbers.map(() => ({ assurance: 'declared', ended: false })))
})

test('a number that was cancelled and issued anew: the new one stands, the old one has ended and is kept, she is told', async () => {
  const { of, person, find, ha, db } = await confirmed()
  const renumber = (card: string, why = 'reissued') => of(person, 'number', { how: 'scanned', card, why })
  const stranger = await renumber(cardText({ idNumber: NEW_NUMBER, name: 'Lê Thị Lan' }))
  expect(stranger.json()).toMatchObject({ status: 409, type: '/problems/station.differs', at: ['/name'] })

  const replaced = await renumber(cardText({ idNumber: NEW_NUMBER, issuedOn: '2026-11-02' }))
  expect(replaced.json()).toMatchObject({
    outcome: 'replaced',
    numbers: [{ system: 'cccd' }],
    ended: [{ system: 'cmnd' }, { system: 'cccd', until: '2026-11-02' }],
  })
  expect((await renumber(cardText({ idNumber: NEW_NUMBER }))).json()).toMatchObject({ outcome: 'known' })
  const active = await db
    .selectFrom('identity.identifier')
    .select(['system', 'assurance'])
    .where('until', 'is', null)
    .execute()
  expect(active).toEqual([{ system: 'cccd', assurance: 'verified' }])
  expect((await patientOf(ha))?.['identifier']).toMatchObject([
    { value: NEW_NUMBER },
    { value: OLD_CMND, use: 'old' },
    { value: HA_NUMBER, use: 'old', period: { end: '2026-11-02' } },
  ])
  for (const number of [NEW_NUMBER, HA_NUMBER, OLD_CMND])
    expect((await find(number)).people, number).toMatchObject([{ person }])
  expect(await tellHa(ha)).toContainEqual(
    expect.stringContaining('số giấy tờ trong sổ của bạn vừa được thay'),
  )

  const { lives } = (await of(person, 'lives')).json()
  expect(lives).toMatchObject([
    { no: 1, kind: 'number', paper: 'cccd', facility: 'TYT-26911', why: 'reissued', undone: null },
  ])
  expect(JSON.stringify(lives)).not.toContain(HA_NUMBER)
  const rows = await db.selectFrom('identity.life').selectAll().execute()
  expect(JSON.stringify(rows)).not.toContain(HA_NUMBER)
})

test('a number that was wrong in the book leaves nothing of it behind; an unconfirmed book is confirmed first', async () => {
  const { of, person, find, db } = await openStation()
  const wrong = { how: 'scanned', card: cardText({ idNumber: NEW_NUMBER }), why: 'mistake' }
  expect((await of(person, 'number', wrong)).json()).toMatchObject({ type: '/problems/station.verify-first' })
  await of(person, 'verify', { how: 'scanned', card: cardText() })
  expect((await of(person, 'number', wrong)).json()).toMatchObject({ outcome: 'replaced', ended: [] })
  expect((await find(HA_NUMBER)).people).toEqual([])
  const seen = { how: 'seen', document: 'bhyt', said: { number: '7912345678' }, why: 'reissued' }
  expect((await of(person, 'number', seen)).json()).toMatchObject({ outcome: 'replaced' })
  const next = { ...seen, said: { number: '7912345679' } }
  expect((await of(person, 'number', next)).json()).toMatchObject({
    numbers: [{ system: 'bhxh' }, { system: 'cccd' }],
    ended: [{ system: 'bhxh', until: null }],
  })
  expect(await db.selectFrom('identity.life').select('kind').execute()).toHaveLength(3)
})

test('name and sex are put right by a court’s decision: both versions stay, with the paper, and she is told', async () => {
  const { of, person, find, ha } = await confirmed()
  const court = (said: object, paper = 'court') =>
    of(person, 'correct', { how: 'seen', paper, reference: '12/2026/QĐST', issuedOn: '2026-10-01', said })
  expect((await court({ name: 'Lê Văn Hai', birthDate: '01/01/1970', sex: 'male' })).json()).toMatchObject({
    type: '/problems/station.other-person',
  })
  expect((await court({ name: 'Nguyễn Thu Hải', sex: 'male' }, 'cccd')).json()).toMatchObject({
    type: '/problems/station.other-person',
  })
  const done = await court({ name: 'Nguyễn Thu Hải', sex: 'male' })
  expect(done.json()).toMatchObject({
    outcome: 'corrected',
    corrected: ['name', 'sex'],
    name: 'Nguyễn Thu Hải',
    sex: 'male',
    level: 'verified',
  })
  expect((await court({ name: 'Nguyễn Thu Hải', sex: 'male' })).json()).toMatchObject({ outcome: 'known' })
  expect(await patientOf(ha)).toMatchObject({
    meta: { source: 'urn:sokhoe:source:TYT-26911' },
    name: [{ text: 'Nguyễn Thu Hải' }],
    gender: 'male',
    identifier: [{ value: HA_NUMBER }, { value: OLD_CMND }],
  })
  const { lives } = (await of(person, 'lives')).json()
  expect(lives).toMatchObject([
    {
      kind: 'correction',
      paper: 'court',
      reference: '12/2026/QĐST',
      before: { name: 'Nguyễn Thị Thu Hà', sex: 'female' },
      after: { name: 'Nguyễn Thu Hải', sex: 'male' },
    },
  ])
  expect(await tellHa(ha)).toContainEqual(expect.stringContaining('vừa được sửa theo giấy tờ'))
  // by either name, since papers of before go on bearing the old one
  for (const name of ['Thu Hải 30/04/1961', 'Nguyễn Thị Thu Hà 30/04/1961'])
    expect((await find(name)).people, name).toMatchObject([{ person }])
  const accesses = JSON.stringify(await ha.accesses())
  expect(accesses).toContain('Sửa họ tên, ngày sinh, giới tính theo giấy tờ')
})

/** She declares anew, in other words than the station has seen. */
const declareAs = (
  ha: Awaited<ReturnType<typeof openStation>>['ha'],
  name: string,
  born: string,
  sex = '2',
  more: Answers = {},
) =>
  ha.declare({
    'A.01': [{ valueString: name }],
    'A.02': [{ valueCoding: { code: sex } }],
    'A.05': [{ valueDate: born }],
    'A.11': [{ valueString: HA_NUMBER }],
    ...more,
  })

test('what a paper has put right stays whatever she declares later; her own words are kept as she said them', async () => {
  const { of, person, ha } = await openStation()
  const court = { how: 'seen', paper: 'court', said: { name: 'Nguyễn Thu Hải' } }
  expect((await of(person, 'correct', court)).json()).toMatchObject({ corrected: ['name'], level: 'phone' })
  expect((await declareAs(ha, 'Nguyễn Thị Thu Hà', '1961-05-01')).statusCode).toBe(201)
  // the birth date nobody has confirmed: it is hers to change
  const now = { name: 'Nguyễn Thu Hải', birthDate: '1961-05-01', sex: 'female' }
  expect((await of(person, 'open')).json()).toMatchObject(now)
  expect(await patientOf(ha)).toMatchObject({
    name: [{ text: now.name }],
    birthDate: now.birthDate,
    gender: 'female',
  })
  const responses = (await ha.record()).filter((one) => one.resourceType === 'QuestionnaireResponse')
  expect(JSON.stringify(responses)).toContain('Nguyễn Thị Thu Hà')
  expect((await declareAs(ha, 'Nguyễn Thị Thu Hà', '1961-05-02')).statusCode).toBe(201)
  expect((await of(person, 'open')).json()).toMatchObject({ ...now, birthDate: '1961-05-02' })
})

test('a confirmed book is not renamed, nor made older or of another sex, by a declaration', async () => {
  const { of, person, ha } = await confirmed()
  expect((await declareAs(ha, 'Nguyễn Thị Thu Hạ', '1961-05-01', '1')).statusCode).toBe(201)
  const confirmedAs = { name: 'Nguyễn Thị Thu Hà', birthDate: '1961-04-30', sex: 'female' }
  expect((await of(person, 'open')).json()).toMatchObject(confirmedAs)
  expect(await patientOf(ha)).toMatchObject({
    name: [{ text: confirmedAs.name }],
    birthDate: confirmedAs.birthDate,
    gender: confirmedAs.sex,
    identifier: [{ value: HA_NUMBER }, { value: OLD_CMND, use: 'old' }],
  })
  const responses = (await ha.record()).filter((one) => one.resourceType === 'QuestionnaireResponse')
  expect(JSON.stringify(responses)).toContain('Nguyễn Thị Thu Hạ')
})

const counted = async (worker: WorkerAt, query = '') =>
  Board.parse((await worker.ask('GET', `/api/station/board${query}`)).json())

/** Both stations, and what their lists say of who lives there. */
async function twoWards() {
  const house = await confirmed()
  const there = await signedInWorker(house, { user: 'mai.bt', ward: ELSEWHERE })
  const people = async (worker: WorkerAt) => {
    const { streets } = (await worker.ask('GET', '/api/station/streets')).json()
    return (streets as { people: number }[]).reduce((sum, one) => sum + one.people, 0)
  }
  return { ...house, there, desk: deskOf(there), people }
}

test('a move that the station records: lists, households, counts and the right to serve her go with her at once', async () => {
  const { of, find, person, worker, there, desk, people, ha } = await twoWards()
  expect(await Promise.all([people(worker), people(there)])).toEqual([1, 0])
  expect((await of(person, 'move', { ward: '99999' })).json()).toMatchObject({
    type: '/problems/book.ward-unknown',
  })
  const moved = await of(person, 'move', { ward: ELSEWHERE, address: '5 Nơ Trang Long', paper: 'residence' })
  expect(moved.json()).toEqual({ outcome: 'moved', ward: { code: ELSEWHERE, name: 'Phường Bình Thạnh' } })

  expect((await find(HA_NUMBER)).people).toEqual([])
  expect((await of(person, 'open')).statusCode).toBe(403)
  expect((await desk.find(HA_NUMBER)).people).toMatchObject([{ person }])
  expect((await desk.of(person, 'lives')).json()).toMatchObject({
    lives: [
      {
        kind: 'move',
        facility: 'TYT-26911',
        before: { ward: '26911', wardName: 'Phường Bình Quới', address: '12/3 Đường Số 4' },
        after: { ward: ELSEWHERE, address: '5 Nơ Trang Long' },
      },
    ],
  })
  expect(await Promise.all([people(worker), people(there)])).toEqual([0, 1])
  await vi.waitFor(
    async () => {
      const [here, elsewhere] = [await counted(worker), await counted(there)]
      expect([here.declared, elsewhere.declared]).toEqual([0, 1])
    },
    { timeout: 20_000, interval: 100 },
  )
  // the campaign goes on counting whom it brought, wherever she lives; the ward's board tells it of its own people
  const by = { code: CAMPAIGN, declared: 1 }
  expect(await counted(worker, `?campaign=${CAMPAIGN}`)).toMatchObject({ declared: 1 })
  expect((await counted(there)).byCampaign).toContainEqual(expect.objectContaining(by))
  expect((await counted(worker)).byCampaign).toContainEqual(expect.objectContaining({ ...by, declared: 0 }))
  expect((await patientOf(ha))?.['address']).toMatchObject([{ text: '5 Nơ Trang Long' }])
  expect(await tellHa(ha)).toContainEqual(expect.stringContaining('nơi ở trong sổ của bạn vừa thay đổi'))
})

test('a resident says herself that she has moved: whoever waits for the station waits at the new one', async () => {
  const { worker, waiting, person, ha, app, system } = await openStation()
  const there = deskOf(await signedInWorker({ app, system }, { user: 'mai.bt', ward: ELSEWHERE }))
  expect((await waiting()).people).toHaveLength(1)
  const move = (payload: object) => ha.ask('POST', '/api/books/own/move', { payload })
  expect((await move({ ward: '00000' })).json()).toMatchObject({ type: '/problems/book.ward-unknown' })
  expect((await move({ ward: ELSEWHERE, address: '5 Nơ Trang Long' })).json()).toMatchObject({
    outcome: 'moved',
  })
  expect((await move({ ward: ELSEWHERE, address: '5 Nơ Trang Long' })).json()).toMatchObject({
    outcome: 'known',
  })
  expect((await waiting()).people).toEqual([])
  expect((await there.waiting()).people).toMatchObject([{ person }])
  expect((await worker.ask('POST', `/api/station/people/${person}/open`, {})).statusCode).toBe(403)
  expect((await ha.ask('GET', '/api/books/own/card')).json()).toMatchObject({ ward: { code: ELSEWHERE } })
})
