import { expect, test } from 'vitest'
import { HA, text } from '../../test/resident.ts'
import { another, deskOf, HA_NUMBER, HA_WITH_NUMBER, openStation } from '../../test/station.ts'
import { signedInWorker } from '../../test/worker.ts'
import { eventsOf } from '../audit/index.ts'
import { firstPatientOf, homeNamed } from '../identity/index.ts'

const MISSPELT = { ...HA_WITH_NUMBER, 'A.01': [text('NGUYEN THI THU HA')], 'A.11': [text('079161000000')] }

async function twins(answers: typeof HA_WITH_NUMBER = HA_WITH_NUMBER, phone = '0987654321') {
  const house = await openStation()
  const twin = await another(house.app, phone, answers)
  const list = async (worker = house.worker) => (await worker.ask('GET', '/api/station/duplicates')).json()
  const ask = (what: 'open' | 'settle', body: object, worker = house.worker) =>
    worker.ask('POST', `/api/station/duplicates/${what}`, { people: [twin.person, house.person], ...body })
  return { ...house, twin, list, ask }
}

test('two who state one number, or one name and birth date in the ward, are listed with why', async () => {
  const { list, app, person, twin } = await twins()
  const third = await another(app, '0987654322', MISSPELT)
  await another(app, '0987654323', { ...HA, 'A.05': [{ valueDate: '1961-05-01' }] })
  const { pairs } = await list()
  expect(
    pairs.map((pair: { sides: { person: string }[]; reasons: string[] }) => [
      pair.sides.map((side) => side.person).toSorted(),
      pair.reasons,
    ]),
  ).toEqual(
    expect.arrayContaining([
      [[person, twin.person].toSorted(), ['same-number', 'same-name', 'same-address']],
      [[person, third.person].toSorted(), ['same-name', 'same-address']],
      [[twin.person, third.person].toSorted(), ['same-name', 'same-address']],
    ]),
  )
  expect(pairs).toHaveLength(3)
})

test('side by side every field is marked, numbers are masked, and both find it in their books', async () => {
  const { ask, system, twin, person } = await twins(MISSPELT)
  const reply = await ask('open', {})
  expect(reply.json()).toMatchObject({
    fields: [
      { field: 'name', values: ['NGUYEN THI THU HA', 'Nguyễn Thị Thu Hà'], same: false },
      { field: 'birthDate', same: true },
      { field: 'sex', same: true },
      { field: 'address', same: true },
    ],
    reasons: ['same-name', 'same-address'],
  })
  expect(reply.body).not.toContain(HA_NUMBER)
  for (const one of [twin.person, person]) {
    const events = await eventsOf(system.pool, [firstPatientOf((await homeNamed(system, one)) ?? 0)])
    expect(events.map(({ action, purpose }) => `${action} ${purpose}`)).toContain(
      'station.duplicate duplicate',
    )
  }
})

test('two people after all are gone from the list, with who said so; what is sent on stays named as such', async () => {
  const { ask, list, db } = await twins()
  expect((await ask('settle', { as: 'review' })).json()).toEqual({ settled: 'review' })
  expect((await list()).pairs).toMatchObject([{ state: 'review' }])
  expect((await ask('settle', { as: 'not-same' })).json()).toEqual({ settled: 'not-same' })
  expect((await list()).pairs).toEqual([])
  const rows = await db.selectFrom('identity.ruling').select(['same', 'staff_id', 'evidence']).execute()
  expect(rows).toMatchObject([{ same: false, staff_id: expect.any(Number), evidence: 'asked' }])
  expect((await ask('settle', { as: 'not-same' })).json()).toMatchObject({ status: 400 })
  // nothing was joined: both books stand
  expect(await db.selectFrom('identity.person').select('home').execute()).toHaveLength(2)
})

test('a question that was settled is not asked again when she declares again', async () => {
  const { ask, list, twin } = await twins()
  await ask('settle', { as: 'not-same' })
  await twin.declare(HA_WITH_NUMBER)
  expect((await list()).pairs).toEqual([])
})

test('what no longer holds is no longer asked', async () => {
  const { list, twin } = await twins({ ...HA, 'A.11': [text(HA_NUMBER)], 'A.01': [text('Lê Thị Mai')] })
  expect((await list()).pairs).toMatchObject([{ reasons: ['same-number'] }])
  await twin.declare({ ...HA, 'A.11': [text('079161000001')], 'A.01': [text('Lê Thị Mai')] })
  expect((await list()).pairs).toEqual([])
})

test('somebody of another ward is not shown; only that there is one', async () => {
  const away = {
    ...HA_WITH_NUMBER,
    'A.18.2': [{ valueCoding: { system: 'urn:sokhoe:codes:wards', code: '26929' } }],
  }
  const { app, system, twin, person } = await twins(away)
  const other = await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' })
  const { pairs } = (await other.ask('GET', '/api/station/duplicates')).json()
  expect(pairs).toMatchObject([
    {
      sides: [
        { person: twin.person, here: true },
        { person, here: false, ward: expect.any(String) },
      ],
    },
  ])
  expect(JSON.stringify(pairs[0].sides[1])).not.toContain('Hà')
  const open = { people: [twin.person, person] }
  expect((await other.ask('POST', '/api/station/duplicates/open', open)).statusCode).toBe(403)
  const settled = await other.ask('POST', '/api/station/duplicates/settle', { ...open, as: 'review' })
  expect(settled.json()).toEqual({ settled: 'review' })
  const third = deskOf(await signedInWorker({ app, system }, { user: 'ba.la', ward: '26740' }))
  expect((await third.of(person, 'open')).statusCode).toBe(403)
})
