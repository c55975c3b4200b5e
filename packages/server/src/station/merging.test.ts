import { expect, test } from 'vitest'
import { askWith, residentToken } from '../../test/client.ts'
import { letTick, NOON } from '../../test/house.ts'
import { HA_PHONE, ok, seenBy, TWIN_PHONE, twoBooks } from '../../test/merged.ts'
import { DAY_MS } from '../../test/review.ts'
import { signedInWorker } from '../../test/worker.ts'
import { expireProposals } from '../identity/index.ts'

test('two books of one person read as one at both telephones at once, and as two again when parted', async () => {
  const { ha, twin, merge, unmerge, person, clock, worker } = await twoBooks()
  const [first, second] = [await seenBy(ha), await seenBy(twin)]
  letTick(clock)
  worker.clock.ofHouse = true
  const reply = await merge()
  ok(reply)
  expect(reply.json()).toEqual({ state: 'merged', person })

  const [one, other] = [await seenBy(ha), await seenBy(twin)]
  expect(one.home).toEqual(other.home)
  expect(one.pages.slice(1)).toEqual(other.pages.slice(1))
  expect(one.pages[1].total).toBe(first.pages[1].total + second.pages[1].total)
  expect(one.pages[0].books).toMatchObject([{ person, relation: 'self' }])
  expect((await twin.me()).books).toEqual((await ha.me()).books)

  ok(await unmerge(twin.person))
  expect([await seenBy(ha), await seenBy(twin)]).toEqual([first, second])
})

test('two books that nobody confirmed stay two until one is confirmed, or whoever holds them is there with a paper', async () => {
  const { merge, confirm, confirmHa, ha, twin, person, worker } = await twoBooks()
  const before = [await seenBy(ha), await seenBy(twin)]
  const proposed = async () => (await worker.ask('GET', '/api/station/review/second')).json().merges
  for (const less of [
    { evidence: 'records', telephones: [] },
    { evidence: 'asked' },
    { telephones: [HA_PHONE] },
  ])
    expect((await merge(less)).json()).toMatchObject({ state: 'waits' })
  expect(await proposed()).toMatchObject([
    { needsDocument: true, expired: false, until: '2027-02-21T05:00:00.000Z' },
  ])
  const refused = await confirm()
  expect([refused.statusCode, refused.json().type]).toEqual([409, '/problems/station.confirm-first'])
  expect([await seenBy(ha), await seenBy(twin)]).toEqual(before)

  ok(await confirmHa())
  expect(await proposed()).toMatchObject([{ needsDocument: false, until: '2026-11-30T05:00:00.000Z' }])
  expect((await confirm()).json()).toEqual({ state: 'merged', person })
})

test('a proposal that nobody answers ends after a week: told so, written down in both books, and answered no more', async () => {
  const house = await twoBooks()
  const { merge, confirm, confirmHa, ha, twin, system } = house
  ok(await confirmHa())
  ok(await merge(), 202)
  const later = new Date(NOON.getTime() + 8 * DAY_MS)
  const expire = (now: Date) => expireProposals({ ...system, now: () => now })
  expect(await expire(new Date(NOON.getTime() + DAY_MS))).toBe(0)
  expect([await expire(later), await expire(later)]).toEqual([1, 0])
  for (const one of [ha, twin]) {
    const { accesses } = (await one.ask('GET', '/api/books/own/accesses?by=others')).json()
    const did = accesses.map((access: { did: { vi: string } }) => access.did.vi)
    expect(did.join()).toContain('đề nghị gộp hai sổ hết hạn vì không ai trả lời')
  }
  const next = await signedInWorker(house, { user: 'moi.bq', at: later })
  const { merges } = (await next.ask('GET', '/api/station/review/second')).json()
  expect(merges).toMatchObject([{ expired: true }])
  expect((await confirm(next)).json().type).toBe('/problems/station.no-proposal')
})

test('a confirmed book is merged by two people, and the one who proposed it is not the second', async () => {
  const { merge, confirm, confirmHa, worker, colleague, person, twin, unmerge } = await twoBooks()
  expect((await confirm()).json().type).toBe('/problems/station.no-proposal')
  ok(await confirmHa())
  const proposed = await merge()
  ok(proposed, 202)
  expect(proposed.json()).toEqual({ state: 'waits', person })
  expect((await twin.me()).books[0].person).toBe(twin.person)
  expect((await confirm(worker)).json().type).toBe('/problems/station.second-person')

  expect((await confirm(colleague, false)).json()).toEqual({ state: 'declined', person })
  expect((await confirm()).json().type).toBe('/problems/station.no-proposal')
  ok(await merge({}, colleague), 202)
  expect((await confirm(worker)).json()).toEqual({ state: 'merged', person })
  expect((await unmerge(twin.person, colleague)).json().type).toBe('/problems/access.refused')
  ok(await unmerge(person))
})

test('a telephone that kept a mere claim opens the confirmed book only by a proof, or where its owner was seen', async () => {
  const { merge, confirm, confirmHa, unmerge, twin, person, ha } = await twoBooks()
  ok(await confirmHa())
  ok(await merge({ telephones: [] }), 202)
  ok(await confirm())
  expect(await twin.me()).toMatchObject({ books: [], locked: 1 })
  expect((await twin.record()).length).toBe(0)
  expect((await ha.me()).books).toMatchObject([{ person, level: 'verified' }])
  const wrong = await twin.ask('POST', '/api/me/unlock', {
    payload: { idNumber: '079161012346', birthDate: '30/04/1961' },
  })
  expect(wrong.json().type).toBe('/problems/identity.proof-wrong')
  const proof = { payload: { idNumber: '079161012345', birthDate: '30/04/1961' } }
  ok(await twin.ask('POST', '/api/me/unlock', proof))
  expect((await twin.me()).books).toMatchObject([{ person, level: 'verified' }])

  ok(await unmerge(twin.person))
  expect((await twin.me()).books).toMatchObject([{ person: twin.person, level: 'phone' }])
  expect((await ha.me()).books).toMatchObject([{ person }])
})

test('a telephone whose owner stood before the worker opens the confirmed book at once; a stranger’s is refused', async () => {
  const { merge, confirm, confirmHa, twin, person } = await twoBooks()
  ok(await confirmHa())
  const strange = await merge({ telephones: ['0900000001'] })
  expect([strange.statusCode, strange.json().at]).toEqual([400, ['/telephones/0']])
  ok(await merge({ telephones: ['0987 654 321'] }), 202)
  ok(await confirm())
  expect(await twin.me()).toMatchObject({ books: [{ person, level: 'verified' }], locked: 0 })
})

test('a confirmation on which a merge rests is taken back only after the two are parted', async () => {
  const { merge, confirm, confirmHa, unmerge, of, twin, person, ha } = await twoBooks()
  ok(await confirmHa())
  ok(await of(twin.person, 'verify', { how: 'seen', document: 'birth-certificate' }))
  ok(await merge(), 202)
  ok(await confirm())
  expect((await of(person, 'unverify')).json().type).toBe('/problems/station.part-first')
  expect((await of(twin.person, 'unverify')).json().type).toBe('/problems/station.part-first')
  expect((await ha.me()).books).toMatchObject([{ person, level: 'verified' }])

  ok(await unmerge(twin.person))
  ok(await of(person, 'unverify'))
  expect((await ha.me()).books).toMatchObject([{ person, level: 'phone' }])
  expect((await twin.me()).books).toMatchObject([{ person: twin.person, level: 'verified' }])
})

test('ids, card, number and token given out before open the one book', async () => {
  const { app, system, merge, find, twin, person, ha } = await twoBooks()
  const before = await twin.card()
  const token = await residentToken(system, twin.person)
  const byToken = askWith(app, token)
  ok(await merge())
  expect((await twin.ask('GET', `/api/books/${twin.person}/home`)).json()).toEqual(
    (await ha.ask('GET', `/api/books/${person}/home`)).json(),
  )
  for (const text of [before.url, before.number, TWIN_PHONE, HA_PHONE])
    expect((await find(text)).people.map((one) => one.person)).toEqual([person])
  const patient = (await byToken('GET', `Patient/${twin.person}`)).json()
  expect(patient.link).toMatchObject([{ type: 'seealso', other: { reference: `Patient/${person}` } }])
  const [hers, old] = [
    (await byToken('GET', `Patient/${person}/$everything`)).json(),
    (await byToken('GET', `Patient/${twin.person}/$everything`)).json(),
  ]
  const ids = ({ entry }: { entry: { resource: { id: string } }[] }) =>
    entry.map(({ resource }) => resource.id).sort()
  expect(ids(old)).toEqual(ids(hers))
  expect(ids(old)).toContain(twin.person)
})

test('what happened in the lives of two books is told of the one in order, and of each alone when they are parted', async () => {
  const { merge, unmerge, of, people, person, twin, worker } = await twoBooks()
  const rename = (who: string, name: string) =>
    of(who, 'correct', { how: 'seen', paper: 'court', said: { name } })
  const livesOf = async (who: string): Promise<string[]> =>
    (await of(who, 'lives')).json().lives.map((life: { after: { name: string } }) => life.after.name)
  const names = ['Nguyễn Thu Hà', 'Nguyễn Thị Hà', 'Nguyễn Thu Hạ']
  for (const [at, name] of names.entries()) {
    worker.clock.at = new Date(`2026-11-23T05:0${at}:00Z`)
    ok(await rename(people[at % 2] ?? '', name))
  }
  ok(await merge())
  for (const who of people) expect(await livesOf(who)).toEqual(names.toReversed())
  ok(await unmerge(twin.person))
  expect(await livesOf(person)).toEqual(['Nguyễn Thu Hạ', 'Nguyễn Thu Hà'])
  expect(await livesOf(twin.person)).toEqual(['Nguyễn Thị Hà'])
})

test('the people concerned are told, and read in plain words who merged and who parted', async () => {
  const { merge, unmerge, twin, ha, worker } = await twoBooks()
  ok(await merge())
  ok(await unmerge(twin.person))
  for (const [one, phone] of [
    [ha, HA_PHONE],
    [twin, TWIN_PHONE],
  ] as const) {
    const told = (await one.ask('GET', `/dev/messages?phone=${phone}`))
      .json()
      .map(({ text }: { text: string }) => text)
    expect(told.filter((text: string) => /gộp thành một sổ|tách lại thành hai sổ/.test(text))).toHaveLength(2)
    const { accesses } = (await one.ask('GET', '/api/books/own/accesses?by=others')).json()
    const did = accesses.map((access: { did: { vi: string } }) => access.did.vi)
    expect(did).toContain('gộp hai sổ của cùng một người, để gộp sổ bị trùng')
    expect(did).toContain('tách sổ đã gộp thành hai sổ, để xác nhận đúng người')
  }
  expect(
    (await worker.ask('POST', '/api/station/unmerge', { person: twin.person, reason: 'mistake' })).json()
      .type,
  ).toBe('/problems/station.not-joined')
})

test('only workers of the ward merge; of two wards each has its say; the privacy office may part anybody', async () => {
  const { merge, confirm, app, system, twin, ha, people, db } = await twoBooks()
  const away = await signedInWorker({ app, system }, { user: 'hoa.bt', ward: '26929' })
  const privacy = await signedInWorker({ app, system }, { user: 'privacy', role: 'privacy', ward: null })
  expect(
    (await twin.ask('POST', '/api/station/merge', { payload: { people, evidence: 'asked' } })).statusCode,
  ).toBe(401)
  for (const path of ['merge', 'merge/confirm', 'unmerge', 'link', 'unlink'])
    expect((await app.inject({ method: 'POST', url: `/api/station/${path}`, payload: {} })).statusCode).toBe(
      400,
    )
  expect((await merge({}, away)).json().type).toBe('/problems/access.refused')
  expect((await merge({}, privacy)).json().type).toBe('/problems/staff.not-yours')

  await db.updateTable('identity.patient').set({ ward: '26929' }).where('home', '=', 2).execute()
  ok(await merge(), 202)
  expect((await confirm()).json().type).toBe('/problems/station.second-person')
  const agreed = await away.ask('POST', '/api/station/merge/confirm', { people, agree: true })
  ok(agreed)
  expect((await ha.me()).books).toEqual((await twin.me()).books)
  expect(
    (await away.ask('POST', '/api/station/unmerge', { person: twin.person, reason: 'mistake' })).statusCode,
  ).toBe(403)
  ok(await privacy.ask('POST', '/api/station/unmerge', { person: twin.person, reason: 'asked' }))
  expect((await twin.me()).books).toMatchObject([{ person: twin.person }])
})
