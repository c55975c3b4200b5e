import type { FileHandle } from 'node:fs/promises'
import { patientsOf } from '@sokhoe/fhir/search'
import { isObject } from '../../parameters.ts'
import { linesFrom, openLines } from './folder.ts'
import { nameIn, type Place } from './said.ts'

/** Lines read and grouped at once: what lies in memory of the files. */
const MOST_AT_ONCE = 8000

/** Lines with where they stand. */
export type Lines = readonly (readonly [Buffer, Place])[]

/** Where every line of every file lies and with whom it stands, in numbers: 20 bytes a line. */
export interface Index {
  readonly files: readonly { readonly name: string; readonly file: FileHandle }[]
  readonly of: Uint32Array
  readonly line: Uint32Array
  readonly offset: Float64Array
  readonly length: Uint32Array
  /** Lines in the order of the Patients with whom they stand; what is about nobody first. */
  readonly order: Uint32Array
  /** With whom each line stands. */
  readonly whose: Uint32Array
}

const NOBODY = 0

/** With whom a line stands: enough to sort by; what cannot be read stands with nobody and is refused later. */
function patientIn(bytes: Buffer): string | undefined {
  try {
    // read by the way only: what is kept is read again, every number as written
    const value: unknown = JSON.parse(bytes.toString())
    if (!isObject(value)) return undefined
    if (value['resourceType'] === 'Patient') return `Patient/${String(value['id'])}`
    const [first] = patientsOf(value)
    return first === undefined ? undefined : nameIn(first)
  } catch {
    return undefined
  }
}

const wide = (size: number): Uint32Array => new Uint32Array(size)

/** Columns that grow as lines are found. */
function columns() {
  let size = 1 << 16
  let n = 0
  let [of, line, whose, length] = [wide(size), wide(size), wide(size), wide(size)]
  let offset = new Float64Array(size)
  const grow = (): void => {
    size *= 2
    const larger = (old: Uint32Array): Uint32Array => {
      const next = wide(size)
      next.set(old)
      return next
    }
    ;[of, line, whose, length] = [larger(of), larger(line), larger(whose), larger(length)]
    const next = new Float64Array(size)
    next.set(offset)
    offset = next
  }
  return {
    add: (row: { of: number; line: number; whose: number; length: number; offset: number }): void => {
      if (n === size) grow()
      of[n] = row.of
      line[n] = row.line
      whose[n] = row.whose
      length[n] = row.length
      offset[n] = row.offset
      n += 1
    },
    done: () => ({
      of: of.subarray(0, n),
      line: line.subarray(0, n),
      whose: whose.subarray(0, n),
      length: length.subarray(0, n),
      offset: offset.subarray(0, n),
    }),
  }
}

/** Numbers of lines sorted by whose they are, each keeping its place among its own. */
function sorted(whose: Uint32Array, patients: number): Uint32Array {
  const starts = new Uint32Array(patients + 2)
  for (const each of whose) starts[each + 1] = (starts[each + 1] ?? 0) + 1
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const order = new Uint32Array(whose.length)
  for (const [i, each] of whose.entries()) {
    const at = starts[each] ?? 0
    order[at] = i
    starts[each] = at + 1
  }
  return order
}

/** Looks through all lines once: where each lies and with whom it stands. */
export async function indexOf(folder: string, names: readonly string[]): Promise<Index> {
  const patients = new Map<string, number>()
  const rows = columns()
  const files: { name: string; file: FileHandle }[] = []
  for (const name of names) {
    const file = await openLines(folder, name)
    const of = files.push({ name, file }) - 1
    for await (const { place, offset, bytes } of linesFrom(file, name)) {
      const patient = patientIn(bytes)
      const whose = patient === undefined ? NOBODY : (patients.get(patient) ?? patients.size + 1)
      if (patient !== undefined) patients.set(patient, whose)
      rows.add({ of, line: place.line, whose, length: bytes.length, offset })
    }
  }
  const found = rows.done()
  return { ...found, files, order: sorted(found.whose, patients.size) }
}

async function readAt(
  { files, of, line, offset, length }: Index,
  at: number,
): Promise<readonly [Buffer, Place]> {
  const from = files[of[at] ?? 0]
  if (!from) throw new RangeError('a line of no file')
  const bytes = Buffer.allocUnsafe(length[at] ?? 0)
  await from.file.read(bytes, 0, bytes.length, offset[at] ?? 0)
  return [bytes, { file: from.name, line: line[at] ?? 0 }]
}

/** Where the next stretch ends: behind whole Patients, as many as stay within bounds; whoever has more comes alone. */
function endOf({ order, whose }: Index, from: number): number {
  const of = (at: number): number => whose[order[at] ?? 0] ?? NOBODY
  const isInside = (at: number): boolean => at < order.length && of(at) !== NOBODY && of(at) === of(at - 1)
  let until = Math.min(from + MOST_AT_ONCE, order.length)
  while (until > from + 1 && isInside(until)) until -= 1
  if (until > from + 1 || !isInside(until)) return until
  while (isInside(until)) until += 1
  return until
}

/** Lines in an order in which each Patient's stand together, a stretch at a time. */
export async function* stretches(index: Index): AsyncGenerator<Lines> {
  let from = 0
  while (from < index.order.length) {
    const until = endOf(index, from)
    yield await Promise.all([...index.order.subarray(from, until)].map((at) => readAt(index, at)))
    from = until
  }
}

export const closeIndex = async ({ files }: Index): Promise<void> => {
  await Promise.all(files.map(({ file }) => file.close()))
}
