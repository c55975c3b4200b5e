import type { Cell, Table } from './tables.ts'

/**
 * A text that a table program would take for a formula is told to be text: what somebody typed as a place's name must
 * not run on the computer of whoever opens the file.
 * @see OWASP, CSV Injection
 */
export const guarded = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

const csvCell = (cell: Cell): string => {
  if (cell === null) return ''
  if (typeof cell === 'number') return String(cell)
  const text = guarded(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One CSV of all tables, each under its name (RFC 4180; UTF-8 with its mark, so that old programs read the accents). */
export function csvOf(tables: readonly Table[]): string {
  const lines = tables.flatMap(({ name, head, rows }) => [[name], head, ...rows, []])
  return `\uFEFF${lines.map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`
}

/** The names of sheets hold 31 letters and none of these. */
const sheetName = (name: string): string => name.replaceAll(/[\\/?*[\]:]/g, ' ').slice(0, 31)

/** One XLSX file, a sheet a table; numbers are numbers, texts are texts. */
export async function xlsxOf(tables: readonly Table[]): Promise<Blob> {
  const { default: write } = await import('write-excel-file/universal')
  const cellOf = (cell: Cell) => {
    if (cell === null) return null
    return typeof cell === 'number' ? { value: cell, type: Number } : { value: guarded(cell), type: String }
  }
  const sheets = tables.map(({ name, head, rows }) => ({
    sheet: sheetName(name),
    data: [
      head.map((value) => ({ value, type: String, fontWeight: 'bold' as const })),
      ...rows.map((row) => row.map(cellOf)),
    ],
    columns: head.map((_, at) => ({ width: at === 0 ? 36 : 16 })),
  }))
  return await write(sheets).toBlob()
}
