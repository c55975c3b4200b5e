import { expect, test } from 'vitest'
import { complaintsAbout, readSources } from './rooms.ts'

const door = '/** What this room is for. */\n'

/** A small tidy house with one file more. */
function houseWith(path: string, text: string): string[] {
  return complaintsAbout(
    new Map([
      ['server/src/record/index.ts', `${door}export { put } from './store.ts'`],
      ['server/src/record/store.ts', "db.insertInto('record.pack')"],
      ['server/src/care/index.ts', door],
      ['server/src/exchange/index.ts', door],
      [path, text],
    ]),
  )
}

test('every room of this house keeps to the staircase', () => {
  const sources = readSources()

  expect(sources.size).toBeGreaterThan(5)
  expect([...sources.keys()].filter((path) => path.startsWith('server/')).length).toBeGreaterThan(5)
  expect(complaintsAbout(sources)).toEqual([])
})

test.each([
  [
    'a room above or beside',
    'care/x.ts',
    "import { a } from '../exchange/index.ts'",
    /care may not look up or sideways/,
  ],
  [
    'a type of a room beside',
    'care/x.ts',
    "import type { A } from '../exchange/index.ts'",
    /sideways to exchange/,
  ],
  ['a room by import()', 'record/x.ts', "await import('../care/index.ts')", /record may not look up/],
  [
    'a room by its back door',
    'exchange/x.ts',
    "import { a } from '../record/store.ts'",
    /enter record by its index/,
  ],
  ['main', 'care/x.ts', "import { a } from '../main.ts'", /sideways to main/],
  [
    'a foreign table in a call',
    'exchange/x.ts',
    "db.selectFrom('record.pack as p')",
    /tables of record belong/,
  ],
  ['a foreign table in SQL', 'exchange/x.ts', 'sql`select 1 from record.pack`', /tables of record belong/],
  [
    'a foreign table on a new line',
    'care/x.ts',
    'sql`select 1\n join\n record.pack p`',
    /tables of record belong/,
  ],
  [
    'keys outside the platform',
    'record/x.ts',
    "db.selectFrom('keys.data_key')",
    /tables of keys belong to platform/,
  ],
  ['a package by its path', 'care/x.ts', "import { a } from '../../../model/src/a.ts'", /by its name/],
  ['a room nobody knows', 'attic/index.ts', door, /'attic' is not on the staircase/],
])('%s is told', (_, path, text, complaint) => {
  expect(houseWith(`server/src/${path}`, text).join('\n')).toMatch(complaint)
})

test.each([
  ['model/src/a.ts', "import { readFileSync } from 'node:fs'", /model may not import node:fs/],
  ['model/src/a.ts', "import { a } from '../../server/src/record/index.ts'", /model may not import/],
  ['citizen/src/a.tsx', "import { a } from '@sokhoe/codes'", /citizen may not import @sokhoe\/codes/],
  ['attic/src/a.ts', '', /no rule yet/],
])('%s may not import everything', (path, text, complaint) => {
  expect(houseWith(path, text).join('\n')).toMatch(complaint)
})

test('a room without a door, a door too wide or without its purpose, and a circle are told', () => {
  const wide = `${door}${"export * from './a.ts'\n".repeat(13)}`

  expect(houseWith('server/src/book/page.ts', '')).toEqual(['server/src/book: a room needs its index.ts'])
  expect(houseWith('server/src/book/index.ts', wide).join()).toMatch(/a door of 13 exports/)
  expect(houseWith('server/src/book/index.ts', 'export const a = 1').join()).toMatch(
    /opens with what its room/,
  )
  expect(houseWith('server/src/record/store.ts', "import { put } from './index.ts'").join()).toMatch(
    /a circle:/,
  )
})

test('what is allowed is not complained about: lower rooms, own tables, types in a circle, words in comments', () => {
  const text = `// from care.note
    import { put } from '../record/index.ts'
    import { b } from '../platform/any.ts'
    const said = 'access.refused'
    sql\`select 1 from care.note\``

  expect(houseWith('server/src/care/x.ts', text)).toEqual([])
  expect(houseWith('server/src/record/store.ts', "import type { P } from './index.ts'")).toEqual([])
  expect(houseWith('server/src/main.ts', "import { a } from './care/index.ts'")).toEqual([])
})
