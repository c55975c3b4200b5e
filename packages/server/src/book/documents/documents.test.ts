import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { JPEG, PNG, pdf, photo } from '../../../test/pictures.ts'
import { FIRST_PART, HA, ofType, residentAt } from '../../../test/resident.ts'
import { firstPatientOf } from '../../identity/index.ts'
import { erase } from '../../record/index.ts'
import { stripJpeg } from './jpeg.ts'

const LAB = { paper: 'lab-paper', title: 'Xét nghiệm máu 12/2024', date: '2024-12-03' }

async function haWithBook() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const header = (about: unknown) => Buffer.from(JSON.stringify(about)).toString('base64url')
  const add = (payload: Buffer, { type = 'image/jpeg', about = {}, uuid = randomUUID() as string } = {}) =>
    ha.ask('POST', '/api/books/own/documents', {
      payload,
      headers: { 'content-type': type, 'x-document': header({ uuid, ...LAB, ...about }) },
    })
  const list = async () => (await ha.ask('GET', '/api/books/own/documents')).json()
  const content = (id: string) => ha.ask('GET', `/api/books/own/documents/${id}/content`)
  return { ...house, ha, add, list, content }
}

test('a photo of a paper comes back without the place where it was taken, as the person’s own', async () => {
  const { ha, add, list, content } = await haWithBook()
  const { id } = (await add(photo(1))).json()
  const reply = await content(id)
  expect(reply.rawPayload).toEqual(stripJpeg(JPEG))
  expect(reply.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-disposition': 'inline',
    'cache-control': 'no-store',
  })
  expect(await list()).toEqual([
    {
      id,
      version: 1,
      ...LAB,
      mediaType: 'image/jpeg',
      bytes: reply.rawPayload.length,
      at: '2026-11-23T05:00:00.000Z',
      own: true,
      ended: false,
    },
  ])
  const [stated] = ofType(await ha.record(), 'DocumentReference')
  expect(stated).toMatchObject({ id, meta: { source: 'urn:sokhoe:source:self' }, status: 'current' })
  expect((await ha.accesses())[0]).toMatchObject({ who: 'Chủ sổ' })
})

test('what lies in the database is sealed, and gone with the record when it is erased', async () => {
  const { db, add, content, system } = await haWithBook()
  const { id } = (await add(photo(1))).json()
  const row = await db.selectFrom('record.document').selectAll().executeTakeFirstOrThrow()
  expect(row.content.includes(JPEG.subarray(-60, -2))).toBe(false)

  const decision = {
    id: 'd1',
    approvedBy: 1,
    ground: 'not-a-record',
    retentionClass: 'health-book',
    retainUntil: null,
  } as const
  await erase(system, firstPatientOf(row.home), decision)
  expect(await db.selectFrom('record.document').selectAll().execute()).toEqual([])
  expect((await content(id)).statusCode).toBe(404)
})

test('the same photo sent again is one document; a PDF is only ever given to save', async () => {
  const { add, list, content } = await haWithBook()
  const uuid = randomUUID()
  const replies = await Promise.all([add(photo(1), { uuid }), add(photo(1), { uuid })])
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 201])
  expect(await list()).toHaveLength(1)
  expect((await add(PNG, { uuid, type: 'image/png' })).json().type).toBe('/problems/book.sent-changed')
  const { id } = (await add(pdf('/Pages 2 0 R'), { type: 'application/pdf' })).json()
  expect((await content(id)).headers['content-disposition']).toMatch(
    /^attachment; filename="so-khoe-giay-to.pdf"$/,
  )
})

test('a picture that is another kind than it says, cut short, active or too large is refused, and nothing is kept', async () => {
  const { add, list } = await haWithBook()
  const refusals = [
    await add(PNG),
    await add(JPEG.subarray(0, 300)),
    await add(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')),
    await add(pdf('/OpenAction << /S /JavaScript >>'), { type: 'application/pdf' }),
    await add(Buffer.from('x'), { type: 'image/svg+xml' }),
    await add(Buffer.alloc(8 * 1024 * 1024 + 1)),
  ]
  expect(refusals.map((reply) => [reply.statusCode, reply.json().type.split('/').at(-1)])).toEqual([
    [422, 'book.document-unreadable'],
    [422, 'book.document-unreadable'],
    [422, 'book.document-unreadable'],
    [422, 'book.document-active'],
    [415, 'request.unsupported-media-type'],
    [413, 'request.too-large'],
  ])
  expect(await list()).toEqual([])
})

test('a hostile title is a text like any other; what is no title, day or kind is refused', async () => {
  const { add, list } = await haWithBook()
  const title = '../../etc/passwd"; filename="x.html <script>alert(1)</script>'
  expect((await add(photo(1), { about: { title } })).statusCode).toBe(201)
  expect((await list())[0]).toMatchObject({ title })
  for (const about of [
    { title: '' },
    { title: 'a\r\nset-cookie: x=1' },
    { paper: 'passport' },
    { date: '2024-13-01' },
    { date: '2030-01-01' },
    { uuid: 'x' },
    { source: 'TYT-26911' },
  ])
    expect((await add(photo(1), { about })).statusCode).toBe(400)
})

test('a document can be taken out of sight as what it is, and no other person ever sees it', async () => {
  const { app, ha, add, list, content } = await haWithBook()
  const { id } = (await add(photo(1))).json()
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare({ ...HA })
  expect((await other.ask('GET', `/api/books/own/documents/${id}/content`)).statusCode).toBe(404)
  expect((await content(randomUUID())).statusCode).toBe(404)

  await ha.ask('PUT', `/api/books/own/statements/${id}`, { payload: { uuid: randomUUID(), version: 1 } })
  expect((await list())[0]).toMatchObject({ id, version: 2, ended: true })
})
