import type { Duplex } from 'node:stream'
import pg from 'pg'
import { connectionsOf, type Db, nameOf, orLost } from './database.ts'

/** One statement whose text never changes, with its values as they are sent. */
interface Said {
  readonly text: string
  readonly values: readonly (string | Buffer | null)[]
}

interface Asking extends Said {
  readonly tell: (rows: readonly unknown[]) => void
  readonly fail: (error: unknown) => void
}

type Field = string | null
type Column = readonly [name: string, parse: (text: string) => unknown]

interface Described {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[]
}

/** What of a connection of the driver is used here. */
interface Wire {
  readonly stream: Duplex
  /** Name → text of what is prepared on it. */
  readonly parsedStatements: Record<string, string>
  readonly parse: (of: { readonly name: string; readonly text: string }) => void
  readonly bind: (of: { readonly statement: string; readonly values: Said['values'] }) => void
  readonly describe: (of: { readonly type: 'P' }) => void
  readonly execute: () => void
  readonly sync: () => void
}

/** Columns of each text, as the database once described them; as many as there are prepared texts. */
const shapes = new Map<string, readonly Column[]>()

const columnsOf = ({ fields }: Described): readonly Column[] =>
  fields.map(({ name, dataTypeID }) => [name, pg.types.getTypeParser(dataTypeID, 'text')])

function toRow(columns: readonly Column[], fields: readonly Field[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [i, [name, parse]] of columns.entries()) {
    const field = fields[i] ?? null
    row[name] = field === null ? null : parse(field)
  }
  return row
}

const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

function inArray(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`
  return typeof value === 'number' ? String(value) : quoted(String(value))
}

/** @throws {TypeError} what no statement here is given */
function written(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return `{${value.map(inArray).join(',')}}`
  if (typeof value === 'object') throw new TypeError('a value of this kind is not sent in a burst')
  return String(value)
}

/** Sends all of them behind one another and one mark of their end, so that they are one transaction and one answer. */
function send(wire: Wire, all: readonly Said[]): void {
  const fresh = new Set<string>()
  for (const { text, values } of all) {
    const name = nameOf(text) ?? ''
    const isPrepared = name !== '' && (wire.parsedStatements[name] === text || fresh.has(name))
    if (!isPrepared) wire.parse({ name, text })
    fresh.add(name)
    wire.bind({ statement: name, values })
    if (!shapes.has(text)) wire.describe({ type: 'P' })
    wire.execute()
  }
  wire.sync()
}

/** Told of in the order of the statements. */
interface Answers {
  readonly rows: unknown[][]
  readonly columns: (readonly Column[])[]
  /** The first thing that could not be read. */
  unread?: unknown
}

/** What the driver takes for a query: it tells of every message that comes for it. */
function queryFor(all: readonly Said[], done: (error: unknown, rows: Answers['rows']) => void): pg.Query {
  const answers: Answers = { rows: all.map(() => []), columns: [] }
  const isDescribed = all.map(({ text }) => shapes.has(text))
  let at = 0
  let wire: Wire | undefined
  const own = {
    submit: (connection: Wire) => {
      wire = connection
      connection.stream.cork()
      send(connection, all)
      connection.stream.uncork()
    },
    handleRowDescription: (message: Described) => {
      answers.columns[at] = columnsOf(message)
    },
    handleDataRow: ({ fields }: { readonly fields: readonly Field[] }) => {
      const columns = answers.columns[at] ?? shapes.get(all[at]?.text ?? '') ?? []
      try {
        answers.rows[at]?.push(toRow(columns, fields))
      } catch (error) {
        answers.unread ??= error
      }
    },
    handleCommandComplete: () => {
      at += 1
    },
    handleError: (error: unknown) => done(error, []),
    handleReadyForQuery: () => {
      for (const [i, { text }] of all.entries()) {
        const name = nameOf(text)
        if (name === undefined) continue
        if (wire) wire.parsedStatements[name] = text
        if (!isDescribed[i]) shapes.set(text, answers.columns[i] ?? [])
      }
      done(answers.unread, answers.rows)
    },
  }
  // it passes for a query of the driver, which refuses anything else on a connection that is shared like this
  return Object.assign(Object.create(pg.Query.prototype) as pg.Query, own as object)
}

async function sendBurst(pool: Db, all: readonly Said[]): Promise<unknown[][]> {
  const client = await connectionsOf(pool).connect().catch(orLost)
  return await new Promise<unknown[][]>((resolve, reject) => {
    const done = (error: unknown, rows: unknown[][]): void => {
      // of a burst that failed nobody knows what is prepared or open on its connection: it is not used again
      client.release(error !== undefined)
      if (error === undefined) resolve(rows)
      else Promise.reject(error).catch(orLost).catch(reject)
    }
    client.query(queryFor(all, done))
  })
}

const [BEGIN, COMMIT] = ['begin', 'commit'].map((text): Said => ({ text, values: [] })) as [Said, Said]

const collecting = new WeakMap<Db, Asking[]>()

/** Where statements are being collected for one burst: takes this one along. @returns undefined anywhere else */
export function inBurst(db: Db, text: string, values: readonly unknown[]): Promise<unknown[]> | undefined {
  const asked = collecting.get(db)
  if (!asked) return undefined
  return new Promise((tell, reject) => {
    const fail = (error: unknown) => reject(error as Error)
    asked.push({ text, values: values.map(written), tell: (rows) => tell([...rows]), fail })
  })
}

export interface BurstOptions {
  /** All of it is kept, durably, or nothing; default no: for questions. */
  readonly kept?: boolean
}

/**
 * Sends everything that `work` asks for at once (by `ask`, before it waits for anything) over one connection, in one
 * write; all of it is answered together. What it asks for later goes to the pool by itself.
 */
export async function askAtOnce<T>(
  pool: Db,
  work: (db: Db) => Promise<T>,
  { kept = false }: BurstOptions = {},
): Promise<T> {
  const asked: Asking[] = []
  const db = pool.withoutPlugins()
  collecting.set(db, asked)
  const worked = work(db)
  collecting.delete(db)
  // whoever fails before all is answered is heard at the end
  worked.catch(() => undefined)
  if (asked.length === 0) return await worked
  try {
    const rows = await sendBurst(pool, kept ? [BEGIN, ...asked, COMMIT] : asked)
    const answers = kept ? rows.slice(1, -1) : rows
    for (const [i, { tell }] of asked.entries()) tell(answers[i] ?? [])
  } catch (error) {
    for (const { fail } of asked) fail(error)
  }
  return await worked
}
