import { expect, test } from 'vitest'
import { askWith, clientAt } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'
import { note, noteRefusal } from '../../audit/index.ts'
import { inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { Ask } from './answer.ts'
import { runNoted } from './noting.ts'

async function openDoorHouse() {
  const house = await openTestHouse()
  const lines = async () =>
    (
      await house.db
        .selectFrom('audit.event')
        .select(['actor', 'action', 'what', 'refused'])
        .where('action', 'like', 'exchange.%')
        .orderBy('seq')
        .execute()
    ).map(({ actor, action, what, refused }) => [actor, action, what, refused])
  return { ...house, lines }
}

test('whatever the door refuses is written down before it is told, and nothing of what was sent', async () => {
  const { app, ctx, lines } = await openDoorHouse()
  const { ask, id } = await clientAt(app, ctx)
  const nobody = askWith(app, 'x'.repeat(43))
  await app.inject('/fhir/R4/metadata')
  await nobody('GET', 'nothing/here/at/all')
  await ask('GET', 'metadata?_format=xml')
  await ask('GET', 'metadata')
  await nobody('POST', 'metadata', { headers: { origin: 'https://elsewhere.example' } })
  await nobody('GET', '$export')
  expect(await lines()).toEqual([
    ['nobody', 'exchange.refused', 'GET unknown address 404', true],
    [`client:${id}`, 'exchange.refused', 'GET metadata 406', true],
    [`client:${id}`, 'exchange.asked', 'GET metadata 200', false],
    ['nobody', 'exchange.refused', 'POST :type 403', true],
    ['nobody', 'exchange.refused', 'GET $export 401', true],
  ])
})

test('what an interaction wrote down itself is not written twice, and what was undone is made good', async () => {
  const { ctx, system, lines } = await openDoorHouse()
  const ask: Ask = {
    ctx: system,
    method: 'GET',
    params: { type: 'Observation', id: 'somebody' },
    query: [],
    header: () => undefined,
    body: undefined,
    base: '',
  }
  const entry = { action: 'exchange.read' }
  const run = (work: (ask: Ask) => Promise<unknown>) =>
    runNoted(
      {
        method: 'GET',
        path: ':type/:id',
        run: async (ask) => {
          await work(ask)
          return { status: 200 }
        },
      },
      ask,
    ).catch(() => undefined)
  await run(async ({ ctx }) => await note(ctx, entry))
  await run(async ({ ctx }) => await inTransaction(ctx, (ctx) => note(ctx, entry)))
  await run(async ({ ctx }) => {
    await noteRefusal(ctx, entry)
    throw new Problem('fhir.not-found')
  })
  const undone = async ({ ctx }: Ask) =>
    await inTransaction(ctx, async (ctx) => {
      await note(ctx, entry)
      throw new Problem('fhir.conflict')
    })
  await run(undone)
  expect(ctx.noted).toBeUndefined()
  expect(await lines()).toEqual([
    ['system:test', 'exchange.read', null, false],
    ['system:test', 'exchange.read', null, false],
    ['system:test', 'exchange.read', null, true],
    ['system:test', 'exchange.refused', 'GET Observation/:id 409', true],
  ])
})

test('whatever is asked, by whomever and however it ends, leaves a line that stands', async () => {
  const { app, ctx, db, lines } = await openDoorHouse()
  const one = await clientAt(app, ctx)
  const narrow = await clientAt(app, ctx, { scopes: 'system/Observation.r', facility: 'HCM-004' })
  const nobody = askWith(app, 'x'.repeat(43))
  const created = await one.ask('POST', 'Patient', {
    body: { resourceType: 'Patient', name: [{ text: 'Trần Văn Nam' }], birthDate: '1948-02-03' },
  })
  const patient = `Patient/${created.json().id}`
  // whoever writes has written it down herself: nothing is told twice
  expect(await lines()).not.toContainEqual([`client:${one.id}`, 'exchange.asked', 'POST Patient 201', false])
  const count = async () => (await db.selectFrom('audit.event').select('seq').execute()).length
  const asked = [
    ['GET', patient],
    ['GET', `${patient}/_history`],
    ['GET', `${patient}/$everything`],
    ['GET', 'Patient/00000000-0000-0000-0000-000000000000'],
    ['GET', `Observation?patient=${patient}`],
    ['GET', 'Observation?code=none'],
    ['POST', 'Patient', { resourceType: 'Patient', gender: 'unheard of' }],
    ['POST', 'Patient', 'no JSON'],
    ['PUT', patient, { resourceType: 'Patient', id: 'another' }],
    ['PATCH', patient, [{ op: 'remove', path: '/nothing' }]],
    ['DELETE', 'Observation/x'],
    ['POST', '/fhir/R4', { resourceType: 'Bundle', type: 'transaction', entry: [{}] }],
    ['POST', 'CodeSystem/$lookup', { resourceType: 'Parameters' }],
    ['GET', '$export'],
    ['GET', 'nothing/at/all/here'],
    ['GET', 'AuditEvent'],
  ] as const
  const silent: string[] = []
  for (const [who, ask] of [
    ['a hospital', one.ask],
    ['another with few scopes', narrow.ask],
    ['nobody', nobody],
  ] as const)
    for (const [method, url, body] of asked) {
      const before = await count()
      const { statusCode } = await ask(method, url, body === undefined ? {} : { body })
      if ((await count()) === before) silent.push(`${who}: ${method} ${url} ${statusCode}`)
      expect(statusCode).toBeLessThan(500)
    }
  expect(silent).toEqual([])
})
