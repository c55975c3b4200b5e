import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { columnTypes, copied, sendCopied, sendMissing } from './copy.ts'

const DAY = 86_400_000
const row = fc.record({
  no: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  small: fc.integer({ min: -32_768, max: 32_767 }),
  big: fc.maxSafeInteger(),
  ratio: fc.double({ noNaN: true }),
  yes: fc.boolean(),
  name: fc.option(
    fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', '')),
    { nil: null },
  ),
  bytes: fc.option(
    fc.uint8Array().map((bytes) => Buffer.from(bytes)),
    { nil: null },
  ),
  day: fc.integer({ min: -40_000, max: 40_000 }).map((at) => new Date(at * DAY).toISOString().slice(0, 10)),
  at: fc.integer({ min: -(10 ** 12), max: 10 ** 13 }).map((ms) => new Date(ms)),
})

async function openTable(columns: string) {
  const { url } = await openTestContext()
  const client = new pg.Client({ connectionString: url, options: '-c timezone=UTC' })
  await client.connect()
  await client.query(`create table platform.sample (${columns})`)
  return client
}

test('every value copied in comes back as it was, whatever its sign, length or script', async () => {
  const client = await openTable(
    `no int4, small int2, big int8, ratio float8, yes bool, name text, bytes bytea, day date, at timestamptz`,
  )
  const types = await columnTypes(client, ['platform.sample'])
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      await client.query('truncate platform.sample')
      await sendCopied(client, copied(types, 'platform.sample', rows))
      const back = await client.query('select * from platform.sample')
      const plain = (each: object) => JSON.stringify({ ...each, ratio: undefined })
      expect(back.rows.map(plain)).toEqual(rows.map(plain))
      expect(back.rows.map(({ ratio }) => ratio + 0)).toEqual(rows.map(({ ratio }) => ratio + 0))
    }),
    { numRuns: 40 },
  )
  await client.end()
})

test('rows that are there already stay as they are; a column that is not there is refused', async () => {
  const client = await openTable('no int4 primary key, name text')
  const types = await columnTypes(client, ['platform.sample'])
  await sendCopied(client, copied(types, 'platform.sample', [{ no: 1, name: 'before' }]))
  const more = [
    { no: 1, name: 'after' },
    { no: 2, name: 'new' },
  ]
  await sendMissing(client, copied(types, 'platform.sample', more))
  const { rows } = await client.query('select * from platform.sample order by no')
  expect(rows).toEqual([
    { no: 1, name: 'before' },
    { no: 2, name: 'new' },
  ])
  expect(() => copied(types, 'platform.sample', [{ other: 1 }])).toThrow(RangeError)
  await client.end()
})
