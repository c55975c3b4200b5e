import { tmpdir } from 'node:os'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { askWith } from '../../../../test/client.ts'
import { openFacility, PATIENT, weightOf } from '../../../../test/facility.ts'
import { proveChains } from '../../../audit/index.ts'
import { readConfig } from '../../../platform/config.ts'
import type { Context } from '../../../platform/context.ts'
import { openDb } from '../../../platform/database.ts'
import { proveRecord } from '../../../record/index.ts'
import { openApp } from '../../../start/app.ts'

const URN = 'urn:uuid:11111111-1111-4111-8111-111111111111'
const NAMES = ['Lê Văn An', 'Trần Thị Bích', 'Phạm Quốc Cường', 'Võ Thị Diễm', 'Đỗ Minh Đức', 'Hồ Ngọc Giàu']

const MEDICAL_RECORD = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }],
}

/** A new person with some results, as a hospital sends her. */
const visitOf = (i: number, results: number, more: readonly unknown[] = []) => ({
  resourceType: 'Bundle',
  type: 'transaction',
  entry: [
    {
      fullUrl: URN,
      resource: {
        ...PATIENT,
        name: [{ text: NAMES[i] }],
        birthDate: `19${50 + i}-0${1 + i}-1${i}`,
        identifier: [{ type: MEDICAL_RECORD, system: 'urn:mrn', value: `N${i}` }],
      },
      request: { method: 'POST', url: 'Patient' },
    },
    ...Array.from({ length: results }, (_, n) => ({
      resource: { ...weightOf(''), subject: { reference: URN }, note: [{ text: `visit ${i} result ${n}` }] },
      request: { method: 'POST', url: 'Observation' },
    })),
    ...more,
  ],
})

async function openSender() {
  const facility = await openFacility()
  const { system } = facility
  return {
    ...facility,
    send: (body: unknown) => facility.ask('POST', '', { body }),
    persons: async () => (await system.db.selectFrom('identity.person').selectAll().execute()).length,
    commits: () => commitsOf(system),
  }
}

async function commitsOf({ db }: Context): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct xid)::int as n from record.outbox`.execute(
    db,
  )
  return rows[0]?.n ?? 0
}

async function needSound(system: Context): Promise<void> {
  expect(await proveRecord(system)).toMatchObject({ broken: 0 })
  expect(await proveChains(system.db)).toMatchObject({ broken: [] })
}

test('messages that come together share a commit, and each is told where its own lies', async () => {
  const { send, ask, commits, persons, system } = await openSender()
  const replies = await Promise.all(NAMES.map((_, i) => send(visitOf(i, 1 + i))))
  for (const [i, reply] of replies.entries()) {
    expect(reply.statusCode, reply.body).toBe(200)
    const { entry } = reply.json()
    expect(entry).toHaveLength(2 + i)
    const places = entry.map((one: { response: { location: string } }) =>
      one.response.location.replace(/\/_history.*/, ''),
    )
    expect((await ask('GET', places[0])).json().name).toEqual([{ text: NAMES[i] }])
    const last = (await ask('GET', places.at(-1))).json()
    expect(last).toMatchObject({
      subject: { reference: places[0] },
      note: [{ text: `visit ${i} result ${i}` }],
    })
  }
  expect(await persons()).toBe(NAMES.length)
  expect(await commits()).toBeLessThan(NAMES.length)
  await needSound(system)
})

test('of several who correct one result beside new persons one does; of the others nothing is there', async () => {
  const { send, ask, post, persons, system } = await openSender()
  const { id: patient } = await post('Patient', PATIENT)
  const { id } = await post('Observation', weightOf(patient))
  const correction = (i: number) => ({
    resource: { ...weightOf(patient), id, note: [{ text: `by ${i}` }] },
    request: { method: 'PUT', url: `Observation/${id}`, ifMatch: 'W/"1"' },
  })
  const replies = await Promise.all(NAMES.map((_, i) => send(visitOf(i, 2, [correction(i)]))))
  const won = replies.flatMap(({ statusCode }, i) => (statusCode === 200 ? [i] : []))
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 412, 412, 412, 412, 412])
  expect((await ask('GET', `Observation/${id}`)).json()).toMatchObject({
    meta: { versionId: '2' },
    note: [{ text: `by ${won[0]}` }],
  })
  expect(await persons()).toBe(2)
  await needSound(system)
})

test('what breaks in the middle of a shared commit is undone alone: the others are kept', async () => {
  const { send, persons, system } = await openSender()
  // a Patient, five results and their Provenance: the database refuses whoever brings seven
  await sql`alter table record.outbox add constraint unlucky check (n <> 7)`.execute(system.db)
  const replies = await Promise.all(NAMES.map((_, i) => send(visitOf(i, i === 3 ? 5 : 2))))
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 500, 200, 200])
  expect(await persons()).toBe(NAMES.length - 1)
  await needSound(system)
})

test('the same person brought by two servers at once, in commits that are shared, is one', async () => {
  const { send, persons, system, client, url } = await openSender()
  const db = openDb(url, { max: 4 })
  const { http: another, close } = await openApp({
    config: readConfig({ MODE: 'test', DEMO: '0', DATA_DIR: tmpdir() }),
    ctx: { ...system, db, pool: db, actor: { kind: 'nobody' } },
    base: 'http://sokhoe.test',
  })
  onTestFinished(async () => {
    await close()
    await db.destroy()
  })
  const there = askWith(another, client.token)
  const both = NAMES.flatMap((_, i) => [send(visitOf(i, 1)), there('POST', '', { body: visitOf(i, 1) })])
  const replies = await Promise.all(both)
  expect(replies.map(({ statusCode }) => statusCode)).toEqual(both.map(() => 200))
  expect(await persons()).toBe(NAMES.length)
  await needSound(system)
})
