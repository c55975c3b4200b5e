import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Days and instants of PostgreSQL count from 2000-01-01. */
const EPOCH = Date.UTC(2000, 0, 1)
const DAY = 86_400_000
const MICROS = 1000

/** A page that grows under the pen. */
interface Pen {
  page: Buffer
  at: number
}

const TWO_32 = 2 ** 32

function room(pen: Pen, bytes: number): void {
  if (pen.at + bytes <= pen.page.length) return
  const larger = Buffer.allocUnsafeSlow(Math.max(pen.page.length * 2, pen.at + bytes))
  pen.page.copy(larger, 0, 0, pen.at)
  pen.page = larger
}

function int32(pen: Pen, value: number): void {
  room(pen, 4)
  pen.at = pen.page.writeInt32BE(value, pen.at)
}

/** Whole numbers up to 2^53, without making a bigint of each. */
function int64(pen: Pen, value: number): void {
  const high = Math.floor(value / TWO_32)
  room(pen, 8)
  pen.page.writeInt32BE(high, pen.at)
  pen.at = pen.page.writeUInt32BE(value - high * TWO_32, pen.at + 4)
}

function text(pen: Pen, value: string): void {
  const most = value.length * 3
  room(pen, 4 + most)
  const length = pen.page.write(value, pen.at + 4)
  pen.page.writeInt32BE(length, pen.at)
  pen.at += 4 + length
}

function bytea(pen: Pen, value: Buffer): void {
  int32(pen, value.length)
  room(pen, value.length)
  pen.at += value.copy(pen.page, pen.at)
}

function sized(pen: Pen, length: number, write: () => void): void {
  int32(pen, length)
  room(pen, length)
  write()
}

const OID_TEXT = 25

/** One dimension, nothing null among them; counted from 1. */
function texts(pen: Pen, values: readonly string[]): void {
  const from = pen.at
  int32(pen, 0)
  for (const part of values.length === 0 ? [0, 0, OID_TEXT] : [1, 0, OID_TEXT, values.length, 1])
    int32(pen, part)
  for (const value of values) text(pen, value)
  pen.page.writeInt32BE(pen.at - from - 4, from)
}

/** A field: its length, then its bytes. */
const WRITE = {
  int2: (pen: Pen, value: number) =>
    sized(pen, 2, () => {
      pen.at = pen.page.writeInt16BE(value, pen.at)
    }),
  int4: (pen: Pen, value: number) => sized(pen, 4, () => int32(pen, value)),
  float8: (pen: Pen, value: number) =>
    sized(pen, 8, () => {
      pen.at = pen.page.writeDoubleBE(value, pen.at)
    }),
  int8: (pen: Pen, value: number) => sized(pen, 8, () => int64(pen, value)),
  bool: (pen: Pen, value: boolean) =>
    sized(pen, 1, () => {
      pen.at = pen.page.writeUInt8(value ? 1 : 0, pen.at)
    }),
  text,
  bytea,
  _text: texts,
  /** 'YYYY-MM-DD' */
  date: (pen: Pen, value: string) => sized(pen, 4, () => int32(pen, (Date.parse(value) - EPOCH) / DAY)),
  timestamptz: (pen: Pen, value: Date) => sized(pen, 8, () => int64(pen, (value.getTime() - EPOCH) * MICROS)),
}

export type CopyType = keyof typeof WRITE

/** Columns in the order of the rows sent; each must be given in every row, null where there is nothing. */
export type CopyColumns<Row> = { readonly [Name in keyof Row & string]: CopyType }

const HEADER = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const FIRST_PAGE = 64 * 1024
const NOTHING = -1

function writeField(pen: Pen, type: CopyType, value: unknown): void {
  if (value === null || value === undefined) int32(pen, NOTHING)
  else (WRITE[type] as (pen: Pen, value: unknown) => void)(pen, value)
}

/** PostgreSQL's binary COPY format. */
function copyBytes<Row>(columns: CopyColumns<Row>, rows: readonly Row[]): Buffer {
  const list = Object.entries(columns) as [keyof Row, CopyType][]
  const pen: Pen = { page: Buffer.allocUnsafeSlow(FIRST_PAGE), at: 0 }
  bare(pen, HEADER)
  for (const row of rows) {
    short(pen, list.length)
    for (const [name, type] of list) writeField(pen, type, row[name])
  }
  short(pen, NOTHING)
  return pen.page.subarray(0, pen.at)
}

function bare(pen: Pen, bytes: Buffer): void {
  room(pen, bytes.length)
  pen.at += bytes.copy(pen.page, pen.at)
}

function short(pen: Pen, value: number): void {
  room(pen, 2)
  pen.at = pen.page.writeInt16BE(value, pen.at)
}

/** Rows of one table as they travel: made anywhere, sent by whoever holds the connection. */
export interface Copied {
  readonly table: string
  readonly columns: readonly string[]
  readonly bytes: Uint8Array
}

/**
 * Sends rows made with copyBytes.
 * @param client a connection of its own, not pipelined: COPY speaks the wire alone
 * @see https://www.postgresql.org/docs/current/sql-copy.html, "Binary Format"
 */
export async function sendCopied(client: pg.ClientBase, { table, columns, bytes }: Copied): Promise<void> {
  const stream = client.query(copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format binary)`))
  stream.end(bytes)
  await finished(stream)
}

/** The same where some of the rows may be there already: those stay as they are. */
export async function sendMissing(client: pg.ClientBase, { table, columns, bytes }: Copied): Promise<void> {
  const names = columns.join(', ')
  await client.query(`create temp table arriving as select ${names} from ${table} with no data`)
  await sendCopied(client, { table: 'arriving', columns, bytes })
  await client.query(`insert into ${table} (${names}) select ${names} from arriving on conflict do nothing`)
  await client.query('drop table arriving')
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
  _text: '_text',
}

/** What may be copied into which column, by the catalogue; columns of other types are left out. */
export type ColumnTypes = Readonly<Record<string, Readonly<Record<string, CopyType>>>>

/** @param tables 'room.table' */
export async function columnTypes(client: pg.ClientBase, tables: readonly string[]): Promise<ColumnTypes> {
  const { rows } = await client.query<{ table: string; name: string; type: string }>(
    `select given.name as table, a.attname as name, t.typname as type
      from unnest($1::text[]) given(name) join pg_attribute a on a.attrelid = given.name::regclass
      join pg_type t on t.oid = a.atttypid where a.attnum > 0 and not a.attisdropped`,
    [tables],
  )
  const types: Record<string, Record<string, CopyType>> = {}
  for (const { table, name, type } of rows) {
    const known = TYPES[type]
    if (known) types[table] = { ...types[table], [name]: known }
  }
  return types
}

/**
 * Rows ready to travel, in the columns that the first of them gives.
 * @throws {RangeError} a column that is not there, or of a type that is never copied
 */
export function copied(types: ColumnTypes, table: string, rows: readonly object[]): Copied {
  const columns = Object.keys(rows[0] ?? {})
  const chosen = columns.map((name): [string, CopyType] => {
    const type = types[table]?.[name]
    if (!type) throw new RangeError(`${table}.${name} cannot be copied`)
    return [name, type]
  })
  const bytes = copyBytes(Object.fromEntries(chosen), rows as readonly Record<string, unknown>[])
  return { table, columns, bytes }
}
