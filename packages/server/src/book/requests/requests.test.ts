import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, ofType, residentAt } from '../../../test/resident.ts'
import { signedInWorker } from '../../../test/worker.ts'

async function haAndOffice() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const office = await signedInWorker(house, { user: 'rieng.tu', role: 'privacy', ward: null })
  const person: string = (await ha.me()).books[0].person
  const ask = (kind: string, words = '', uuid: string = randomUUID()) =>
    ha.ask('POST', '/api/books/own/requests', { payload: { uuid, kind, words } })
  const list = async () => (await ha.ask('GET', '/api/books/own/requests')).json()
  const answer = (body: object, number = 1) =>
    office.ask('POST', `/api/department/requests/${person}/${number}/answer`, body)
  const texts = async (): Promise<string[]> =>
    (await ha.ask('GET', '/dev/messages?phone=0912345678')).json().map(({ text }: { text: string }) => text)
  return { ...house, ha, office, person, ask, list, answer, texts }
}

const REFUSED = { is: 'refused', words: 'Luật buộc giữ sổ sức khỏe.', retentionClass: 'health-book' }

test('a request stands in the book with its state, its last day and the days that are left', async () => {
  const { ask, list } = await haAndOffice()
  expect((await ask('erase', 'Tôi chuyển đi nước ngoài.')).json()).toEqual({ outcome: 'kept', number: 1 })
  await ask('object')
  expect(await list()).toEqual([
    expect.objectContaining({ number: 2, kind: 'object', dueOn: '2026-12-08', daysLeft: 15, words: null }),
    {
      number: 1,
      kind: 'erase',
      state: 'received',
      words: 'Tôi chuyển đi nước ngoài.',
      askedAt: '2026-11-23T05:00:00.000Z',
      acknowledgeBy: '2026-11-25',
      dueOn: '2026-12-13',
      daysLeft: 20,
      law: 'VN-28',
      answer: null,
    },
  ])
})

test('the same asked twice is one request, and a second one waits until the first is answered', async () => {
  const { ask, list, answer } = await haAndOffice()
  const uuid = randomUUID()
  const replies = await Promise.all([ask('erase', 'x', uuid), ask('erase', 'x', uuid)])
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 201])
  expect((await ask('erase')).json()).toMatchObject({ status: 409, type: '/problems/book.asked-already' })
  await answer(REFUSED)
  expect((await ask('erase')).statusCode).toBe(201)
  expect(await list()).toHaveLength(2)
})

test('the office sees what waits and by when, never a name or a finding; taking it in hand is seen by the person', async () => {
  const { office, person, ha, ask, list } = await haAndOffice()
  await ask('erase', 'Xin xóa.')
  const reply = await office.ask('GET', '/api/department/requests')
  expect(reply.json()).toEqual([
    expect.objectContaining({ person, number: 1, kind: 'erase', words: 'Xin xóa.', daysLeft: 20 }),
  ])
  // in an id, drawn by chance, any four letters may stand
  expect(reply.body.replaceAll(person, '')).not.toMatch(/Nguyễn|Hà|1961|Tăng huyết áp|0912/)
  await office.ask('POST', `/api/department/requests/${person}/1/take`)
  expect((await list())[0]).toMatchObject({ state: 'in-hand' })
  expect((await ha.accesses()).some(({ who }: { who: string }) => who === 'Nhân viên y tế')).toBe(true)
})

test('a living person’s book is not erased: the refusal names the class, and she is told without a word of health', async () => {
  const { ha, ask, list, answer, texts } = await haAndOffice()
  await ask('erase')
  const granted = await answer({ is: 'granted', words: 'Đồng ý.', ground: 'expired' })
  expect(granted.json()).toMatchObject({
    status: 409,
    type: '/problems/record.retained',
    retentionClass: 'health-book',
  })
  expect((await list())[0]).toMatchObject({ state: 'received', answer: null })

  expect((await answer({ is: 'refused', words: 'Không.' })).statusCode).toBe(400)
  expect((await answer(REFUSED)).statusCode).toBe(204)
  expect((await list())[0]).toMatchObject({
    state: 'answered',
    answer: {
      is: 'refused',
      words: REFUSED.words,
      retention: { class: 'health-book', years: 10, after: 'death', until: null },
    },
  })
  expect((await texts()).at(-1)).toContain('yêu cầu của bạn đã có trả lời')
  expect((await answer(REFUSED)).json()).toMatchObject({ type: '/problems/book.answered-already' })
  expect((await ha.record()).length).toBeGreaterThan(5)
})

test('an erasure without a ground is undecided; an approved one leaves nothing by which she is found', async () => {
  const { db, ha, ask, answer } = await haAndOffice()
  await ask('erase')
  expect((await answer({ is: 'granted', words: 'Đồng ý.' })).json()).toMatchObject({
    type: '/problems/record.undecided',
  })
  expect((await answer({ is: 'granted', words: 'Sổ mở thử.', ground: 'not-a-record' })).statusCode).toBe(204)
  for (const table of [
    'record.pack',
    'keys.data_key',
    'identity.keeper',
    'identity.name_key',
    'identity.card',
  ]) {
    const { rows } = await sql`select * from ${sql.table(table)}`.execute(db)
    expect(rows).toEqual([])
  }
  expect(await db.selectFrom('identity.person').select('status').execute()).toEqual([{ status: 'closed' }])
  expect((await ha.ask('GET', '/api/books/own/requests')).statusCode).toBe(404)
})

test('a closed book is open for nothing and nobody writes in it; it is not counted, and its answer can be read', async () => {
  const { db, ha, ask, list, answer } = await haAndOffice()
  await ask('close')
  await answer({ is: 'granted', words: 'Đã đóng.' })
  expect(await db.selectFrom('access.grant').select('home').where('until', 'is', null).execute()).toEqual([])
  expect(ofType(await ha.record(), 'Consent').map(({ status }) => status)).toEqual([
    'inactive',
    'inactive',
    'inactive',
  ])
  const rows = await db.selectFrom('identity.enrolment').select('n').execute()
  expect(rows.reduce((sum, { n }) => sum + n, 0)).toBe(0)
  expect((await list())[0]).toMatchObject({ answer: { is: 'granted', words: 'Đã đóng.' } })
  const said = { uuid: randomUUID(), said: { kind: 'allergy', name: 'Cua' } }
  expect((await ha.ask('POST', '/api/books/own/statements', { payload: said })).json()).toMatchObject({
    type: '/problems/book.closed',
  })
})

test('nobody but the privacy office sees or answers, and a forged address answers nothing', async () => {
  const house = await haAndOffice()
  await house.ask('close')
  for (const [role, ward] of [
    ['station-lead', '26911'],
    ['department', null],
  ] as const) {
    const worker = await signedInWorker(house, { user: `khac.${role}`, role, ward })
    expect((await worker.ask('GET', '/api/department/requests')).statusCode).toBe(403)
    const reply = await worker.ask('POST', `/api/department/requests/${house.person}/1/answer`, REFUSED)
    expect(reply.statusCode).toBe(403)
  }
  expect((await house.ha.ask('GET', '/api/department/requests')).statusCode).toBe(401)
  for (const path of [`${randomUUID()}/1`, `${house.person}/9`])
    expect((await house.office.ask('POST', `/api/department/requests/${path}/take`)).statusCode).toBe(404)
  expect((await house.office.ask('POST', `/api/department/requests/${house.person}/x/take`)).statusCode).toBe(
    400,
  )
})
