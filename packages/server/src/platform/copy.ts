import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Days and instants of PostgreSQL count from 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1)
const DAY = 86_400_000
const MICROS = 1000

const fixed = (length: number, write: (bytes: Buffer) => void): Buffer => {
  const bytes = Buffer.allocUnsafe(length)
  write(bytes)
  return bytes
}

const ENCODE = {
  int2: (value: number) => fixed(2, (bytes) => bytes.writeInt16BE(value)),
  int4: (value: number) => fixed(4, (bytes) => bytes.writeInt32BE(value)),
  float8: (value: number) => fixed(8, (bytes) => bytes.writeDoubleBE(value)),
  int8: (value: number) => fixed(8, (bytes) => bytes.writeBigInt64BE(BigInt(value))),
  bool: (value: boolean) => Buffer.of(value ? 1 : 0),
  text: (value: string) => Buffer.from(value),
  bytea: (value: Buffer) => value,
  /** 'YYYY-MM-DD' */
  date: (value: string) => fixed(4, (bytes) => bytes.writeInt32BE((Date.parse(value) - EPOCH) / DAY)),
  timestamptz: (value: Date) =>
    fixed(8, (bytes) => bytes.writeBigInt64BE(BigInt(value.getTime() - EPOCH) * BigInt(MICROS))),
}

export type CopyType = keyof typeof ENCODE

/** Columns in the order of the rows sent; each must be given in every row, null where there is nothing. */
export type CopyColumns<Row> = { readonly [Name in keyof Row & string]: CopyType }

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const TRAILER = Buffer.of(0xff, 0xff)
const NULL = Buffer.of(0xff, 0xff, 0xff, 0xff)

function encode(type: CopyType, value: unknown): Buffer[] {
  if (value === null || value === undefined) return [NULL]
  const bytes = (ENCODE[type] as (value: unknown) => Buffer)(value)
  return [fixed(4, (length) => length.writeInt32BE(bytes.length)), bytes]
}

/** PostgreSQL's binary COPY format. */
export function copyBytes<Row>(columns: CopyColumns<Row>, rows: readonly Row[]): Buffer {
  const list = Object.entries(columns) as [keyof Row, CopyType][]
  const count = fixed(2, (bytes) => bytes.writeInt16BE(list.length))
  const body = rows.flatMap((row) => [count, ...list.flatMap(([name, type]) => encode(type, row[name]))])
  return Buffer.concat([HEADER, ...body, TRAILER])
}

/**
 * Loads many rows at once.
 * @param client a connection of its own, not pipelined: COPY speaks the wire alone
 * @see https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
 */
export async function copyRows<Row>(
  client: pg.ClientBase,
  table: string,
  columns: CopyColumns<Row>,
  rows: readonly Row[],
): Promise<void> {
  if (rows.length === 0) return
  const names = Object.keys(columns).join(', ')
  const stream = client.query(copyFrom(`copy ${table} (${names}) from stdin (format binary)`))
  stream.end(copyBytes(columns, rows))
  await finished(stream)
}

const TYPES: Readonly<Record<string, CopyType>> = {
  int2: 'int2',
  int4: 'int4',
  int8: 'int8',
  float8: 'float8',
  bool: 'bool',
  text: 'text',
  bytea: 'bytea',
  date: 'date',
  timestamptz: 'timestamptz',
}

/**
 * The columns of a table that these rows give, by their types in the catalogue.
 * @throws {RangeError} a column that is not there, or of a type that is never copied
 */
export async function columnsOf(
  client: pg.ClientBase,
  table: string,
  row: object,
): Promise<Record<string, CopyType>> {
  const { rows } = await client.query<{ name: string; type: string }>(
    `select a.attname as name, t.typname as type from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
    [table],
  )
  const known = new Map(rows.map(({ name, type }) => [name, TYPES[type]]))
  const entries = Object.keys(row).map((name): [string, CopyType] => {
    const type = known.get(name)
    if (!type) throw new RangeError(`${table}.${name} cannot be copied`)
    return [name, type]
  })
  return Object.fromEntries(entries)
}
