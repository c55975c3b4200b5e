import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { ask } from './ask.ts'
import { askAtOnce } from './burst.ts'
import type { Db } from './database.ts'
import { gather } from './gather.ts'

const ADD = 'insert into step (name) values ($1)'
const FIND = 'select name from step where name = any($1::text[])'

async function openSteps() {
  const { ctx, db } = await openTestContext({ max: 2 })
  await sql`create table step (no bigint generated always as identity, name text unique, told bytea)`.execute(
    db,
  )
  const names = async () => {
    const rows = await ask<{ name: string }>(db, 'select name from step order by no')
    return rows.map((row) => row.name)
  }
  return { ctx, db, names }
}

const backend = async (db: Db): Promise<number | undefined> =>
  (await ask<{ pid: number }>(db, 'select pg_backend_pid() as pid'))[0]?.pid

test('what is asked at once travels over one connection, and values come back as they were sent', async () => {
  const { db } = await openSteps()
  const hard = ['', 'a"b\\c', 'Đặng {x,y}', 'NULL']
  const echo =
    'select $1::text[] as texts, $2::bigint[] as numbers, $3::bytea as bytes, $4::bytea[] as many, $5::text as none, $6::boolean as yes'
  const bytes = Buffer.from([0, 255, 92, 34])
  for (const _ of [1, 2]) {
    const [one, told, two] = await askAtOnce(db, (together) =>
      Promise.all([
        backend(together),
        ask(together, echo, hard, [1, 2 ** 50], bytes, [bytes, Buffer.alloc(0)], null, true),
        backend(together),
      ]),
    )
    expect(one).toBe(two)
    expect(told).toEqual([
      {
        texts: hard,
        numbers: ['1', String(2 ** 50)],
        bytes,
        many: [bytes, Buffer.alloc(0)],
        none: null,
        yes: true,
      },
    ])
  }
})

test('what is kept together is kept wholly or not at all, and whoever comes next is served', async () => {
  const { db, names } = await openSteps()
  const keep = (...all: string[]) =>
    askAtOnce(db, (together) => Promise.all(all.map((name) => ask(together, ADD, name))), { kept: true })
  await keep('a', 'b')
  for (let tries = 0; tries < 4; tries += 1)
    await expect(keep('c', 'a', 'd')).rejects.toMatchObject({ code: '23505' })
  expect(await names()).toEqual(['a', 'b'])
  await keep('c')
  expect(await names()).toEqual(['a', 'b', 'c'])
})

test('a value that cannot be sent, or rows that cannot be read, refuse instead of hanging', async () => {
  const { db, names } = await openSteps()
  await expect(askAtOnce(db, (together) => ask(together, ADD, { no: 'value' }))).rejects.toThrow('not sent')
  const beyond = askAtOnce(db, (together) => ask(together, 'select 9223372036854775807::bigint as n'))
  await expect(beyond).rejects.toThrow('beyond')
  expect(await names()).toEqual([])
})

test('a house whose database went away is told so', async () => {
  const { db } = await openSteps()
  const cut = askAtOnce(db, (together) =>
    ask(together, 'select pg_terminate_backend(pg_backend_pid()), pg_sleep(1)'),
  )
  await expect(cut).rejects.toMatchObject({ code: expect.stringMatching(/^57P01$|^connection-lost$/) })
  expect(await askAtOnce(db, backend)).toBeGreaterThan(0)
})

test('questions of every kind share a round, each key once; one kind that fails fails alone', async () => {
  const { ctx, db } = await openSteps()
  await ask(db, ADD, 'a')
  const asked: (readonly string[])[] = []
  const found = gather(async ({ db }, names: readonly string[]) => {
    asked.push(names)
    const rows = await ask<{ name: string }>(db, FIND, names)
    return new Map(rows.map(({ name }) => [name, true]))
  })
  const pids = gather(async ({ db }) => new Map([[1, await backend(db)]]))
  const broken = gather(async ({ db }) => {
    await ask(db, 'select 1 / (count(*) - count(*)) from step')
    return new Map([[1, true]])
  })
  const [first, second, here, there] = await Promise.all([
    found(ctx, ['a', 'b']),
    found(ctx, ['b']),
    pids(ctx, [1]),
    pids(ctx, [1]),
  ])
  expect([first.get('a'), second.get('b'), asked]).toEqual([true, undefined, [['a', 'b']]])
  expect(here.get(1)).toBe(there.get(1))

  const mixed = await Promise.allSettled([found(ctx, ['a']), broken(ctx, [1]), pids(ctx, [1])])
  expect(mixed.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])

  await db.destroy()
  const late = await Promise.allSettled([found(ctx, ['a']), pids(ctx, [1])])
  expect(late.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
})
