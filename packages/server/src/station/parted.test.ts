import { expect, test } from 'vitest'
import { CHO_RAY } from '../../test/client.ts'
import { ok, seenBy, TWIN_PHONE, twoBooks } from '../../test/merged.ts'
import { FIRST_PART, HA, residentAt, text, whole } from '../../test/resident.ts'
import { patientAt } from '../../test/stated.ts'
import { another, HA_NUMBER } from '../../test/station.ts'
import { unite } from '../identity/linking/links.ts'
import { inTransaction } from '../platform/context.ts'
import { readPublicId } from '../platform/ids.ts'

type Two = Awaited<ReturnType<typeof twoBooks>>

const homeOf = ({ keys }: Two, person: string): number =>
  Math.floor((readPublicId(keys.id, person)?.patientId ?? 0) / 4096)

test('what a machine linked while two were one stays with nobody whom it does not name', async () => {
  const house = await twoBooks()
  const { system, clock, ha, twin, person, merge, confirm, confirmHa, unmerge } = house
  ok(await confirmHa())
  ok(await merge(), 202)
  ok(await confirm())
  clock.now = new Date('2026-11-23T05:05:00Z')
  const bare = { name: 'Nguyễn Thu Hà', sex: 'female' as const, birthDate: '1961', identifiers: [] }
  const known = {
    ...bare,
    name: 'Nguyễn Thị Thu Hà',
    birthDate: '1961-04-30',
    identifiers: [{ system: 'cccd' as const, value: HA_NUMBER }],
  }
  const [unnamed, named] = [
    await patientAt(system, { facility: CHO_RAY, demographics: bare }),
    await patientAt(system, { facility: 'HCM-002', demographics: known }),
  ]
  const engine = { who: 'engine', why: 'same person', score: 21 }
  const unnamedHome = Math.floor(unnamed.patientId / 4096)
  await inTransaction(system, (ctx) => unite(ctx, [homeOf(house, person), unnamedHome], engine))
  const patients = async () => (await ha.card()).patients
  expect(await patients()).toBe(4)

  ok(await unmerge(twin.person))
  expect([await patients(), (await twin.card()).patients]).toEqual([2, 1])
  const persons = await house.db
    .selectFrom('identity.patient')
    .select('person')
    .where('patient_id', 'in', [named.patientId, unnamed.patientId])
    .orderBy('source')
    .execute()
  expect(persons).toEqual([{ person: unnamedHome }, { person: homeOf(house, person) }])
})

test('of two books of one child the representative of a mere claim does not read the confirmed one by their merging', async () => {
  const house = await twoBooks()
  const { app, ha, colleague, worker, of } = house
  const father = await another(app, '0933333333', { ...HA, ...FIRST_PART, 'A.01': [text('Trần Văn Nam')] })
  const child = { name: 'Trần Bình An', sex: 'male', birthDate: '05/05/2022' }
  const [hers, his] = [
    (await ha.ask('POST', '/api/me/family', { payload: child })).json().person,
    (await father.ask('POST', '/api/me/family', { payload: child })).json().person,
  ]
  const papers = { how: 'seen', document: 'birth-certificate', said: {} }
  ok(await of(hers, 'verify', papers))
  const reads = async (who: Pick<Two['ha'], 'ask'>) =>
    (await who.ask('GET', `/api/books/${hers}/home`)).statusCode
  const mergeChildren = async (telephones: string[]) => {
    const body = { people: [hers, his], evidence: 'birth-certificate', telephones }
    ok(await worker.ask('POST', '/api/station/merge', body), 202)
    ok(await colleague.ask('POST', '/api/station/merge/confirm', { people: [his, hers], agree: true }))
  }
  await mergeChildren([])
  expect([await reads(ha), await reads(father)]).toEqual([200, 403])
  expect(await (await father.ask('GET', '/api/me/family')).json()).toEqual([])
  ok(await worker.ask('POST', '/api/station/unmerge', { person: his, reason: 'mistake' }))
  expect((await father.ask('GET', `/api/books/${his}/home`)).statusCode).toBe(200)

  await mergeChildren(['0933333333'])
  expect([await reads(ha), await reads(father)]).toEqual([200, 200])
  expect(await (await father.ask('GET', '/api/me/family')).json()).toMatchObject([
    { person: hers, relation: 'child' },
  ])
})

test('a merged person changes her telephone as anybody does, and both old ones lose the one book', async () => {
  const house = await twoBooks()
  const { app, ha, twin, worker, person, merge, unmerge, confirm, confirmHa } = house
  ok(await confirmHa())
  ok(await merge({ telephones: [TWIN_PHONE] }), 202)
  ok(await confirm())
  const fresh = residentAt(app, '0944444444')
  await fresh.signIn()
  const idCard = { number: HA_NUMBER, birthDate: '30/04/1961' }
  ok(await fresh.ask('POST', '/api/phone-changes', { payload: { from: { phone: TWIN_PHONE }, idCard } }), 202)
  const { mine } = (await fresh.ask('GET', '/api/phone-changes')).json()
  const checked = await worker.ask('POST', '/api/station/phone-changes', {
    code: mine.code,
    person: twin.person,
  })
  expect(checked.json()).toMatchObject({ state: 'moved' })
  expect((await fresh.me()).books).toMatchObject([{ person, relation: 'self' }])
  expect([(await ha.me()).books, (await twin.me()).books]).toEqual([[], []])
  ok(await unmerge(twin.person))
  expect((await twin.me()).books).toMatchObject([{ person: twin.person }])
  expect((await fresh.me()).books).toMatchObject([{ person }])
  expect((await ha.me()).books).toEqual([])
})

test('what was asked, sent and stated in either book is told in the one, and changed where it stands', async () => {
  const { ha, twin, merge, unmerge } = await twoBooks()
  const uuid = '3b1f8a2e-6a5c-4d0e-9f2b-0d7f3c1a5e77'
  const request = { uuid, kind: 'object', words: 'Xin ngừng' }
  const send = (who: Two['twin']) => who.ask('POST', '/api/books/own/requests', { payload: request })
  ok(await send(twin), 201)
  const before = [await seenBy(ha), await seenBy(twin)]
  ok(await merge())
  // sent again by a telephone that had no answer
  expect((await send(twin)).json()).toMatchObject({ outcome: 'known' })
  expect((await ha.ask('GET', '/api/books/own/requests')).json()).toMatchObject([
    { kind: 'object', words: 'Xin ngừng' },
  ])
  const said = { kind: 'allergy', name: 'Tôm' }
  const told = (await ha.ask('GET', '/api/books/own/statements')).json()
  const allergy = told.find(({ id, kind }: { id: string; kind: string }) => kind === 'allergy' && id)
  const change = { uuid: 'b3c1f8a2-6a5c-4d0e-9f2b-0d7f3c1a5e78', version: allergy.version, said }
  ok(await ha.ask('PUT', `/api/books/own/statements/${allergy.id}`, { payload: change }), 201)
  ok(await unmerge(twin.person))
  expect((await ha.ask('GET', '/api/books/own/requests')).json()).toEqual([])
  expect((await twin.ask('GET', '/api/books/own/requests')).json()).toHaveLength(1)
  expect(before[0]).toEqual(await seenBy(ha))
  expect(
    (await (await twin.ask('GET', '/api/books/own/statements')).json()).map(
      (one: { name: string }) => one.name,
    ),
  ).toContain('Tôm')
})

test('what each wrote at her own telephone while two were one is hers when they part, nobody else’s, and the desk is told', async () => {
  const { ha, twin, merge, unmerge, people, clock } = await twoBooks()
  ok(await merge())
  clock.now = new Date('2026-11-23T05:05:00Z')
  twin.setClock('2026-11-23T05:05:00Z')
  const send = (who: Two['twin'] | Two['ha'], name: string, last: number) =>
    who.ask('POST', '/api/books/own/statements', {
      payload: { uuid: `3b1f8a2e-6a5c-4d0e-9f2b-0d7f3c1a5e7${last}`, said: { kind: 'allergy', name } },
    })
  ok(await send(twin, 'Tôm', 1), 201)
  ok(await send(ha, 'Lạc', 2), 201)
  ok(await twin.declare({ ...HA, ...FIRST_PART, 'D2.1.3': [whole(151)] }), 201)
  const request = { uuid: '3b1f8a2e-6a5c-4d0e-9f2b-0d7f3c1a5e73', kind: 'object', words: 'Xin ngừng' }
  ok(await twin.ask('POST', '/api/books/own/requests', { payload: request }), 201)
  const says = async (who: Two['twin'] | Two['ha']) => {
    const all = (await who.ask('GET', '/api/books/own/statements')).body + (await who.recordText())
    return ['"Tôm"', '"Lạc"', '"value":151'].filter((word) => all.includes(word))
  }
  const asked = async (who: Two['twin'] | Two['ha']) =>
    (await who.ask('GET', '/api/books/own/requests')).json().length
  expect([await says(ha), await says(twin)]).toEqual([
    ['"Tôm"', '"Lạc"', '"value":151'],
    ['"Tôm"', '"Lạc"', '"value":151'],
  ])

  const parted = await unmerge(twin.person)
  ok(parted)
  expect([await says(ha), await says(twin)]).toEqual([['"Lạc"'], ['"Tôm"', '"value":151']])
  expect([await asked(ha), await asked(twin)]).toEqual([0, 1])
  const written = new Map(
    parted.json().written.map((one: { person: string; resources: number }) => [one.person, one.resources]),
  )
  const [hers = 0, others = 0] = people.map((one) => Number(written.get(one)))
  expect(hers).toBeGreaterThan(0)
  expect(others).toBeGreaterThan(hers)
})
