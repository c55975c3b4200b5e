import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { photo } from '../../../test/pictures.ts'
import { FIRST_PART, HA, ofType, residentAt, statedAs } from '../../../test/resident.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { booksAt, homeNamed, raiseLevel, sourcePatient } from '../../identity/index.ts'
import { inTransaction } from '../../platform/context.ts'
import { put } from '../../record/index.ts'

const PRESSURE = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }], text: 'Huyết áp' },
  effectiveDateTime: '2026-11-20T08:00:00+07:00',
  component: [
    { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 241, unit: 'mmHg' } },
    { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 88, unit: 'mmHg' } },
  ],
}

/** A book in which a source has stated one blood pressure. */
async function haWithLine(source = 'TYT-26911') {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const person: string = (await ha.me()).books[0].person
  const home = (await homeNamed(house.ctx, person)) ?? 0
  const [book] = await booksAt(house.ctx, [home])
  if (!book) throw new Error('no book')
  // what a hospital sent is read in a confirmed book alone
  await raiseLevel(house.system, home, 'verified')
  const state = () =>
    inTransaction(house.system, async (ctx) => {
      const { patientId, newDataKey } = await sourcePatient(ctx, book, source)
      const first = newDataKey ? [{ resource: { resourceType: 'Patient' }, no: 0 }] : []
      const resources = [...first, { resource: PRESSURE, sourceKey: 'm1' }]
      await put(ctx, { patientId, source, kind: 'measurement', resources, ...(newDataKey && { newDataKey }) })
    })
  await state()
  const line = async () =>
    ofType(await ha.record(), 'Observation').find(
      ({ effectiveDateTime }) => effectiveDateTime === PRESSURE.effectiveDateTime,
    )
  const lan = await signedInWorker(house)
  const disputing = async (more: object = {}) =>
    ha.ask('POST', '/api/books/own/disputes', {
      payload: {
        uuid: randomUUID(),
        line: (await line())?.id,
        reason: 'wrong-value',
        words: 'Là 141, không phải 241.',
        ...more,
      },
    })
  const list = async () => (await ha.ask('GET', '/api/books/own/disputes')).json()
  const at = (path: string, body?: object) =>
    lan.ask(
      body || path === 'pass' ? 'POST' : 'GET',
      `/api/station/disputes/${person}/1${path && '/'}${path}`,
      body,
    )
  return { ...house, ha, lan, person, line, disputing, list, at }
}

test('a line of others can be disputed: it stays as it is, and the book shows reason, state and clock', async () => {
  const { disputing, list, line } = await haWithLine()
  expect((await disputing()).json()).toEqual({ outcome: 'kept', number: 1 })
  const stands = await line()
  expect(stands).toMatchObject({
    meta: { versionId: '1' },
    component: [{ valueQuantity: { value: 241 } }, {}],
  })
  expect(await list()).toEqual([
    {
      number: 1,
      line: stands?.id,
      version: 1,
      source: expect.stringContaining('Bình Quới'),
      reason: 'wrong-value',
      words: 'Là 141, không phải 241.',
      document: null,
      state: 'received',
      askedAt: NOON.toISOString(),
      dueOn: '2026-12-03',
      daysLeft: 10,
      law: 'VN-28',
      answer: null,
    },
  ])
})

test('the station corrects its own number: both versions stay, and the person is told without a word of health', async () => {
  const { ha, lan, person, disputing, list, line, at } = await haWithLine()
  await disputing()
  expect((await lan.ask('GET', '/api/station/disputes')).json()).toEqual([
    expect.objectContaining({
      person,
      name: 'Nguyễn Thị Thu Hà',
      number: 1,
      state: 'received',
      daysLeft: 10,
    }),
  ])
  await at('pass', {})
  expect((await list())[0]).toMatchObject({ state: 'with-source' })
  const reply = await at('answer', {
    is: 'corrected',
    words: 'Đã xem lại phiếu.',
    values: { '8480-6': '141' },
  })
  expect(reply.statusCode).toBe(204)
  expect((await list())[0]).toMatchObject({
    state: 'answered',
    answer: { is: 'corrected', words: 'Đã xem lại phiếu.' },
  })
  expect(await line()).toMatchObject({
    meta: { versionId: '2' },
    status: 'corrected',
    component: [{ valueQuantity: { value: 141, unit: 'mmHg' } }, { valueQuantity: { value: 88 } }],
  })
  const told = (await ha.ask('GET', `/api/books/own/lines/${(await line())?.id}`)).json()
  expect(told.versions.map((one: { value: { text: string } }) => one.value.text)).toEqual([
    '141/88',
    '241/88',
  ])
  expect((await ha.ask('GET', `/api/books/own/lines/${randomUUID()}`)).statusCode).toBe(404)
  const { versions } = (await at('')).json()
  expect(versions.map((one: typeof PRESSURE) => one.component[0]?.valueQuantity.value)).toEqual([141, 241])
  const texts = (await ha.ask('GET', '/dev/messages?phone=0912345678')).json()
  expect(texts.at(-1).text).toContain('phản ánh của bạn')
  expect(texts.at(-1).text).not.toMatch(/huyết áp|141|241/i)
  expect((await at('answer', { is: 'kept', words: '' })).json().type).toBe('/problems/book.answered-already')
})

test('a line that never was is withdrawn and stays readable as such; one that is right is kept', async () => {
  const withdrawn = await haWithLine()
  await withdrawn.disputing({ reason: 'not-mine' })
  await withdrawn.at('answer', { is: 'withdrawn', words: 'Nhầm người.' })
  expect(await withdrawn.line()).toMatchObject({ meta: { versionId: '2' }, status: 'entered-in-error' })

  const kept = await haWithLine()
  await kept.disputing()
  await kept.at('answer', { is: 'kept', words: 'Phiếu ghi đúng như vậy.' })
  expect(await kept.line()).toMatchObject({ meta: { versionId: '1' } })
  expect((await kept.disputing()).statusCode).toBe(201)
})

test('what a hospital stated, the station cannot change in its place', async () => {
  const { disputing, at, line } = await haWithLine('79001')
  await disputing()
  for (const is of ['withdrawn', 'corrected'])
    expect((await at('answer', { is, words: 'x', values: { '8480-6': '141' } })).json()).toMatchObject({
      type: '/problems/book.not-corrected',
    })
  expect((await at('answer', { is: 'kept', words: 'Bệnh viện xác nhận.' })).statusCode).toBe(204)
  expect(await line()).toMatchObject({ meta: { versionId: '1' } })
})

test('a photo can stand beside the words, and the desk sees it', async () => {
  const { ha, disputing, at, list } = await haWithLine()
  const about = Buffer.from(JSON.stringify({ uuid: randomUUID(), paper: 'lab-paper', title: 'Phiếu đo' }))
  const added = await ha.ask('POST', '/api/books/own/documents', {
    payload: photo(1),
    headers: { 'content-type': 'image/jpeg', 'x-document': about.toString('base64url') },
  })
  await disputing({ document: added.json().id })
  expect((await list())[0]).toMatchObject({ document: added.json().id })
  const reply = await at('document')
  expect(reply.headers['content-type']).toBe('image/jpeg')
  expect(reply.rawPayload.toString('latin1')).not.toContain('GPS')
})

test('her own word she changes herself; foreign, forged and doubled disputes are refused', async () => {
  const { ha, disputing } = await haWithLine()
  const own = statedAs(await ha.record(), 'condition/hypertension')?.id
  const types = async (more: object) => (await disputing(more)).json().type
  expect(await types({ line: own })).toBe('/problems/book.line-own')
  expect(await types({ line: randomUUID() })).toBe('/problems/book.line-unknown')
  expect(await types({ document: own })).toBe('/problems/book.document-unknown')
  expect(await types({ reason: 'because' })).toBe('/problems/request.invalid')
  await disputing()
  expect(await types({})).toBe('/problems/book.asked-already')
})

test('the desk of another ward neither sees nor answers, and numbers that the line has not are refused', async () => {
  const house = await haWithLine()
  await house.disputing()
  const away = await signedInWorker(house, { user: 'xa.la', ward: '26929' })
  expect((await away.ask('GET', '/api/station/disputes')).json()).toEqual([])
  const path = `/api/station/disputes/${house.person}/1`
  expect((await away.ask('GET', path)).statusCode).toBe(403)
  expect((await away.ask('POST', `${path}/answer`, { is: 'kept', words: '' })).statusCode).toBe(403)
  expect(
    (await house.at('answer', { is: 'corrected', words: '', values: { '4548-4': '7' } })).statusCode,
  ).toBe(400)
  const privacy = await signedInWorker(house, { user: 'rieng.tu', role: 'privacy', ward: null })
  expect((await privacy.ask('GET', '/api/station/disputes')).statusCode).toBe(403)
})
