import { parseJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { pdfText } from '../../../test/poppler.ts'
import { FIRST_PART, HA, residentAt, resourcesIn } from '../../../test/resident.ts'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  return { ...house, ha }
}

test('the book is downloaded whole as a FHIR Bundle: every entry with its address, numbers as written', async () => {
  const { ha } = await openWithHa()
  const reply = await ha.ask('GET', '/api/books/own/download.json')

  expect(reply.headers['content-type']).toBe('application/fhir+json; charset=utf-8')
  expect(reply.headers['content-disposition']).toBe('attachment; filename="so-khoe-2026-11-23.json"')
  const bundle = parseJson(reply.body) as { type: string; timestamp: string; entry: { fullUrl: string }[] }
  expect([bundle.type, bundle.timestamp]).toEqual(['collection', '2026-11-23T05:00:00.000Z'])
  const resources = resourcesIn(reply.body)
  expect(resources.map(({ id }) => id)).toEqual((await ha.record()).map(({ id }) => id))
  expect(bundle.entry.map(({ fullUrl }) => fullUrl)).toEqual(
    resources.map(({ resourceType, id }) => `http://sokhoe.test/fhir/${resourceType}/${id}`),
  )
  expect(reply.body).toContain('"value":54.50')
  expect(reply.body).toContain('"value":160.0')
})

test('downloading and printing are written down in the book', async () => {
  const { ha } = await openWithHa()
  await ha.ask('GET', '/api/books/own/download.json')
  await ha.ask('GET', '/api/books/own/card.pdf')
  const whats = (await ha.accesses()).map(({ what }: { what: string }) => what)
  expect(whats.slice(0, 2).toSorted()).toEqual(['In thẻ', 'Tải toàn bộ sổ (FHIR)'])
})

test('a card is printed to cut out: name, birth and number on its face, and no illness anywhere', async () => {
  const { ha } = await openWithHa()
  const reply = await ha.ask('GET', '/api/books/own/card.pdf')
  const text = pdfText(reply.rawPayload)
  expect(reply.headers['content-type']).toBe('application/pdf')
  expect(text).toContain('Nguyễn Thị Thu Hà')
  expect(text).toContain('Sinh 30/04/1961')
  expect(text).toContain((await ha.card()).number)
  expect(text).not.toMatch(/huyết áp|[Pp]eni/)
})

test('nobody downloads or prints a book that is not hers, and nobody signed out any', async () => {
  const { app, ha } = await openWithHa()
  const { person } = (await ha.me()).books[0]
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  for (const file of ['download.json', 'card.pdf']) {
    expect((await other.ask('GET', `/api/books/${person}/${file}`)).statusCode).toBe(403)
    expect((await other.ask('GET', `/api/books/own/${file}`)).json().type).toBe('/problems/book.none')
    expect((await app.inject(`/api/books/own/${file}`)).statusCode).toBe(401)
  }
})
