/** @see https://www.w3.org/TR/png-3/#11Chunks */
import { crc32 } from 'node:zlib'

const SIGNATURE = 8
/** What the picture is made of; every other chunk tells something beside it. */
const KEPT = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'sRGB', 'IDAT', 'IEND'])

interface Chunk {
  readonly type: string
  readonly bytes: Buffer
}

/** @returns undefined where the file ends inside it, or its check sum does not fit */
function readChunk(bytes: Buffer, at: number): Chunk | undefined {
  if (at + 12 > bytes.length) return undefined
  const end = at + 12 + bytes.readUInt32BE(at)
  if (end > bytes.length) return undefined
  if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return undefined
  return { type: bytes.subarray(at + 4, at + 8).toString('latin1'), bytes: bytes.subarray(at, end) }
}

/** @returns undefined unless it runs whole to its end */
function chunksOf(bytes: Buffer): Chunk[] | undefined {
  const chunks: Chunk[] = []
  for (let at = SIGNATURE; ; ) {
    const chunk = readChunk(bytes, at)
    if (!chunk) return undefined
    chunks.push(chunk)
    if (chunk.type === 'IEND') return chunks
    at += chunk.bytes.length
  }
}

/** A PNG without texts, times, Exif, animation and whatever was hung on behind its end. */
export function stripPng(bytes: Buffer): Buffer | 'damaged' {
  const chunks = chunksOf(bytes)
  if (chunks?.[0]?.type !== 'IHDR' || !chunks.some(({ type }) => type === 'IDAT')) return 'damaged'
  const kept = chunks.filter(({ type }) => KEPT.has(type)).map((chunk) => chunk.bytes)
  return Buffer.concat([bytes.subarray(0, SIGNATURE), ...kept])
}
