import { createReadStream, createWriteStream, type ReadStream } from 'node:fs'
import { type FileHandle, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import { createGunzip, gunzip } from 'node:zlib'
import type { Place } from './said.ts'

/** Resources one a line, or one Bundle a file; packed or not. */
const LINES = /\.ndjson(\.gz)?$/
const DOCUMENT = /\.json(\.gz)?$/
const PACKED = /\.gz$/
/** A Bundle is read whole, up to so many bytes unpacked. */
const MOST_DOCUMENT = 256 * 1024 * 1024
const READ_BYTES = 1024 * 1024
const NEWLINE = 0x0a

const unpacked = promisify(gunzip)

export interface Files {
  readonly lines: readonly string[]
  readonly documents: readonly string[]
}

/** What there is to import, by name. */
export async function filesIn(folder: string): Promise<Files> {
  const names = (await readdir(folder, { recursive: true })).toSorted()
  return {
    lines: names.filter((name) => LINES.test(name)),
    documents: names.filter((name) => DOCUMENT.test(name)),
  }
}

export async function readDocument(folder: string, name: string): Promise<Buffer> {
  const bytes = await readFile(join(folder, name))
  return PACKED.test(name) ? await unpacked(bytes, { maxOutputLength: MOST_DOCUMENT }) : bytes
}

/** A file of lines that can be read anywhere. What is packed is unpacked beside, into a file that nobody else can open. */
export async function openLines(folder: string, name: string): Promise<FileHandle> {
  const path = join(folder, name)
  if (!PACKED.test(name)) return await open(path)
  const beside = await mkdtemp(join(tmpdir(), 'sokhoe-import-'))
  try {
    const plain = join(beside, 'lines')
    await pipeline(createReadStream(path), createGunzip(), createWriteStream(plain, { mode: 0o600 }))
    return await open(plain)
  } finally {
    // the open file lives on without a name, and ends with this process
    await rm(beside, { recursive: true, force: true })
  }
}

/** Where one line lies. */
export interface Lying {
  readonly place: Place
  readonly offset: number
  readonly bytes: Buffer
}

/** Every line of an open file, without empty ones. */
export async function* linesFrom(file: FileHandle, name: string): AsyncGenerator<Lying> {
  let [line, offset] = [1, 0]
  let rest: Buffer = Buffer.alloc(0)
  const stream: ReadStream = file.createReadStream({ autoClose: false, start: 0, highWaterMark: READ_BYTES })
  for await (const piece of stream) {
    const text = rest.length > 0 ? Buffer.concat([rest, piece as Buffer]) : (piece as Buffer)
    let from = 0
    for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, from)) {
      const bytes = text.subarray(from, at)
      if (bytes.length > 1) yield { place: { file: name, line }, offset: offset + from, bytes }
      from = at + 1
      line += 1
    }
    rest = text.subarray(from)
    offset += from
  }
  if (rest.length > 1) yield { place: { file: name, line }, offset, bytes: rest }
}
