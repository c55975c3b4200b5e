import { expect, test } from 'vitest'
import { ok, twoBooks } from '../../test/merged.ts'
import { askAbout, askNothing, idOf, patientNamed, stated } from '../../test/review.ts'
import { signedInWorker, type WorkerAt } from '../../test/worker.ts'
import { personOf } from '../identity/index.ts'

const FORGED = [
  'nobody',
  '',
  '../../x',
  '0'.repeat(64),
  '00000000-0000-0000-0000-000000000000',
  '\u0000',
  '"; --',
]

const deedsOn = (one: string, two: string): readonly (readonly ['GET' | 'POST', string, object?])[] => [
  ['POST', '/api/station/merge', { people: [one, two], evidence: 'asked' }],
  ['POST', '/api/station/merge/confirm', { people: [one, two], agree: true }],
  ['POST', '/api/station/unmerge', { person: one, reason: 'mistake' }],
  ['POST', '/api/station/link', { person: one, patient: two, evidence: 'asked' }],
  ['POST', '/api/station/unlink', { patient: one, reason: 'mistake' }],
  ['POST', '/api/station/review/open', { case: one }],
  ['POST', '/api/station/review/decide', { case: one, columns: [[one], [two]], say: 'same' }],
  ['POST', '/api/station/review/second/open', { people: [one, two] }],
  ['POST', '/api/station/review/second/answer', { people: [one, two], agree: true }],
  [
    'POST',
    `/api/station/people/${encodeURIComponent(one)}/death`,
    { document: 'death-certificate', on: '2026-01-01' },
  ],
  ['POST', `/api/station/people/${encodeURIComponent(one)}/revive`, { reason: 'mistake' }],
  ['POST', `/api/station/people/${encodeURIComponent(one)}/alive`, {}],
  [
    'POST',
    `/api/station/people/${encodeURIComponent(one)}/number`,
    { document: 'cccd', number: '079161012346' },
  ],
  ['POST', `/api/station/people/${encodeURIComponent(one)}/correct`, { name: 'X' }],
  ['POST', `/api/station/people/${encodeURIComponent(one)}/move`, { ward: '26929' }],
  ['GET', `/api/station/people/${encodeURIComponent(one)}/lives`],
]

test('whoever is not of the ward merges, parts, links, decides and reads nothing, whatever she names', async () => {
  const house = await twoBooks()
  const { app, system, people, db, merge } = house
  const [one = '', two = ''] = people
  const [mine, hers] = [patientNamed(system, one), patientNamed(system, two)]
  const facility = await stated(system, 'Nguyễn Thị Thu Hà')
  await askNothing(system)
  await askAbout(system, mine, hers)
  const asked = [one, two, idOf(system, facility)]
  const away = await signedInWorker(house, { user: 'xa.la', role: 'station-lead', ward: '26929' })
  const city = await signedInWorker(house, { user: 'so.yte', role: 'department', ward: null })
  const gone = await signedInWorker(house, { user: 'cu.bq', role: 'station-lead' })
  await db.updateTable('identity.staff').set({ active: false }).where('user_name', '=', 'cu.bq').execute()
  const nobody: Pick<WorkerAt, 'ask'> = {
    ask: (method, url, payload) => app.inject({ method, url, ...(payload && { payload }) }),
  }
  const resident: Pick<WorkerAt, 'ask'> = {
    ask: (method, url, payload) => house.twin.ask(method, url, payload ? { payload } : {}),
  }
  for (const [who, by] of Object.entries({ away, city, gone, nobody, resident }))
    for (const a of asked)
      for (const b of asked)
        for (const [method, path, body] of deedsOn(a, b)) {
          const reply = await by.ask(method, path, body)
          expect(
            `${who} ${path} ${reply.statusCode} ${reply.statusCode >= 400 && reply.statusCode < 500}`,
          ).toMatch(/true$/)
          expect(reply.body).not.toContain('Thu Hà')
        }
  expect(await personOf(system, mine)).not.toBe(await personOf(system, hers))
  ok(await merge())
})

test('forged ids are refused at every desk like strangers', async () => {
  const house = await twoBooks()
  for (const one of FORGED)
    for (const [method, path, body] of deedsOn(one, house.person)) {
      const reply = await house.worker.ask(method, path, body)
      expect(
        `${path} ${JSON.stringify(one)} ${reply.statusCode} ${reply.statusCode >= 400 && reply.statusCode < 500}`,
      ).toMatch(/true$/)
    }
})

test('merging, parting, deciding and undoing at the same moment ends whole, and never with a fault', async () => {
  const house = await twoBooks()
  const { system, people, merge, unmerge, colleague, worker, confirmHa, db, twin } = house
  const [mine, hers] = people.map((person) => patientNamed(system, person))
  const second = await signedInWorker(house, { user: 'ba.bq', role: 'station-lead' })
  await askNothing(system)
  await askAbout(system, mine ?? 0, hers ?? 0)
  const decide = async (who: WorkerAt, say: string) => {
    const name = (await who.ask('GET', '/api/station/review')).json().cases[0]?.case ?? people[0]
    return await who.ask('POST', '/api/station/review/decide', {
      case: name,
      columns: [[people[0]], [people[1]]],
      say,
    })
  }
  const undo = (who: WorkerAt) => who.ask('POST', '/api/station/review/undo', {})
  const rounds = [
    () => [merge(), merge({}, colleague), decide(second, 'same'), decide(worker, 'different')],
    () => [unmerge(house.person), unmerge(twin.person, second), undo(second), undo(worker)],
    () => [merge(), confirmHa(), decide(second, 'same'), undo(second)],
    () => [
      unmerge(house.person),
      unmerge(house.person),
      undo(second),
      merge({ evidence: 'card' }, second),
      confirmHa(),
    ],
    () => [house.confirm(), house.confirm(second), decide(worker, 'same'), undo(worker)],
    () => [unmerge(twin.person), house.confirm(second), undo(second), undo(second)],
  ]
  for (const round of rounds) {
    const replies = await Promise.all(round())
    for (const { statusCode, body } of replies) expect(statusCode, body).toBeLessThan(500)
    const rows = await db.selectFrom('identity.person').select(['home', 'status']).execute()
    const one = (await personOf(system, mine ?? 0)) === (await personOf(system, hers ?? 0))
    expect(rows.filter(({ status }) => status === 'joined')).toHaveLength(one ? 1 : 0)
    const standing = await db
      .selectFrom('identity.merge')
      .select('state')
      .where('state', '=', 'merged')
      .execute()
    expect(standing).toHaveLength(one ? 1 : 0)
  }
})

test('the own Patient of a merged book is not parted from it as if it were a facility’s', async () => {
  const house = await twoBooks()
  const { system, people, merge, worker, db } = house
  const [mine = 0, hers = 0] = people.map((person) => patientNamed(system, person))
  ok(await merge())
  await askAbout(system, mine, hers, { state: 'sample' })
  const [{ case: name }] = (await worker.ask('GET', '/api/station/review')).json().cases
  const reply = await worker.ask('POST', '/api/station/review/decide', {
    case: name,
    columns: [[people[0]], [people[1]]],
    say: 'different',
  })
  const status = await db.selectFrom('identity.person').select('status').execute()
  expect([reply.statusCode, status.filter((one) => one.status === 'stated')]).toEqual([409, []])
})
