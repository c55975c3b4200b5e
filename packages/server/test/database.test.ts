import pg from 'pg'
import { expect, test } from 'vitest'
import { openTestDatabase } from './database.ts'

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql).finally(() => client.end())
  return rows
}

test('two test databases on the real PostgreSQL know nothing of each other', async () => {
  const one = await openTestDatabase(async () => undefined)
  const other = await openTestDatabase(async () => undefined)
  await ask(one, 'create table visit (day date)')

  expect(await ask(one, "select to_regclass('visit') is not null as here")).toEqual([{ here: true }])
  expect(await ask(other, "select to_regclass('visit') is not null as here")).toEqual([{ here: false }])
})
