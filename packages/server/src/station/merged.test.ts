import { expect, test } from 'vitest'
import { CHO_RAY, clientAt } from '../../test/client.ts'
import { ok, seenBy, twoBooks } from '../../test/merged.ts'
import { HA, text } from '../../test/resident.ts'
import { patientAt } from '../../test/stated.ts'
import { another, HA_WITH_NUMBER, NAM } from '../../test/station.ts'
import { signedInWorker, type WorkerAt } from '../../test/worker.ts'

type Two = Awaited<ReturnType<typeof twoBooks>>

const say = (who: Pick<Two['ha'], 'ask'>, given: boolean) =>
  who.ask('PUT', '/api/books/own/consents/treatment', { payload: { given } })

async function withFacility() {
  const house = await twoBooks()
  const { ask } = await clientAt(house.app, house.system)
  const reads = async () =>
    await Promise.all(house.people.map(async (person) => (await ask('GET', `Patient/${person}`)).statusCode))
  return { ...house, reads }
}

test('for each purpose the newest word of either book stands, and each has her own back', async () => {
  const { reads, merge, unmerge, twin, ha } = await withFacility()
  expect(await reads()).toEqual([404, 200])
  ok(await merge())
  expect(await reads()).toEqual([200, 200])
  ok(await unmerge(twin.person))
  expect(await reads()).toEqual([404, 200])

  ha.setClock('2026-11-23T06:00:00Z')
  ok(await say(ha, true))
  ha.setClock('2026-11-23T07:00:00Z')
  ok(await say(ha, false))
  ok(await merge())
  expect(await reads()).toEqual([404, 404])
  ok(await unmerge(twin.person))
  expect(await reads()).toEqual([404, 200])
})

test('a no that is said while two are one ends both; a yes that nobody can place ends when they part', async () => {
  const { reads, merge, unmerge, twin, ha, worker } = await withFacility()
  ok(await merge())
  ok(await say(ha, false))
  expect(await reads()).toEqual([404, 404])
  twin.setClock('2026-11-23T05:10:00Z')
  ok(await say(twin, true))
  expect(await reads()).toEqual([200, 200])
  worker.clock.at = new Date('2026-11-23T05:20:00Z')
  ok(await unmerge(twin.person))
  expect(await reads()).toEqual([404, 404])
})

const proxiesAt = async (who: Pick<Two['ha'], 'ask'>) =>
  (await who.ask('GET', '/api/books/own/proxies')).json()
const agree = ({ worker }: Two, subject: string, holder: string, relation = 'spouse') =>
  worker.ask('POST', '/api/station/proxies', {
    subject: { person: subject },
    holder: { person: holder },
    relation,
    topics: ['basics', 'write', 'manage'],
    until: null,
  })

test('who may act in either book may act in the one, under a number of its own; the parts have their own again', async () => {
  const house = await twoBooks()
  const { app, twin, ha, person, merge, unmerge } = house
  const nam = await another(app, '0911111111', NAM)
  const binh = await another(app, '0922222222', { ...NAM, 'A.01': [text('Lê Văn Bình')] })
  ok(await agree(house, person, nam.person), 201)
  ok(await agree(house, twin.person, binh.person), 201)
  const reads = async (who: Pick<Two['ha'], 'ask'>, book: string) =>
    (await who.ask('GET', `/api/books/${book}/home`)).statusCode
  expect([await reads(nam, person), await reads(nam, twin.person), await reads(binh, person)]).toEqual([
    200, 403, 403,
  ])

  ok(await merge())
  for (const who of [nam, binh])
    expect([await reads(who, person), await reads(who, twin.person)]).toEqual([200, 200])
  expect((await binh.me()).books).toMatchObject([{ relation: 'self' }, { person, relation: 'spouse' }])
  const told: { id: number; name: string }[] = await proxiesAt(ha)
  expect(told.map(({ name }) => name).sort()).toEqual(['Lê Văn Bình', 'Trần Văn Nam'])
  expect(new Set(told.map(({ id }) => id)).size).toBe(2)
  const { accesses } = (await ha.ask('GET', '/api/books/own/accesses?by=others')).json()
  const names = accesses.map(({ who }: { who: { vi: string } }) => who.vi)
  expect(names).toEqual(expect.arrayContaining(['Vợ hoặc chồng Trần Văn Nam', 'Vợ hoặc chồng Lê Văn Bình']))
  // a number that names a stranger's proxy ends nothing
  const foreign = await ha.ask('PUT', `/api/books/own/proxies/${4096 * 999 + 1}`, {
    payload: { topics: ['basics'], until: null },
  })
  expect(foreign.statusCode).toBe(403)

  const hers = told.find(({ name }) => name === 'Lê Văn Bình')
  ok(await ha.ask('DELETE', `/api/books/own/proxies/${hers?.id}`), 204)
  expect([await reads(binh, person), await reads(nam, person)]).toEqual([403, 200])
  ok(await unmerge(twin.person))
  expect([await reads(nam, person), await reads(nam, twin.person), await reads(binh, twin.person)]).toEqual([
    200, 403, 403,
  ])
  expect(await proxiesAt(twin)).toEqual([])
})

test('for whom either acts the one acts at both telephones; nobody is her own representative meanwhile', async () => {
  const house = await twoBooks()
  const { ha, twin, merge, unmerge, people } = house
  const child = { name: 'Trần Bình An', sex: 'male', birthDate: '05/05/2022' }
  const added = await twin.ask('POST', '/api/me/family', { payload: child })
  ok(added, 201)
  ok(await agree(house, people[0] ?? '', people[1] ?? '', 'sibling'), 201)
  const before = [await seenBy(ha), await seenBy(twin)]
  expect((await twin.me()).books).toHaveLength(3)

  ok(await merge())
  for (const one of [ha, twin])
    expect((await one.me()).books).toMatchObject([
      { relation: 'self' },
      { person: added.json().person, relation: 'child' },
    ])
  expect(await proxiesAt(ha)).toEqual([])
  expect((await ha.ask('GET', `/api/books/${added.json().person}/home`)).statusCode).toBe(200)

  ok(await unmerge(twin.person))
  expect([await seenBy(ha), await seenBy(twin)]).toEqual(before)
})

const counted = async ({ db, worker }: Two) => {
  const { n } = await db
    .selectFrom('identity.enrolment')
    .select((select) => select.fn.sum<number>('n').as('n'))
    .executeTakeFirstOrThrow()
  const waiting = (await worker.ask('GET', '/api/station/waiting')).json()
  return [Number(n), waiting.total, waiting.people.length]
}

test('one person counts once and waits once, and two twice again', async () => {
  const house = await twoBooks()
  expect(await counted(house)).toEqual([2, 2, 2])
  ok(await house.merge())
  expect(await counted(house)).toEqual([1, 1, 1])
  ok(await house.unmerge(house.person))
  expect(await counted(house)).toEqual([2, 2, 2])
})

test('two merges at once make one, and whatever is declared meanwhile is kept and counted once', async () => {
  const house = await twoBooks()
  const { merge, colleague, twin, ha } = house
  const [one, two, declared] = await Promise.all([
    merge(),
    merge({}, colleague),
    twin.declare({ ...HA_WITH_NUMBER, 'A.01': HA['A.01'] ?? [] }),
  ])
  expect([one.statusCode, two.statusCode].sort()).toEqual([200, 409])
  ok(declared, 201)
  expect((await counted(house))[0]).toBe(1)
  expect((await ha.me()).books).toEqual((await twin.me()).books)
  expect(await house.db.selectFrom('identity.person').select('status').orderBy('status').execute()).toEqual([
    { status: 'active' },
    { status: 'joined' },
  ])
})

test('a merge that breaks off at its last step has changed nothing', async () => {
  const { merge, ha, twin, db } = await twoBooks()
  const before = [await seenBy(ha), await seenBy(twin)]
  await db.schema.alterTable('identity.merge').renameTo('elsewhere').execute()
  expect((await merge()).statusCode).toBe(500)
  await db.schema.withSchema('identity').alterTable('elsewhere').renameTo('merge').execute()
  expect([await seenBy(ha), await seenBy(twin)]).toEqual(before)
  ok(await merge())
})

test('two verified numbers are one person’s only where a card or the authority names both; the older one ends', async () => {
  const { of, merge, confirm, unmerge, twin, confirmHa, db } = await twoBooks()
  ok(await confirmHa())
  ok(
    await of(twin.person, 'verify', {
      how: 'seen',
      document: 'cccd',
      said: { number: '079161054321' },
      take: ['number'],
    }),
  )
  const standing = async () =>
    (
      await db
        .selectFrom('identity.identifier')
        .select('until')
        .where('assurance', '=', 'verified')
        .where('until', 'is', null)
        .execute()
    ).length
  expect(await standing()).toBe(2)
  expect((await merge()).json().type).toBe('/problems/station.two-numbers')
  ok(await merge({ evidence: 'card' }), 202)
  ok(await confirm())
  expect(await standing()).toBe(1)
  ok(await unmerge(twin.person))
  expect(await standing()).toBe(2)
})

test('a facility’s Patient is linked to a confirmed book after a look at a paper; the lead or the privacy office unlinks it', async () => {
  const house = await twoBooks()
  const { system, worker, colleague, person, confirmHa, ha } = house
  const demographics = { name: 'Nguyễn Thu Hà', sex: 'female' as const, birthDate: '1962', identifiers: [] }
  const stated = await patientAt(system, { facility: CHO_RAY, demographics })
  const link = () =>
    worker.ask('POST', '/api/station/link', { person, patient: stated.id, evidence: 'records' })
  expect((await link()).json().type).toBe('/problems/station.cannot-join')
  ok(await confirmHa())
  const before = await seenBy(ha)
  ok(await link())
  expect((await ha.card()).patients).toBe(2)
  const unlink = (who: WorkerAt) =>
    who.ask('POST', '/api/station/unlink', { patient: stated.id, reason: 'mistake' })
  expect((await unlink(colleague)).json().type).toBe('/problems/access.refused')
  expect((await ha.card()).patients).toBe(2)
  ok(await unlink(worker))
  expect(await seenBy(ha)).toEqual(before)
  ok(await link())
  ok(await unlink(await signedInWorker(house, { user: 'privacy', role: 'privacy', ward: null })))
  expect(await seenBy(ha)).toEqual(before)
  expect(
    (await worker.ask('POST', '/api/station/unlink', { patient: person, reason: 'mistake' })).json().type,
  ).toBe('/problems/station.not-joined')
})
