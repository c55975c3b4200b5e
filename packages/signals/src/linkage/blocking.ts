/**
 * Which rows of one file are looked at side by side. Rows that share a key meet; keys that too many share tell nothing
 * and are passed over, so that the work grows with the file and not with its square.
 */

/** Pairs of row numbers, a[i] < b[i], each once, in order. */
export interface Pairs {
  readonly a: Uint32Array
  readonly b: Uint32Array
}

/** Bits of a whole number that a double keeps. */
const BITS = 53

/** FNV-1a over UTF-16 units, 32 bits, with its high half mixed in again: short keys differ in their last letters only. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

interface Sorted {
  /** Key's hash above, row number below. */
  readonly marks: Float64Array
  readonly rows: number
}

function sortKeys(rows: number, keysOf: (row: number) => readonly string[]): Sorted {
  const marks: number[] = []
  const rowBits = Math.max(1, Math.ceil(Math.log2(rows + 1)))
  const kept = 2 ** Math.min(32, BITS - rowBits)
  const step = 2 ** rowBits
  for (let row = 0; row < rows; row += 1)
    for (const key of new Set(keysOf(row))) marks.push((hashOf(key) % kept) * step + row)
  return { marks: Float64Array.from(marks).sort(), rows: step }
}

/** Calls with the place of every block of two rows or more. */
function eachBlock({ marks, rows }: Sorted, seen: (from: number, to: number) => void): void {
  let from = 0
  for (let at = 1; at <= marks.length; at += 1) {
    const same =
      at < marks.length && Math.floor((marks[at] ?? 0) / rows) === Math.floor((marks[from] ?? 0) / rows)
    if (same) continue
    if (at - from > 1) seen(from, at)
    from = at
  }
}

/** The largest block that may still be compared whole when all of them together keep within a number of pairs. */
function largestBlock(sorted: Sorted, most: number, budget: number): number {
  const pairsOfSize = new Float64Array(most + 1)
  eachBlock(sorted, (from, to) => {
    const size = to - from
    if (size <= most) pairsOfSize[size] = (pairsOfSize[size] ?? 0) + (size * (size - 1)) / 2
  })
  let pairs = 0
  for (let size = 2; size <= most; size += 1) {
    pairs += pairsOfSize[size] ?? 0
    if (pairs > budget) return size - 1
  }
  return most
}

/**
 * @param rows how many there are
 * @param keysOf the keys of one row
 * @param most no block larger than this is compared
 * @param budget about how many pairs may come out, repeated ones counted
 */
export function candidatePairs(
  rows: number,
  keysOf: (row: number) => readonly string[],
  { most, budget }: { readonly most: number; readonly budget: number },
): Pairs {
  const sorted = sortKeys(rows, keysOf)
  const largest = largestBlock(sorted, most, budget)
  const found: number[] = []
  const rowAt = (at: number): number => (sorted.marks[at] ?? 0) % sorted.rows
  eachBlock(sorted, (from, to) => {
    if (to - from > largest) return
    for (let i = from; i < to; i += 1)
      for (let j = i + 1; j < to; j += 1) found.push(rowAt(i) * rows + rowAt(j))
  })
  return distinct(Float64Array.from(found).sort(), rows)
}

function distinct(sorted: Float64Array, rows: number): Pairs {
  let count = 0
  for (let at = 0; at < sorted.length; at += 1) {
    if (at > 0 && sorted[at] === sorted[at - 1]) continue
    sorted[count] = sorted[at] ?? 0
    count += 1
  }
  const a = new Uint32Array(count)
  const b = new Uint32Array(count)
  for (let at = 0; at < count; at += 1) {
    const mark = sorted[at] ?? 0
    a[at] = Math.floor(mark / rows)
    b[at] = mark % rows
  }
  return { a, b }
}
