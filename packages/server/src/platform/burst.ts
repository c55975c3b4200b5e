import type { Duplex } from 'node:stream'
import pg from 'pg'
import { connectionsOf, type Db, nameOf, orLost } from './database.ts'

/** One statement whose text never changes, with its values as they are sent. */
export interface Said {
  readonly text: string
  readonly values: readonly (string | Buffer | null)[]
}

/** A statement and whom its answer is for. */
export interface Asking extends Said {
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
  /** Name → text of what is prepared on it, and of what is on its way. */
  readonly parsedStatements: Record<string, string>
  readonly submittedNamedStatements: Record<string, string>
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
  if (value instanceof Date) return quoted(value.toISOString())
  if (Buffer.isBuffer(value)) return `"\\\\x${value.toString('hex')}"`
  return typeof value === 'number' ? String(value) : quoted(String(value))
}

/** @throws {TypeError} what no statement here is given */
function written(value: unknown): string | Buffer | null {
  if (value === null || value === undefined) return null
  if (Buffer.isBuffer(value)) return value
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return `{${value.map(inArray).join(',')}}`
  if (typeof value === 'object') throw new TypeError('a value of this kind is not sent in a burst')
  return String(value)
}

/** Sends all of them behind one another and one mark of their end, so that they are one transaction and one answer. */
function send(wire: Wire, all: readonly Said[]): void {
  const { parsedStatements, submittedNamedStatements } = wire
  for (const { text, values } of all) {
    const name = nameOf(text) ?? ''
    const isPrepared = name !== '' && (parsedStatements[name] ?? submittedNamedStatements[name]) === text
    if (!isPrepared) wire.parse({ name, text })
    if (!isPrepared && name !== '') submittedNamedStatements[name] = text
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
    handleCommandComplete: ({ text }: { readonly text: string }) => {
      // what has failed before ends undone, whatever was asked for
      if (all[at]?.text === COMMIT.text) answers.rows[at] = [{ command: text }]
      at += 1
    },
    handleError: (error: unknown) => done(error, []),
    handleReadyForQuery: () => {
      for (const [i, { text }] of all.entries()) {
        const name = nameOf(text)
        if (name === undefined) continue
        if (wire) wire.parsedStatements[name] = text
        delete wire?.submittedNamedStatements[name]
        if (!isDescribed[i]) shapes.set(text, answers.columns[i] ?? [])
      }
      done(answers.unread, answers.rows)
    },
  }
  // it passes for a query of the driver, which refuses anything else on a connection that is shared like this
  return Object.assign(Object.create(pg.Query.prototype) as pg.Query, own as object)
}

/**
 * One write on a connection that is somebody's, one answer. Of a burst that failed nobody knows what is prepared or open
 * on its connection: it is not used again.
 */
export const sendOn = (client: pg.PoolClient, all: readonly Said[]): Promise<unknown[][]> =>
  new Promise((resolve, reject) => {
    const done = (error: unknown, rows: unknown[][]): void => {
      if (error === undefined) resolve(rows)
      else Promise.reject(error).catch(orLost).catch(reject)
    }
    client.query(queryFor(all, done))
  })

async function sendBurst(pool: Db, all: readonly Said[]): Promise<unknown[][]> {
  const client = await connectionsOf(pool).connect().catch(orLost)
  try {
    const rows = await sendOn(client, all)
    client.release()
    return rows
  } catch (error) {
    client.release(true)
    throw error
  }
}

export const [BEGIN, COMMIT] = ['begin', 'commit'].map((text): Said => ({ text, values: [] })) as [Said, Said]

interface Collecting {
  readonly take: (asking: Asking) => void
  /** What cannot be sent in a burst goes by itself over the same connection; otherwise it is refused. */
  readonly orAlone: boolean
}
const collecting = new WeakMap<Db, Collecting>()

/** From now on whatever is asked of it, by `ask`, is handed over instead; until it is told to stop. */
export function collectFrom(db: Db, take: Collecting['take'], { orAlone = false } = {}): () => void {
  collecting.set(db, { take, orAlone })
  return () => void collecting.delete(db)
}

const isSent = (value: unknown): boolean =>
  typeof value !== 'object' || value === null || Buffer.isBuffer(value) || value instanceof Date

const maySend = (values: readonly unknown[]): boolean =>
  values.every((value) => isSent(value) || (Array.isArray(value) && value.every(isSent)))

/** Where statements are being collected for one burst: takes this one along. @returns undefined anywhere else */
export function inBurst(db: Db, text: string, values: readonly unknown[]): Promise<unknown[]> | undefined {
  const of = collecting.get(db)
  if (!of || (of.orAlone && !maySend(values))) return undefined
  const { take } = of
  return new Promise((tell, reject) => {
    const fail = (error: unknown) => reject(error as Error)
    take({ text, values: values.map(written), tell: (rows) => tell([...rows]), fail })
  })
}

export function tellAll(asked: readonly Asking[], answers: readonly (readonly unknown[])[]): void {
  for (const [i, { tell }] of asked.entries()) tell(answers[i] ?? [])
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
  const stop = collectFrom(db, (asking) => void asked.push(asking))
  const worked = work(db)
  stop()
  // whoever fails before all is answered is heard at the end
  worked.catch(() => undefined)
  if (asked.length === 0) return await worked
  try {
    const rows = await sendBurst(pool, kept ? [BEGIN, ...asked, COMMIT] : asked)
    const answers = kept ? rows.slice(1, -1) : rows
    tellAll(asked, answers)
  } catch (error) {
    for (const { fail } of asked) fail(error)
  }
  return await worked
}
