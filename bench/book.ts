import { coveragePart } from './book-coverage.ts'
import { printPart } from './book-print.ts'
import { readPart } from './book-read.ts'
import { stationPart } from './book-station.ts'
import { syncPart } from './book-sync.ts'
import type { Figure } from './figure.ts'

/** What the book is measured by, one part after the other. */
const PARTS: readonly (() => AsyncIterable<Figure>)[] = [
  readPart,
  printPart,
  coveragePart,
  syncPart,
  stationPart,
]

export async function* run(): AsyncGenerator<Figure> {
  for (const part of PARTS) yield* part()
}
