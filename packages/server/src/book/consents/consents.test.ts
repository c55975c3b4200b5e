import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, no, ofType, residentAt, yes } from '../../../test/resident.ts'

const treatment = (told: { purpose: string }[]) => told.find(({ purpose }) => purpose === 'treatment')

async function haWithBook() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const grants = async (): Promise<string[]> => {
    const rows = await house.db
      .selectFrom('access.grant')
      .select('purpose')
      .where('until', 'is', null)
      .orderBy('purpose')
      .execute()
    return rows.map(({ purpose }) => purpose)
  }
  const texts = async () =>
    (await ha.ask('GET', '/dev/messages?phone=0912345678')).json().map(({ text }: { text: string }) => text)
  const set = (given: unknown, purpose = 'treatment') =>
    ha.ask('PUT', `/api/me/consents/${purpose}`, { payload: { given } })
  const consents = async () => (await ha.ask('GET', '/api/me/consents')).json()
  return { ...house, ha, grants, texts, set, consents }
}

test('for each purpose the book says what was answered, when, and the words it was said to', async () => {
  const { consents } = await haWithBook()
  const told = await consents()
  expect(told.map(({ purpose, given }: { purpose: string; given: boolean }) => [purpose, given])).toEqual([
    ['treatment', true],
    ['programme', true],
    ['research', false],
    ['restricted', null],
  ])
  expect(treatment(told)).toMatchObject({
    textVersion: '2026-11',
    since: '2026-11-23T05:00:00.000Z',
    history: [{ given: true, at: '2026-11-23T05:00:00.000Z', textVersion: '2026-11' }],
    text: {
      version: '2026-11',
      vi: 'Nơi đang khám, chữa bệnh cho tôi được đọc sổ này',
      en: 'Facilities that treat me may read this book',
    },
  })
})

test('a consent withdrawn is withdrawn at once: the grant ends with its statement, and the person is told', async () => {
  const { ha, clock, set, grants, texts, consents } = await haWithBook()
  expect(await grants()).toEqual(['programme', 'treatment'])
  clock.now = new Date('2026-11-23T06:00:00Z')
  const reply = await set(false)
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({
    purpose: 'treatment',
    given: false,
    since: '2026-11-23T06:00:00.000Z',
  })
  expect(await grants()).toEqual(['programme'])

  const stated = ofType(await ha.record(), 'Consent')
  expect(stated).toHaveLength(3)
  expect(stated[0]).toMatchObject({ meta: { versionId: '2' }, provision: { type: 'deny' } })
  expect(treatment(await consents())).toMatchObject({ history: [{ given: false }, { given: true }] })
  const told = await texts()
  expect(told.at(-1)).toContain('lựa chọn chia sẻ')
  expect(told.at(-1)).not.toMatch(/khám|chữa|\d{6}/)
  expect((await ha.accesses())[0]).toMatchObject({ at: '2026-11-23T06:00:00.000Z' })
})

test('the same answer again changes nothing and tells nobody', async () => {
  const { ha, set, texts } = await haWithBook()
  const before = (await texts()).length
  await set(true)
  await set(true)
  expect(ofType(await ha.record(), 'Consent')[0]).toMatchObject({ meta: { versionId: '1' } })
  expect(await texts()).toHaveLength(before)
})

test('a later declaration answers the same Consent, and two devices at once make one of it', async () => {
  const { ha, set, grants, clock } = await haWithBook()
  await Promise.all([set(false), set(false), set(false)])
  clock.now = new Date('2026-11-23T07:00:00Z')
  await ha.declare({ ...HA, 'consent.treatment': [yes], 'consent.programme': [no] })
  const stated = ofType(await ha.record(), 'Consent')
  expect(stated).toHaveLength(3)
  expect(stated[0]).toMatchObject({ meta: { versionId: '3' }, provision: { type: 'permit' } })
  expect(await grants()).toEqual(['treatment'])
})

test('what the law keeps closed by itself is asked apart, in the book alone, and is closed until then', async () => {
  const { ha, set, grants, clock } = await haWithBook()
  expect(await grants()).toEqual(['programme', 'treatment'])
  const reply = await set(true, 'restricted')
  expect(reply.json()).toMatchObject({ purpose: 'restricted', given: true, text: { version: '2026-11' } })
  expect(await grants()).toEqual(['programme', 'restricted', 'treatment'])
  expect(ofType(await ha.record(), 'Consent').at(-1)).toMatchObject({
    provision: { type: 'permit', securityLabel: [{ code: 'R' }] },
  })
  clock.now = new Date('2026-11-23T07:00:00Z')
  await ha.declare({ ...HA, 'consent.treatment': [no] })
  expect(await grants()).toContain('restricted')
  await set(false, 'restricted')
  expect(await grants()).not.toContain('restricted')
})

test('an unknown purpose, an answer that is none, and words of another day are refused', async () => {
  const { ha, set } = await haWithBook()
  expect((await set(true, 'advertising')).statusCode).toBe(400)
  expect((await set('yes')).statusCode).toBe(400)
  const old = await ha.ask('PUT', '/api/me/consents/treatment', {
    payload: { given: true, textVersion: '2020-01' },
  })
  expect(old.json()).toMatchObject({ status: 409, type: '/problems/book.text-changed' })
})

test('nobody reaches the consents of another, and who has no book is told so', async () => {
  const { app, ha } = await haWithBook()
  const person: string = (await ha.me()).books[0].person
  const other = residentAt(app, '0987654321')
  expect((await other.ask('GET', '/api/me/consents')).statusCode).toBe(401)
  await other.scanAndSignIn()
  expect((await other.ask('GET', '/api/me/consents')).statusCode).toBe(404)
  const reply = await other.ask('PUT', `/api/books/${person}/consents/treatment`, {
    payload: { given: false },
  })
  expect(reply.statusCode).toBe(403)
})
