import { BookCopy, BookHome, type Line } from '@sokhoe/model/reading'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../test/resident.ts'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const read = async (path: string) => (await ha.ask('GET', `/api/books/own${path}`)).json()
  return { ...house, ha, read }
}

test('a copy for reading without network holds every page just as its own address says it', async () => {
  const { read } = await openWithHa()
  const copy = BookCopy.parse(await read('/copy'))
  const paths = Object.keys(copy.pages)

  expect(paths).toEqual(expect.arrayContaining(['/home', '/series', '/series/85354-9', '/lists/allergy']))
  for (const path of paths.filter((one) => !one.startsWith('/accesses')))
    expect([path, copy.pages[path]]).toEqual([path, await read(path)])
  const { lines, total }: { lines: Line[]; total: number } = await read('/timeline')
  expect(copy.lines).toHaveLength(total)
  expect(copy.lines.slice(0, lines.length)).toEqual(lines)
  expect(BookHome.parse(copy.pages['/home']).person.name).toBe('Nguyễn Thị Thu Hà')
})

test('keeping a copy is written down once, and nobody gets that of another', async () => {
  const { app, ha, read } = await openWithHa()
  await read('/copy')
  const { accesses } = await read('/accesses?by=own')
  expect(
    accesses.filter(({ did }: { did: { vi: string } }) => /không có mạng|khi mất mạng/.test(did.vi)),
  ).toHaveLength(1)

  const { person } = (await ha.me()).books[0]
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  expect((await other.ask('GET', `/api/books/${person}/copy`)).json().type).toBe('/problems/access.refused')
  expect((await app.inject(`/api/books/${person}/copy`)).statusCode).toBe(401)
})
