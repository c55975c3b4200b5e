/** A file that was made, with what is true of it. */
export interface Made {
  readonly header: readonly string[]
  /** Rows of text; the first column is the id. */
  readonly rows: readonly (readonly string[])[]
  /** Whom each row is about. */
  readonly person: readonly number[]
  /** Pairs of rows of two persons whom a careless linker takes for one, by kind of trap. */
  readonly traps: ReadonlyMap<string, readonly (readonly [number, number])[]>
}

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

export const csvOf = ({ header, rows }: Pick<Made, 'header' | 'rows'>): string =>
  [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')

/** Fisher–Yates: rows of one person must not stand together. */
export function shuffled<T>(items: readonly T[], whole: (n: number) => number): T[] {
  const mixed = [...items]
  for (let at = mixed.length - 1; at > 0; at -= 1) {
    const other = whole(at + 1)
    const here = mixed[at]
    const there = mixed[other]
    if (here === undefined || there === undefined) continue
    mixed[at] = there
    mixed[other] = here
  }
  return mixed
}

/** The same file with some columns emptied. */
export function without(
  made: Made,
  columns: readonly string[],
  gone: (row: number) => boolean = () => true,
): Made {
  const places = columns.map((name) => made.header.indexOf(name))
  const rows = made.rows.map((row, at) =>
    gone(at) ? row.map((text, column) => (places.includes(column) ? '' : text)) : row,
  )
  return { ...made, rows }
}
