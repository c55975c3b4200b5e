import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { inTransaction } from '../platform/context.ts'
import { openDb } from '../platform/database.ts'
import { eventsOf, note, noteRefusal, prepareMonths, proveChains, rootOfDay } from './index.ts'

const HER = 4096 * 7 + 1

test('each note lengthens the chain of its Patient, and the whole log proves itself', async () => {
  const { ctx, db } = await openTestContext()
  await prepareMonths(db, ctx.now())
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      note(ctx, { action: 'record.read', patientId: HER + (i % 4), what: 'book' }),
    ),
  )
  await note(ctx, { action: 'server.start' })

  expect(await proveChains(db)).toEqual({ chains: 5, events: 41, broken: [] })
})

test('many who note at once, from several processes, wait for nobody in a circle and lose no line', async () => {
  const { ctx, db, url } = await openTestContext()
  const others = [openDb(url, { max: 4 }), openDb(url, { max: 4 })]
  onTestFinished(async () => void (await Promise.all(others.map((each) => each.destroy()))))
  const processes = [ctx, ...others.map((each) => ({ ...ctx, db: each, pool: each }))]
  await Promise.all(
    processes.flatMap((process, n) =>
      Array.from({ length: 200 }, async (_, i) => {
        const patientId = HER + ((i * 7 + n * 3) % 11)
        await (i % 5 === 0
          ? inTransaction(process, (inner) => note(inner, { action: 'record.put', patientId }))
          : note(process, {
              action: 'record.read',
              patientId,
              purpose: 'own',
              what: `line ${i} “quoted”, \\`,
            }))
      }),
    ),
  )

  expect(await proveChains(db)).toEqual({ chains: 11, events: 600, broken: [] })
})

test('a changed line, a missing line and an added line are each found', async () => {
  const { ctx, db } = await openTestContext()
  for (const patientId of [HER, HER + 1, HER + 2, HER + 3])
    for (const what of ['book', 'card', 'print']) await note(ctx, { action: 'record.read', patientId, what })

  await sql`update audit.event set purpose = 'care' where patient_id = ${HER} and seq = 2`.execute(db)
  await sql`delete from audit.event where patient_id = ${HER + 1} and seq = 3`.execute(db)
  await sql`insert into audit.event select home, patient_id, 4, at, actor, actor_id, facility, action, purpose, what,
    refused from audit.event where patient_id = ${HER + 2} and seq = 3`.execute(db)

  const { broken } = await proveChains(db)
  expect(broken.map((each) => each.patientId)).toEqual([HER, HER + 1, HER + 2])
})

test('a note inside a transaction goes with it; a refusal stands even when the work is undone', async () => {
  const { ctx, db } = await openTestContext()
  const work = inTransaction(ctx, async (inner) => {
    await noteRefusal(inner, { action: 'record.write', patientId: HER })
    await note(inner, { action: 'record.read', patientId: HER })
    throw new Error('undone')
  })
  await expect(work).rejects.toThrow('undone')

  const events = await eventsOf(db, [HER])
  expect(events.map(({ action, refused }) => ({ action, refused }))).toEqual([
    { action: 'record.write', refused: true },
  ])
})

test('the root of a day is made once and stands when the log goes on', async () => {
  const { ctx, db } = await openTestContext()
  await note(ctx, { action: 'record.read', patientId: HER })
  const first = await rootOfDay(db, '2026-11-23', ctx.now())
  await note(ctx, { action: 'record.read', patientId: HER })

  expect(await rootOfDay(db, '2026-11-23', ctx.now())).toEqual(first)
  expect((await rootOfDay(db, '2026-11-24', ctx.now())).root).not.toEqual(first.root)
})
