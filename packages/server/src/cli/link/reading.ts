import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline, Readable } from 'node:stream'
import { parse } from 'csv-parse'
import { type Columns, columnsOf, type Field } from './columns.ts'

/** A row of the file, by what its columns say. */
export interface Row {
  readonly id: string
  /** What a field says in this row, blanks taken off; several columns give several texts, empty ones left out. */
  readonly texts: (field: Field) => readonly string[]
}

export interface Table {
  readonly columns: Columns
  readonly rows: readonly Row[]
}

/** No honest row or field is longer, characters. */
const LONGEST_ROW = 1 << 20
const LONGEST_ID = 1000
const LONGEST_FIELD = 300

const DELIMITERS = [',', ';', '\t', '|']

/** The text of a file piece by piece; a mark of byte order at its head is dropped. */
async function* decoded(path: string): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const decode = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode()
    } catch {
      throw new Error('the file is not UTF-8')
    }
  }
  for await (const bytes of createReadStream(path)) {
    const text = decode(bytes)
    if (text.includes('\0')) throw new Error('the file is not text: it holds bytes of zero')
    yield text
  }
  yield decode()
}

/** Commas as promised; a file that some program of another country saved has its own mark in the header. */
function delimiterOf(header: string): string {
  const bare = header.replaceAll(/"(?:[^"]|"")*"/g, '')
  const counts = DELIMITERS.map((mark) => bare.split(mark).length)
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
}

async function firstLine(path: string): Promise<string> {
  let text = ''
  for await (const piece of decoded(path)) {
    text += piece
    if (/[\r\n]/.test(text.trimStart()) || text.length > LONGEST_ROW) break
  }
  return text.trimStart().split(/[\r\n]/)[0] ?? ''
}

const SENTENCES: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quote is opened and never closed',
  CSV_INVALID_CLOSING_QUOTE: 'text follows a closing quote',
  INVALID_OPENING_QUOTE: 'a quote stands inside a field that does not begin with one',
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: 'text follows a closing quote',
  CSV_MAX_RECORD_SIZE: 'the row is longer than a million characters',
}

/** The parser's complaint without the text it stumbled over. */
function sentenceOf(error: unknown): Error {
  if (!(error instanceof Error)) return new Error('the file cannot be read')
  const { code, lines } = error as Error & { readonly code?: string; readonly lines?: number }
  const sentence = code === undefined ? undefined : SENTENCES[code]
  if (sentence) return new Error(`line ${lines ?? '?'}: ${sentence}`)
  if (code?.startsWith('CSV_') || code?.startsWith('INVALID_'))
    return new Error(`line ${lines ?? '?'}: the row cannot be read`)
  if (code === 'ENOENT') return new Error('there is no such input file')
  if (code === 'EACCES' || code === 'EPERM') return new Error('the input file may not be read')
  if (code === 'EISDIR') return new Error('the input is a folder, not a file')
  return error
}

const tidy = (text: string): string => text.slice(0, LONGEST_FIELD).trim()

function rowOf(cells: readonly string[], id: string, columns: Columns): Row {
  return {
    id,
    texts: (field) =>
      (columns[field] ?? [])
        .map((at) => tidy(cells[at] ?? ''))
        .filter((text) => text !== '' && !/^(?:null|n\/a|nan|none|unknown)$/i.test(text)),
  }
}

function idOf(cells: readonly string[], columns: Columns, line: number, seen: Map<string, number>): string {
  const id = (cells[columns.id?.[0] ?? 0] ?? '').trim()
  if (id === '') throw new Error(`line ${line}, field id: it is empty`)
  if (id.length > LONGEST_ID)
    throw new Error(`line ${line}, field id: it is longer than ${LONGEST_ID} characters`)
  const before = seen.get(id)
  if (before !== undefined) throw new Error(`line ${line}, field id: line ${before} has the same`)
  seen.set(id, line)
  return id
}

/**
 * Reads a whole file; nothing of a broken one is used.
 *
 * @param map the text of --map
 * @throws {Error} one sentence with line and field where they are known, and nothing of what the file says
 */
export async function readTable(path: string, map: string): Promise<Table> {
  try {
    if ((await stat(path)).isDirectory()) throw new Error('the input is a folder, not a file')
    const delimiter = delimiterOf(await firstLine(path))
    const parser = parse({
      ...{ delimiter, info: true, relax_column_count: true, skip_empty_lines: true },
      ...{
        max_record_size: LONGEST_ROW,
        record_delimiter: ['\r\n', '\n', '\r'],
        ltrim: true,
        rtrim: true,
        raw: false,
      },
    })
    return await collect(path, parser, map)
  } catch (error) {
    throw sentenceOf(error)
  }
}

interface Parsed {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

async function collect(path: string, parser: ReturnType<typeof parse>, map: string): Promise<Table> {
  // what breaks while reading ends the parser, and the loop below throws it
  pipeline(Readable.from(decoded(path)), parser, () => {})
  const rows: Row[] = []
  const seen = new Map<string, number>()
  let header: readonly string[] | undefined
  let columns: Columns = {}
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    if (!header) {
      header = record
      columns = columnsOf(record, map)
      continue
    }
    if (record.every((cell) => cell === '')) continue
    if (record.length !== header.length)
      throw new Error(`line ${info.lines}: ${record.length} fields, and the header has ${header.length}`)
    rows.push(rowOf(record, idOf(record, columns, info.lines, seen), columns))
  }
  if (!header) throw new Error('the file is empty')
  return { columns, rows }
}
