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
    ['nobody', 'exchange.refused', 'POST unknown address 403', true],
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
