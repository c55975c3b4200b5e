import { readFileSync } from 'node:fs'

/** One field, bare or quoted, and what ends it. */
const FIELD = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\n|$)/y

/**
 * Reads comma-separated text (RFC 4180, lines ended by a line feed, quotes doubled inside quotes).
 *
 * @returns rows of fields, every row as long as the first; nothing for an empty text
 * @throws {SyntaxError} stray or unclosed quotes, carriage returns, rows of unequal length: a broken table is never half read
 */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length || row.length > 0) {
    FIELD.lastIndex = at
    const found = FIELD.exec(text)
    if (!found) throw new SyntaxError(`csv: row ${rows.length + 1} cannot be read`)
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    at = FIELD.lastIndex
    if (found[3] === ',') continue
    if (row.length !== (rows[0] ?? row).length)
      throw new SyntaxError(`csv: row ${rows.length + 1} has another width`)
    rows.push(row)
    row = []
  }
  return rows
}

/** One row of a table, by column name. */
export type Row<Column extends string> = Readonly<Record<Column, string>>

/**
 * Reads one of this package's data files.
 *
 * @param columns the names its first line must carry, in that order
 * @throws {SyntaxError} where the file does not carry exactly these columns
 */
export function readTable<const Column extends string>(
  file: string,
  columns: readonly Column[],
): readonly Row<Column>[] {
  const [head = [], ...lines] = parseCsv(readFileSync(new URL(`../data/${file}`, import.meta.url), 'utf8'))
  if (head.join() !== columns.join()) throw new SyntaxError(`csv: ${file} has the columns ${head.join()}`)
  return lines.map(
    (line) => Object.fromEntries(columns.map((name, at) => [name, line[at] ?? ''])) as Row<Column>,
  )
}

/** Runs the reading at the first call only. */
export function once<T>(read: () => T): () => T {
  let kept: { readonly value: T } | undefined
  return () => {
    kept ??= { value: read() }
    return kept.value
  }
}

/** An empty field is unknown, never zero. */
export const numberOrNull = (field: string): number | null => (field === '' ? null : Number(field))
export const textOrNull = (field: string): string | null => (field === '' ? null : field)
