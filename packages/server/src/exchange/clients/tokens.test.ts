import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askWith, CHO_RAY, clientAt, residentToken } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../test/resident.ts'
import { booksAt, personOf, sourcePatient } from '../../identity/index.ts'
import { inTransaction } from '../../platform/context.ts'
import { readPublicId } from '../../platform/ids.ts'
import { put } from '../../record/index.ts'
import { endKey, suspendClient, tokenFor } from './index.ts'
import { holderOf } from './tokens.ts'

async function openHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  const { person }: { person: string } = (await ha.declare({ ...HA, ...FIRST_PART })).json()
  return { ...house, ha, person }
}

test('a token says whose it is and what it opens', async () => {
  const { app, ctx } = await openTestHouse()
  const { token, no, id } = await clientAt(app, ctx, { scopes: 'system/Observation.rs' })
  expect(await holderOf(ctx, token)).toEqual({
    kind: 'client',
    no,
    id,
    facility: CHO_RAY,
    operator: false,
    scopes: [{ context: 'system', type: 'Observation', may: 'rs' }],
  })
})

test('a forged token, one that has ended and one that was suspended open nothing', async () => {
  const { app, ctx, clock, system } = await openTestHouse()
  const { token, id } = await clientAt(app, ctx)
  expect(await holderOf(ctx, `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined()
  expect(await holderOf(ctx, 'x'.repeat(5000))).toBeUndefined()

  clock.now = new Date(clock.now.getTime() + 3_600_000)
  expect(await holderOf(ctx, token)).toBeUndefined()

  const { token: second } = await tokenFor(system, { of: { client: id }, seconds: 60 })
  expect(await holderOf(ctx, second)).toMatchObject({ id })
  await suspendClient(system, id, true)
  expect(await holderOf(ctx, second)).toBeUndefined()
  await expect(tokenFor(system, { of: { client: id }, seconds: 60 })).rejects.toThrow('no such client')
  await suspendClient(system, id, false)
  expect(await holderOf(ctx, second)).toBeUndefined()
  await expect(endKey(system, id, 'nothing')).rejects.toThrow('no such client')
})

test('suspending acts within a second on a server that believed the token', async () => {
  const { app, ctx, system } = await openTestHouse()
  const { token, id } = await clientAt(app, ctx)
  expect(await holderOf(ctx, token)).toMatchObject({ id })
  // another server process: it shares the database and nothing else
  await suspendClient({ ...system, pool: system.pool.withTables() }, id, true)
  await pause(1000)
  expect(await holderOf(ctx, token)).toBeUndefined()
})

test('the operator gives a token no more than its holder may have', async () => {
  const { app, ctx, system } = await openTestHouse()
  const { id } = await clientAt(app, ctx, { scopes: 'system/Observation.rs' })
  const made = await tokenFor(system, { of: { client: id }, scope: 'system/Observation.read', seconds: 60 })
  expect(made.scope).toBe('system/Observation.rs')
  for (const scope of ['system/Observation.c', 'system/*.r', 'all'])
    await expect(tokenFor(system, { of: { client: id }, scope, seconds: 60 })).rejects.toThrow('no scope')
})

test('a resident’s own token reads her book, says for what it is open, and does nothing else', async () => {
  const { app, ctx, ha, person } = await openHa()
  const ask = askWith(app, await residentToken(ctx, person))

  const record = await ask('GET', '/api/me/record')
  expect(record.statusCode).toBe(200)
  expect(record.body).toBe(await ha.recordText())
  expect((await ask('GET', `/api/books/${person}/home`)).statusCode).toBe(200)

  const no = await ask('PUT', '/api/me/consents/treatment', {
    body: { given: false },
    headers: { 'content-type': 'application/json' },
  })
  expect(no.json()).toMatchObject({ purpose: 'treatment', given: false })
  expect((await ask('GET', '/api/me/accesses')).json()[0]).toMatchObject({ who: 'Chủ sổ' })

  for (const [method, url] of [
    ['DELETE', '/api/me/drafts/0b8b0b1e-0000-4000-8000-000000000000'],
    ['PUT', '/api/me/declarations/0b8b0b1e-0000-4000-8000-000000000000'],
    ['POST', '/api/me/unlock'],
  ] as const)
    expect((await ask(method, url)).statusCode).toBe(403)
})

test('a person whom only facilities know has a book by her token, and states on a Patient of her own', async () => {
  const { app, ctx, person, system } = await openHa()
  const patientId = readPublicId(ctx.keys.id, person)?.patientId ?? 0
  const home = (await personOf(ctx, patientId)) ?? 0
  const hospital = await inTransaction(system, async (ctx) => {
    const [book] = await booksAt(ctx, [home])
    if (!book) throw new Error('no book')
    const made = await sourcePatient(ctx, book, CHO_RAY)
    await put(ctx, {
      patientId: made.patientId,
      source: CHO_RAY,
      kind: 'exchange',
      resources: [{ resource: { resourceType: 'Patient', name: [{ text: 'Hà' }] }, no: 0 }],
      ...(made.newDataKey && { newDataKey: made.newDataKey }),
    })
    // her own Patient goes: what is left is what the hospital says
    await ctx.db.deleteFrom('identity.patient').where('patient_id', '=', patientId).execute()
    await ctx.db.deleteFrom('identity.keeper').where('home', '=', home).execute()
    await ctx.db.updateTable('identity.person').set({ status: 'stated' }).where('home', '=', home).execute()
    return made.patientId
  })
  const { token } = await tokenFor(system, { of: { patientId: hospital }, seconds: 60 })
  const ask = askWith(app, token)
  expect((await ask('GET', '/api/me/record')).json().entry).toHaveLength(1)
  const given = await ask('PUT', '/api/me/consents/treatment', {
    body: { given: true },
    headers: { 'content-type': 'application/json' },
  })
  expect(given.json()).toMatchObject({ purpose: 'treatment', given: true })
  const patients = await ctx.db
    .selectFrom('identity.patient')
    .select('source')
    .where('person', '=', home)
    .execute()
  expect(patients.map(({ source }) => source).toSorted()).toEqual([CHO_RAY, 'self'])
  expect((await ask('GET', '/api/me/accesses')).json().length).toBeGreaterThan(2)
})

test('at the exchange no cookie means anything, and a token of a program opens no book of its own', async () => {
  const { app, ctx, ha } = await openHa()
  const door = await ha.ask('GET', '/fhir/R4/metadata')
  expect(door.statusCode).toBe(200)
  const { ask } = await clientAt(app, ctx)
  expect((await ask('GET', '/api/me/record')).statusCode).toBe(401)
  const wrong = askWith(app, 'not-a-token')
  expect((await wrong('GET', '/api/me/record')).statusCode).toBe(401)

  const asked = await ha.ask('GET', '/api/me/record', { headers: { authorization: 'Bearer x' } })
  expect(asked.statusCode).toBe(401)
})
