import { Accesses, BookHome, Timeline } from '@sokhoe/model/reading'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { giveProxy } from '../../../test/proxy.ts'
import { FIRST_PART, HA, residentAt, text } from '../../../test/resident.ts'

/** Lan, who holds a proxy for the book of Hà in these topics. */
async function openForLan(topics: string[]) {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const lan = residentAt(house.app, '0987654321')
  await lan.scanAndSignIn()
  await lan.declare({ ...HA, 'A.01': [text('Trần Thị Lan')] })
  const keepers = await house.ctx.db
    .selectFrom('identity.keeper')
    .selectAll()
    .orderBy('since')
    .orderBy('home')
    .execute()
  const [mine, hers] = keepers
  if (!mine || !hers) throw new Error('two books were made')
  const at = new Date('2026-11-22T00:00:00Z')
  await giveProxy(house.ctx, { of: mine.home, to: hers.home, phoneHash: hers.phone_hash, topics, at })
  const { books } = await lan.me()
  const { person } = books.find(({ relation }: { relation: string }) => relation !== 'self')
  const read = async (path: string) => (await lan.ask('GET', `/api/books/${person}/${path}`)).json()
  return { ...house, ha, lan, person, read }
}

test('a proxy reads the topics that are open to her and nothing else, on every page alike', async () => {
  const { read } = await openForLan(['results'])
  const home = BookHome.parse(await read('home'))
  expect(home.hidden).toBe(true)
  expect(home.results.length).toBeGreaterThan(0)
  expect([home.allergies, home.conditions, home.medicines]).toEqual([[], [], []])
  // what is hidden is not told to be absent
  expect(home.told).toEqual({ allergy: false, condition: false, medicine: false })
  expect(Object.keys(home.counts.kinds)).toEqual(['result'])
  const { lines, total } = Timeline.parse(await read('timeline'))
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['result']))
  expect(total).toBe(lines.length)
  expect((await read('lists/allergy')).lines).toEqual([])
})

test('the owner reads who looked for her: by relation and name, once a deed', async () => {
  const { ha, read } = await openForLan(['basics'])
  await read('home')
  const reply = await ha.ask('GET', '/api/books/own/accesses')
  const { accesses } = Accesses.parse(reply.json())
  expect(accesses).toMatchObject([
    {
      by: 'proxy',
      who: { vi: 'Con Trần Thị Lan', en: 'Child Trần Thị Lan' },
      did: { vi: 'xem trang đầu của sổ, thay mặt chủ sổ' },
      refused: false,
    },
  ])
  const home = BookHome.parse((await ha.ask('GET', '/api/books/own/home')).json())
  expect(home.visitors.map(({ who }) => who.vi)).toEqual(['Con Trần Thị Lan'])
})

test('who looked comes page by page, others apart from one’s own', async () => {
  const { ha } = await openForLan(['basics'])
  for (let i = 0; i < 45; i += 1) await ha.ask('GET', '/api/books/own/lists/allergy')
  const first = Accesses.parse((await ha.ask('GET', '/api/books/own/accesses?by=own')).json())
  const second = Accesses.parse(
    (await ha.ask('GET', `/api/books/own/accesses?by=own&before=${first.next}`)).json(),
  )
  expect(first.accesses).toHaveLength(40)
  expect(second.next).toBeNull()
  expect(second.accesses.at(-1)?.did.vi).toContain('khai sức khỏe')
  const others = Accesses.parse((await ha.ask('GET', '/api/books/own/accesses')).json())
  expect(others.accesses).toEqual([])
})
