import { expect, test } from 'vitest'
import { NOON } from '../../../test/house.ts'
import { HA, text } from '../../../test/resident.ts'
import { askAbout, askNothing, DAY_MS, idOf, patientNamed, stated } from '../../../test/review.ts'
import { another, HA_NUMBER, HA_WITH_NUMBER, openStation } from '../../../test/station.ts'
import { signedInWorker, type WorkerAt } from '../../../test/worker.ts'
import { eventsOf } from '../../audit/index.ts'
import { expireProposals, personOf } from '../../identity/index.ts'

interface Listed {
  readonly case: string
  readonly records: number
  readonly since: string
  readonly putOff: { readonly why: string } | null
}
interface Column {
  readonly records: readonly string[]
  readonly hidden: boolean
  readonly book: { readonly level: string } | null
  readonly values: Readonly<Record<string, readonly string[]>> | null
  readonly compared: { readonly levels: readonly object[]; readonly weighed: object | null } | null
}

const queueOf = (worker: WorkerAt) => {
  const list = async (): Promise<Listed[]> => (await worker.ask('GET', '/api/station/review')).json().cases
  const open = async (name: string) => await worker.ask('POST', '/api/station/review/open', { case: name })
  const decide = async (name: string, say: object) => {
    const { columns } = (await open(name)).json() as { columns: readonly Column[] }
    return await worker.ask('POST', '/api/station/review/decide', {
      case: name,
      columns: columns.map(({ records }) => records),
      ...say,
    })
  }
  const undo = async () => await worker.ask('POST', '/api/station/review/undo', {})
  const numbers = async () => (await worker.ask('GET', '/api/station/review/numbers')).json()
  return { list, open, decide, undo, numbers }
}

const MISSPELT = { ...HA_WITH_NUMBER, 'A.01': [text('NGUYEN THI THU HA')], 'A.11': [text('079161000000')] }

async function openQueue() {
  const house = await openStation()
  const twin = await another(house.app, '0987654321', MISSPELT)
  const [mine, hers] = [patientNamed(house.system, house.person), patientNamed(house.system, twin.person)]
  await askNothing(house.system)
  const only = async (): Promise<string> => (await queueOf(house.worker).list())[0]?.case ?? ''
  return { ...house, twin, mine, hers, only, ...queueOf(house.worker) }
}

const verified = (house: Awaited<ReturnType<typeof openStation>>, person: string) =>
  house.of(person, 'verify', {
    how: 'seen',
    document: 'cccd',
    take: [],
    said: { name: 'Nguyễn Thị Thu Hà', birthDate: '1961-04-30', sex: 'female', number: HA_NUMBER },
  })

test('a case lies side by side: what each says, how the second differs from the first, and both find it in their books', async () => {
  const { system, mine, hers, only, open, list } = await openQueue()
  await askAbout(system, mine, hers, { at: new Date(NOON.getTime() - 2 * DAY_MS) })
  expect(await list()).toMatchObject([{ records: 2, since: '2026-11-21T05:00:00.000Z', putOff: null }])
  const reply = await open(await only())
  const { columns } = reply.json() as { columns: readonly Column[] }
  expect(columns).toMatchObject([
    { hidden: false, book: { level: 'phone' }, values: { name: ['Nguyễn Thị Thu Hà'] }, compared: null },
    {
      values: { name: ['NGUYEN THI THU HA'], birthDate: ['1961-04-30'], place: ['Phường Bình Quới'] },
      compared: { levels: expect.arrayContaining([{ field: 'birthDate', level: 'exact' }]) },
    },
  ])
  expect(reply.body).not.toContain(HA_NUMBER)
  for (const patient of [mine, hers]) {
    const events = await eventsOf(system.pool, [patient])
    expect(events.map(({ action, purpose }) => `${action} ${purpose}`)).toContain(
      'station.duplicate duplicate',
    )
  }
})

test('two people after all: a ruling stands, nobody is joined, and it is asked no more until it is taken back', async () => {
  const { system, db, mine, hers, only, decide, undo, list, numbers } = await openQueue()
  await askAbout(system, mine, hers)
  const decided = await decide(await only(), { say: 'different', seconds: 6.5 })
  expect(decided.json()).toEqual({ said: 'different', state: 'stands' })
  expect(await list()).toEqual([])
  const rulings = () =>
    db.selectFrom('identity.ruling').select(['same', 'ended_at', 'patient_id', 'other_patient_id']).execute()
  expect(await rulings()).toEqual([
    { same: false, ended_at: null, patient_id: Math.min(mine, hers), other_patient_id: Math.max(mine, hers) },
  ])
  expect(await numbers()).toMatchObject({
    queue: { questions: 0 },
    decided: { decided: 1, seconds: 6.5, wrong: { found: 0, of: 1 } },
  })
  const back = (await undo()).json()
  expect(back).toMatchObject({ undone: 'different' })
  expect(await list()).toMatchObject([{ case: back.case }])
  expect((await rulings())[0]?.ended_at).not.toBeNull()
  expect(await numbers()).toMatchObject({ queue: { questions: 1 }, decided: { decided: 0, slips: 1 } })
  expect((await undo()).json()).toMatchObject({ status: 409, type: '/problems/review.nothing-to-undo' })
})

test('three records side by side: two are one person and the third is not; taken back they are three again', async () => {
  const { system, only, decide, open, undo, list } = await openQueue()
  const [a, b, c] = [
    await stated(system, 'Lê Thị Mai'),
    await stated(system, 'Le Thi Mai', { source: '79002' }),
    await stated(system, 'Lê Thị Mai Anh', { source: '79003' }),
  ]
  await askAbout(system, a, b)
  await askAbout(system, b, c)
  expect(await list()).toMatchObject([{ records: 3 }])
  const { columns } = (await open(await only())).json() as { columns: readonly Column[] }
  const at = (patient: number) => columns.findIndex(({ records }) => records.includes(idOf(system, patient)))
  const persons = async () => await Promise.all([a, b, c].map((patient) => personOf(system, patient)))
  const before = await persons()
  const wrong = await decide(await only(), { say: 'partly', together: [at(a)] })
  expect(wrong.statusCode).toBe(400)
  expect((await decide(await only(), { say: 'partly', together: [at(a), at(b)] })).statusCode).toBe(200)
  const after = await persons()
  expect(after[0]).toBe(after[1])
  expect(after[2]).not.toBe(after[0])
  expect(await list()).toEqual([])
  await undo()
  expect(await persons()).toEqual(before)
  expect(await list()).toMatchObject([{ records: 3 }])
})

test('what a hospital states is joined to a confirmed book at once and its holder told; to another it waits', async () => {
  const house = await openQueue()
  const { system, db, mine, hers, only, decide, person, ha } = house
  const [first, second] = [
    await stated(system, 'Nguyễn Thị Thu Hà'),
    await stated(system, 'Nguyen Thi Thu Ha', { source: '79002' }),
  ]
  expect((await verified(house, person)).statusCode).toBe(200)
  await askNothing(system)
  await askAbout(system, mine, first)
  await decide(await only(), { say: 'same' })
  expect(await personOf(system, first)).toBe(await personOf(system, mine))
  const told = (await ha.ask('GET', '/dev/messages?phone=0912345678')).json()
  expect(told.at(-1).text).toContain('được gắn vào sổ')
  await askNothing(system)
  await askAbout(system, hers, second)
  expect((await decide(await only(), { say: 'same' })).json()).toEqual({ said: 'same', state: 'stands' })
  expect(await personOf(system, second)).not.toBe(await personOf(system, hers))
  const pairs = await db.selectFrom('identity.pair').select('state').where('state', '<>', 'gone').execute()
  expect(pairs.map(({ state }) => state).toSorted()).toEqual(['settled', 'waits'])
})

test('a sample is asked like any other and shows no opinion; a wrong link is undone, and precision is counted', async () => {
  const { system, only, decide, open, list, numbers } = await openQueue()
  const links: [number, number][] = []
  for (const name of ['Lê Thị Mai', 'Trần Thị Lan', 'Đỗ Thị Hoa']) {
    const [a, b] = [await stated(system, name), await stated(system, name, { source: '79002' })]
    await askAbout(system, a, b)
    await decide(await only(), { say: 'same' })
    await askAbout(system, a, b, { state: 'sample' })
    links.push([a, b])
    if (links.length < 3) await system.db.updateTable('identity.pair').set({ state: 'linked' }).execute()
  }
  await system.db.updateTable('identity.pair').set({ state: 'sample' }).execute()
  expect(await list()).toHaveLength(3)
  const shown = (await open(await only())).json()
  expect(shown).toMatchObject({ blind: true, suggestion: null })
  expect(shown.columns).toHaveLength(2)
  expect(shown.columns[1].compared.weighed).toBeNull()
  expect(JSON.stringify(shown)).not.toContain('sample')
  for (const say of ['same', 'same', 'different']) await decide(await only(), { say })
  const same = await Promise.all(
    links.map(async ([a, b]) => (await personOf(system, a)) === (await personOf(system, b))),
  )
  expect(same.toSorted()).toEqual([false, true, true])
  const { precision } = (await numbers()).decided
  expect(precision).toMatchObject({ found: 2, of: 3 })
  expect(precision.low).toBeLessThan(2 / 3)
  expect(precision.high).toBeLessThan(1)
})

test('a link that looks wrong since its source corrected itself is asked, and parted where it was wrong', async () => {
  const { system, only, decide, list } = await openQueue()
  const [a, b] = [await stated(system, 'Lê Thị Mai'), await stated(system, 'Lê Thị Mai', { source: '79002' })]
  await askAbout(system, a, b)
  await decide(await only(), { say: 'same' })
  await askAbout(system, a, b, { score: -12 })
  expect(await list()).toMatchObject([{ records: 2 }])
  await decide(await only(), { say: 'different' })
  expect(await personOf(system, a)).not.toBe(await personOf(system, b))
  expect(await list()).toEqual([])
})

test('the book of another ward is compared and not shown; a ward that was not asked finds nothing', async () => {
  const { app, system, mine, only, open, person } = await openQueue()
  const away = await another(app, '0987654322', {
    ...HA,
    'A.18.2': [{ valueCoding: { system: 'urn:sokhoe:codes:wards', code: '26929' } }],
    'A.01': [text('Nguyễn Thị Thu Hà Đi Xa')],
  })
  await askNothing(system)
  await askAbout(system, mine, patientNamed(system, away.person))
  const name = await only()
  const reply = await open(name)
  expect(reply.json().columns).toMatchObject([
    { hidden: false },
    { hidden: true, values: null, sources: [], compared: { levels: expect.any(Array) } },
  ])
  expect(reply.body).not.toContain('Đi Xa')
  const other = queueOf(await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' }))
  expect(await other.list()).toEqual([])
  expect((await other.open(name)).json()).toMatchObject({ status: 409, type: '/problems/review.changed' })
  expect((await other.open(person)).statusCode).toBe(409)
})

test('father and son, twins and namesakes are asked behind whatever a look can tell, however long they wait', async () => {
  const { system, list } = await openQueue()
  const names = ['Lê Văn Cha', 'Lê Thị Thúy', 'Lê Thị Mai', 'Lê Thị Sáu']
  const rules = ['two-generations', 'other-marks', null, 'two-cards']
  for (const [i, name] of names.entries()) {
    const [a, b] = [await stated(system, name), await stated(system, name, { source: '79002' })]
    await askAbout(system, a, b, { rule: rules[i] ?? null, at: new Date(NOON.getTime() - (9 - i) * DAY_MS) })
  }
  const days = (await list()).map(({ since }) => (NOON.getTime() - Date.parse(since)) / DAY_MS)
  expect(days).toEqual([7, 6, 9, 8])
})

test('put off, a case comes after the others with why; two who decide at once do not both', async () => {
  const { app, system, mine, hers, only, decide, list, open } = await openQueue()
  const other = await stated(system, 'Phạm Thị Hai')
  const third = await stated(system, 'Phạm Thị Hai', { source: '79002' })
  await askAbout(system, mine, hers, { at: new Date(NOON.getTime() - DAY_MS) })
  await askAbout(system, other, third)
  const first = await only()
  expect((await decide(first, { say: 'later' })).statusCode).toBe(400)
  await decide(first, { say: 'later', why: 'call' })
  expect((await list()).map(({ putOff }) => putOff?.why)).toEqual([undefined, 'call'])
  const colleague = queueOf(await signedInWorker({ app, system }, { user: 'hai.bq' }))
  await open(first)
  const both = await Promise.all([
    decide(first, { say: 'different' }),
    colleague.decide(first, { say: 'different' }),
  ])
  expect(both.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 409])
  expect((await list()).map(({ putOff }) => putOff)).toEqual([null])
})

test('the Department sees how long every ward’s questions wait, and nobody; a station does not see the city', async () => {
  const { app, system, mine, hers, worker } = await openQueue()
  await askAbout(system, mine, hers, { at: new Date(NOON.getTime() - 4 * DAY_MS) })
  const a = await stated(system, 'Lê Thị Mai')
  await askAbout(system, a, await stated(system, 'Lê Thị Mai'), { ward: null })
  const city = await signedInWorker({ app, system }, { user: 'so.yte', role: 'department', ward: null })
  const reply = await city.ask('GET', '/api/department/review')
  expect(reply.json()).toMatchObject({
    decided: { decided: 0, precision: { of: 0, share: null } },
    wards: expect.arrayContaining([
      expect.objectContaining({
        ward: '26911',
        name: 'Phường Bình Quới',
        questions: 1,
        over3Days: 1,
        over7Days: 0,
      }),
      expect.objectContaining({ ward: null, name: null, questions: 1, over3Days: 0 }),
    ]),
  })
  expect((await city.ask('GET', '/api/station/review')).statusCode).toBe(403)
  expect((await worker.ask('GET', '/api/department/review')).statusCode).toBe(403)
})

test('what two hospitals state of somebody without a ward is given to a station by the Department, which sees nobody', async () => {
  const { app, system, worker, list, only, decide } = await openQueue()
  const [a, b, c, d] = await Promise.all(
    ['79001', '79002', '79003', '79004'].map((source) => stated(system, 'Lê Thị Mai', { source })),
  )
  await askNothing(system)
  const at = (days: number) => ({ ward: null, at: new Date(NOON.getTime() - days * DAY_MS) })
  await askAbout(system, a ?? 0, b ?? 0, at(5))
  await askAbout(system, b ?? 0, c ?? 0, at(1))
  const other = await stated(system, 'Phạm Thị Hai')
  await askAbout(system, other, d ?? 0, at(2))
  expect(await list()).toEqual([])
  const city = await signedInWorker({ app, system }, { user: 'so.yte', role: 'department', ward: null })
  const give = (body: object, by = city) => by.ask('POST', '/api/department/review/hand-out', body)
  expect((await give({ ward: '26911', most: 1 }, worker)).statusCode).toBe(403)
  expect((await give({ ward: '00000', most: 1 })).json()).toMatchObject({ status: 400, at: ['/ward'] })
  const reply = await give({ ward: '26911', most: 1 })
  expect([reply.statusCode, reply.body]).toEqual([200, '{"given":2}'])
  expect(await list()).toMatchObject([{ records: 3, since: at(5).at.toISOString() }])
  const { wards } = (await city.ask('GET', '/api/department/review')).json()
  expect(wards).toMatchObject([
    { ward: '26911', questions: 2 },
    { ward: null, questions: 1 },
  ])
  expect((await decide(await only(), { say: 'same' })).statusCode).toBe(200)
  expect(await personOf(system, a ?? 0)).toBe(await personOf(system, c ?? 0))
  expect((await give({ ward: '26911', most: 500 })).json()).toEqual({ given: 1 })
  expect((await give({ ward: '26911', most: 500 })).json()).toEqual({ given: 0 })
})

test('two books that nobody confirmed wait for a document; taken back, or when nobody answers, they are asked again', async () => {
  const { system, mine, hers, only, decide, undo, list, numbers } = await openQueue()
  await askAbout(system, mine, hers)
  const say = async () => (await decide(await only(), { say: 'same' })).json()
  expect(await say()).toEqual({ said: 'same', state: 'waits' })
  expect(await personOf(system, mine)).not.toBe(await personOf(system, hers))
  expect(await list()).toEqual([])
  expect((await undo()).statusCode).toBe(200)
  expect(await list()).toMatchObject([{ records: 2 }])

  expect(await say()).toEqual({ said: 'same', state: 'waits' })
  expect(await expireProposals({ ...system, now: () => new Date(NOON.getTime() + 91 * DAY_MS) })).toBe(1)
  expect(await list()).toMatchObject([{ records: 2 }])
  expect((await numbers()).decided.wrong).toMatchObject({ found: 0 })
  const rulings = await system.db.selectFrom('identity.ruling').select('same').execute()
  expect(rulings).toEqual([])
})

test('a confirmed book is merged by two people: the first waits, herself she cannot agree, a no asks again', async () => {
  const house = await openQueue()
  const { app, system, mine, hers, only, decide, list, person, worker, numbers } = house
  await verified(house, person)
  await askAbout(system, mine, hers)
  expect((await decide(await only(), { say: 'same' })).json()).toEqual({ said: 'same', state: 'waits' })
  expect(await list()).toEqual([])
  expect(await personOf(system, mine)).not.toBe(await personOf(system, hers))
  const second = await signedInWorker({ app, system }, { user: 'hai.bq' })
  const ask = async (by: WorkerAt, what: string, body: object = {}) => {
    const { merges } = (await by.ask('GET', '/api/station/review/second')).json()
    return await by.ask('POST', `/api/station/review/second/${what}`, { people: merges[0].people, ...body })
  }
  expect((await worker.ask('GET', '/api/station/review/second')).json().merges).toMatchObject([
    { mine: true },
  ])
  expect((await ask(worker, 'answer', { agree: true })).json()).toMatchObject({
    type: '/problems/station.second-person',
  })
  expect((await ask(second, 'open')).json()).toMatchObject({
    mine: false,
    columns: [{ book: { level: 'verified' } }, { book: { level: 'phone' } }],
  })
  expect((await ask(second, 'answer', { agree: false })).json()).toEqual({ state: 'declined' })
  expect((await numbers()).decided.wrong).toMatchObject({ found: 1, of: 1 })
  expect(await list()).toHaveLength(1)
  await decide(await only(), { say: 'same' })
  expect((await ask(second, 'answer', { agree: true })).json()).toEqual({ state: 'merged' })
  expect(await personOf(system, mine)).toBe(await personOf(system, hers))
  expect(await list()).toEqual([])
  expect((await numbers()).decided.wrong).toMatchObject({ found: 1, of: 2 })
  expect((await queueOf(worker).undo()).statusCode).toBe(409)
})
