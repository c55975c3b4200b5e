import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { ask } from './ask.ts'
import type { Db } from './database.ts'
import { transact, withoutWaiting } from './transact.ts'

const add = (db: Db, name: string) => sql`insert into step (name) values (${name})`.execute(db)

async function openSteps(): Promise<{ db: Db; names: () => Promise<string[]> }> {
  const { db } = await openTestContext({ max: 2 })
  await sql`create table step (no bigint generated always as identity, name text unique)`.execute(db)
  const names = async () => {
    const { rows } = await sql<{ name: string }>`select name from step order by no`.execute(db)
    return rows.map((row) => row.name)
  }
  return { db, names }
}

test('statements asked for together are done in the order in which they were asked', async () => {
  const { db, names } = await openSteps()
  const letters = [...'scandeclareread'].filter((letter, i, all) => all.indexOf(letter) === i)
  const seen = await transact(db, async (inner) => {
    const [, count] = await Promise.all([
      Promise.all(letters.map((letter) => add(inner, letter))),
      sql<{ n: number }>`select count(*) as n from step`.execute(inner),
    ])
    return count.rows[0]?.n
  })
  expect(seen).toBe(letters.length)
  expect(await names()).toEqual(letters)
})

test('one failing statement undoes all, also those behind it, and the connection serves on', async () => {
  const { db, names } = await openSteps()
  await add(db, 'a')
  for (let tries = 0; tries < 4; tries += 1)
    await expect(
      transact(db, (inner) => Promise.all(['b', 'a', 'c'].map((name) => add(inner, name)))),
    ).rejects.toThrow()
  expect(await names()).toEqual(['a'])
})

test('a failure that nobody looked at is told at the end, not taken for success', async () => {
  const { db, names } = await openSteps()
  const careless = transact(db, async (inner) => {
    await add(inner, 'a')
    await add(inner, 'a').catch(() => undefined)
  })
  await expect(careless).rejects.toThrow()
  expect(await names()).toEqual([])
})

test('the end of the work does not wait for its last statements, yet one that fails among them undoes all', async () => {
  const { db, names } = await openSteps()
  const said = await transact(db, async (inner) => {
    await add(inner, 'a')
    await withoutWaiting(inner, Promise.all([add(inner, 'b'), add(inner, 'c')]))
    return 'done'
  })
  expect([said, await names()]).toEqual(['done', ['a', 'b', 'c']])

  const failing = transact(db, async (inner) => {
    await add(inner, 'd')
    await withoutWaiting(inner, Promise.all([add(inner, 'e'), add(inner, 'a'), add(inner, 'f')]))
    return 'done'
  })
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await names()).toEqual(['a', 'b', 'c'])
})

test('a statement that comes after the end is refused instead of being done by itself', async () => {
  const { db, names } = await openSteps()
  const { promise, resolve } = Promise.withResolvers<Db>()
  await transact(db, async (inner) => resolve(inner))
  await expect(add(await promise, 'late')).rejects.toThrow('over')
  expect(await names()).toEqual([])
})

const STEP = 'insert into step (name) values ($1) returning no'
const step = (db: Db, name: unknown) => ask<{ no: number }>(db, STEP, name)

test('statements asked for in either way are done in the order in which they were asked, each with its own answer', async () => {
  const { db, names } = await openSteps()
  const numbers = await transact(db, async (inner) => {
    const first = await Promise.all([
      step(inner, 'a'),
      add(inner, 'b'),
      step(inner, 'c'),
      step(inner, new Date(0)),
      // what a burst cannot hold goes by itself, in its place
      ask<{ no: number }>(inner, `${STEP} -- json`, { of: 'json' }),
      step(inner, 'e'),
    ])
    const then = await step(inner, 'f')
    return [first[0], first[2], first[5], then].map((rows) => (rows as { no: number }[])[0]?.no)
  })
  expect(numbers).toEqual([1, 3, 6, 7])
  expect(await names()).toEqual(['a', 'b', 'c', '1970-01-01T00:00:00.000Z', '{"of":"json"}', 'e', 'f'])
})

test('one that fails among those that travel together tells why, undoes all, and whoever comes next is served', async () => {
  const { db, names } = await openSteps()
  await add(db, 'a')
  for (const early of [true, false]) {
    const tried = transact(db, async (inner) => {
      await step(inner, 'b')
      if (!early)
        await withoutWaiting(inner, Promise.all([step(inner, 'c'), step(inner, 'a'), step(inner, 'd')]))
      else await Promise.all([step(inner, 'c'), step(inner, 'a'), add(inner, 'd')])
    })
    await expect(tried).rejects.toMatchObject({ code: '23505' })
  }
  const careless = transact(db, async (inner) => {
    await step(inner, 'e')
    await step(inner, 'a').catch(() => undefined)
  })
  await expect(careless).rejects.toThrow()
  await Promise.all(['f', 'g', 'h'].map((name) => transact(db, (inner) => step(inner, name))))
  expect((await names()).toSorted()).toEqual(['a', 'f', 'g', 'h'])
})

test('where nothing is asked for nothing is done; what comes after the end is refused', async () => {
  const { db, names } = await openSteps()
  const { promise, resolve } = Promise.withResolvers<Db>()
  await transact(db, async (inner) => resolve(inner))
  await expect(step(await promise, 'late')).rejects.toThrow('over')
  await expect(transact(db, () => Promise.reject(new Error('changed my mind')))).rejects.toThrow('changed')
  expect(await names()).toEqual([])
})
