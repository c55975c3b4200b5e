import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { expect, test } from 'vitest'
import { migrate } from '../src/platform/database.ts'
import { PLACEMENT, type Placement } from '../src/platform/placement.ts'
import { openTestDatabase } from './database.ts'

interface Table {
  readonly name: string
  readonly columns: readonly string[]
}
interface UniqueIndex {
  readonly name: string
  readonly table: string
  readonly columns: readonly string[]
}
interface ForeignKey {
  readonly name: string
  readonly table: string
  readonly other: string
  readonly columns: readonly string[]
}
interface Catalog {
  readonly tables: readonly Table[]
  readonly unique: readonly UniqueIndex[]
  readonly foreign: readonly ForeignKey[]
  readonly triggers: readonly string[]
}

const OURS = `n.nspname !~ '^pg_' and n.nspname not in ('information_schema', 'public')`
const COLUMNS = `array(select a.attname::text from unnest(k.keys) with ordinality as key(no, at)
  join pg_attribute a on a.attrelid = k.table_id and a.attnum = key.no order by key.at)`

/** What the migrations really made. Partitions follow the table that they are part of. */
async function readCatalog(url: string): Promise<Catalog> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const ask = async <T extends pg.QueryResultRow>(text: string): Promise<T[]> =>
    (await client.query<T>(text)).rows
  try {
    return {
      tables: await ask(`select n.nspname || '.' || c.relname as name,
          array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and not c.relispartition and ${OURS}`),
      unique: await ask(`select k.name, k.table_name as table, ${COLUMNS} as columns from (
          select i.relname as name, n.nspname || '.' || c.relname as table_name, c.oid as table_id,
            x.indkey::int2[] as keys
          from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class c on c.oid = x.indrelid
          join pg_namespace n on n.oid = c.relnamespace
          where (x.indisunique or x.indisexclusion) and not c.relispartition and c.relkind in ('r', 'p') and ${OURS}) k`),
      foreign: await ask(`select k.name, k.table_name as table, k.other, ${COLUMNS} as columns from (
          select x.conname as name, n.nspname || '.' || c.relname as table_name, c.oid as table_id, x.conkey as keys,
            fn.nspname || '.' || f.relname as other
          from pg_constraint x join pg_class c on c.oid = x.conrelid join pg_namespace n on n.oid = c.relnamespace
          join pg_class f on f.oid = x.confrelid join pg_namespace fn on fn.oid = f.relnamespace
          where x.contype = 'f' and x.conparentid = 0 and ${OURS}) k`),
      triggers: (
        await ask<{
          name: string
        }>(`select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
          join pg_namespace n on n.oid = c.relnamespace where not t.tgisinternal and ${OURS}`)
      ).map((row) => row.name),
    }
  } finally {
    await client.end()
  }
}

const spreadBy = (place: Placement | undefined): string | undefined =>
  typeof place === 'object' ? place.distributed : undefined

/** Every way in which a catalog breaks the rules for scaling out. */
function complaintsAbout({ tables, unique, foreign, triggers }: Catalog, placement = PLACEMENT): string[] {
  const names = new Set(tables.map((table) => table.name))
  const column = (table: string) => spreadBy(placement[table])
  const mayRefer = ({ table, other, columns }: ForeignKey): boolean => {
    if (placement[other] === 'reference') return placement[table] !== 'local'
    return (
      column(table) === column(other) &&
      (column(table) === undefined || columns.includes(column(table) ?? ''))
    )
  }
  return [
    ...tables.filter(({ name }) => !placement[name]).map(({ name }) => `${name} has no place`),
    ...Object.keys(placement)
      .filter((name) => !names.has(name))
      .map((name) => `${name} has a place and does not exist`),
    ...tables
      .filter(({ name, columns }) => !columns.includes(column(name) ?? columns[0] ?? ''))
      .map(({ name }) => `${name} is spread by a column that it does not have`),
    ...unique
      .filter(({ table, columns }) => column(table) !== undefined && !columns.includes(column(table) ?? ''))
      .map(({ name, table }) => `${name} is unique without the column that spreads ${table}`),
    ...foreign
      .filter((key) => !mayRefer(key))
      .map(({ name }) => `${name} refers to rows that may lie elsewhere`),
    ...triggers.map((name) => `${name} is a trigger`),
  ]
}

const MIGRATIONS = new URL('../migrations/', import.meta.url)
const SOURCES = new URL('../src/', import.meta.url)

function textsIn(folder: URL, kind: RegExp): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => kind.test(path))
  return new Map(paths.map((path) => [path, readFileSync(new URL(path, folder), 'utf8')]))
}

/** What neither the embedded server, nor PostgreSQL 15, nor a distributed table can do well. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:compression|compress(?:ed)?\s+(?:with|using))\W+(?:lz4|zstd)\b/i,
    'the embedded server compresses with pglz only',
  ],
  [/\buuidv7\s*\(/i, 'PostgreSQL 15 has no uuidv7()'],
  [
    /\bwith\s+(?:recursive\s+)?\w+\s*(?:\([^)]*\)\s*)?as\s*(?:not\s+)?(?:materialized\s*)?\(\s*(?:insert|update|delete|merge)\b/i,
    'a WITH that writes: send simple statements together instead',
  ],
  [/\bcreate\s+(?:or\s+replace\s+)?(?:constraint\s+)?trigger\b/i, 'no triggers'],
]

const forbiddenIn = (text: string): string[] =>
  FORBIDDEN.filter(([pattern]) => pattern.test(text)).map(([, why]) => why)

test('every table has its place, and nothing in the migrations hinders spreading them', async () => {
  const catalog = await readCatalog(await openTestDatabase(async (empty) => void (await migrate(empty))))

  expect(catalog.tables.length).toBeGreaterThan(20)
  expect(catalog.unique.length).toBeGreaterThan(20)
  expect(catalog.unique.every(({ columns }) => columns.length > 0)).toBe(true)
  expect(complaintsAbout(catalog)).toEqual([])
})

test('what would hinder it is told, each by its name', () => {
  const tables = [
    { name: 'a.book', columns: ['home', 'no'] },
    { name: 'a.name', columns: ['hash', 'no'] },
    { name: 'a.loose', columns: ['no'] },
    { name: 'a.wrong', columns: ['no'] },
  ]
  const placement = {
    'a.book': { distributed: 'home' },
    'a.name': { distributed: 'hash' },
    'a.wrong': { distributed: 'home' },
    'a.gone': 'local',
  } as const
  const found = complaintsAbout(
    {
      tables,
      unique: [{ name: 'book_no', table: 'a.book', columns: ['no'] }],
      foreign: [{ name: 'name_of_book', table: 'a.name', other: 'a.book', columns: ['no'] }],
      triggers: ['count_books'],
    },
    placement,
  )

  expect(found).toEqual([
    'a.loose has no place',
    'a.gone has a place and does not exist',
    'a.wrong is spread by a column that it does not have',
    'book_no is unique without the column that spreads a.book',
    'name_of_book refers to rows that may lie elsewhere',
    'count_books is a trigger',
  ])
})

test('migrations and sources say nothing that some of our servers cannot do', () => {
  const migrations = textsIn(MIGRATIONS, /\.sql$/)
  const sources = textsIn(SOURCES, /(?<!\.test)\.(?:ts|sql)$/)
  expect([migrations.size > 5, sources.size > 50]).toEqual([true, true])

  const found = [...migrations, ...sources].flatMap(([path, text]) =>
    forbiddenIn(text).map((why) => `${path}: ${why}`),
  )
  expect(found).toEqual([])
})

test.each([
  ['alter table t alter column c set compression lz4', 'the embedded server compresses with pglz only'],
  ['select uuidv7 ()', 'PostgreSQL 15 has no uuidv7()'],
  ['with kept as (\n insert into t values (1) returning no) select 1', 'a WITH that writes'],
  ['with kept (no) as materialized (delete from t returning no) select 1', 'a WITH that writes'],
  ['create or replace trigger count after insert on t', 'no triggers'],
])('%s is told', (text, why) => {
  expect(forbiddenIn(text).join()).toContain(why)
})
