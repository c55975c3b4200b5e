/** @see https://developers.google.com/speed/webp/docs/riff_container */

const HEAD = 12
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH'])
const PICTURE = new Set(['VP8 ', 'VP8L'])
/** Bits of the extended header that promise a colour profile, Exif, XMP or an animation. */
const PROMISES = 0x20 | 0x08 | 0x04 | 0x02

function withoutPromises(chunk: Buffer): Buffer {
  const copy = Buffer.from(chunk)
  if (copy.length <= 8) return copy
  copy.writeUInt8(copy.readUInt8(8) & ~PROMISES, 8)
  return copy
}

interface Chunk {
  readonly type: string
  readonly bytes: Buffer
}

/** @returns undefined where the file ends inside a chunk */
function chunksOf(bytes: Buffer): Chunk[] | undefined {
  const end = 8 + bytes.readUInt32LE(4)
  if (end > bytes.length) return undefined
  const chunks: Chunk[] = []
  for (let at = HEAD; at + 8 <= end; ) {
    const length = bytes.readUInt32LE(at + 4)
    const last = at + 8 + length
    if (last > end) return undefined
    // an odd one is filled up; a last one may come without its filling byte
    const filled = Buffer.concat([bytes.subarray(at, last), Buffer.alloc(length % 2)])
    chunks.push({ type: bytes.subarray(at, at + 4).toString('latin1'), bytes: filled })
    at = last + (length % 2)
  }
  return chunks
}

/** A still WebP picture without colour profile, Exif, XMP and unknown chunks. */
export function stripWebp(bytes: Buffer): Buffer | 'damaged' {
  const chunks = chunksOf(bytes)
  if (chunks?.filter(({ type }) => PICTURE.has(type)).length !== 1) return 'damaged'
  const body = Buffer.concat(
    chunks
      .filter(({ type }) => KEPT.has(type))
      .map((chunk) => (chunk.type === 'VP8X' ? withoutPromises(chunk.bytes) : chunk.bytes)),
  )
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1')
  head.writeUInt32LE(body.length + 4, 4)
  return Buffer.concat([head, body])
}
