import { createSecretKey, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FRAME_BYTES, openFrames, sealFrames } from './frames.ts'

const key = createSecretKey(randomBytes(32))
const FILE = 'backup 1 record.pack'

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const whole = async (source: AsyncIterable<Buffer>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source))
const sealed = (plain: Buffer, piece = 70_000) => whole(sealFrames(inPieces(plain, piece), key, FILE))
const open = (bytes: Buffer, { piece = 50_000, with: other = key, about = FILE } = {}) =>
  whole(openFrames(inPieces(bytes, piece), other, about))

const sizes = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.constantFrom(FRAME_BYTES - 1, FRAME_BYTES, FRAME_BYTES + 1, 2 * FRAME_BYTES, 3 * FRAME_BYTES + 17),
)
const pieces = fc.integer({ min: 1000, max: 600_000 })

test('whatever its size and pieces, a sealed file opens to the very same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, pieces, pieces, async (size, written, read) => {
      const plain = randomBytes(size)
      expect((await open(await sealed(plain, written), { piece: read })).equals(plain)).toBe(true)
    }),
    { numRuns: 40 },
  )
})

test('a file cut short anywhere does not open', async () => {
  const bytes = await sealed(randomBytes(2 * FRAME_BYTES + 100))
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: bytes.length - 1 }), async (length) => {
      await expect(open(bytes.subarray(0, length))).rejects.toMatchObject({
        code: expect.stringMatching(/^backup-(truncated|changed)$/),
      })
    }),
    { numRuns: 40 },
  )
})

test('a file cut between two frames is known to be cut', async () => {
  const bytes = await sealed(randomBytes(2 * FRAME_BYTES))
  const firstFrame = 4 + 32 + 4 + FRAME_BYTES + 16
  await expect(open(bytes.subarray(0, firstFrame))).rejects.toMatchObject({ code: 'backup-truncated' })
})

test('one changed bit anywhere is noticed', async () => {
  const bytes = await sealed(randomBytes(3000))
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.integer({ min: 0, max: 7 }),
      async (at, bit) => {
        const other = Buffer.from(bytes)
        other[at] = (other[at] ?? 0) ^ (1 << bit)
        await expect(open(other)).rejects.toMatchObject({
          code: expect.stringMatching(/^backup-(truncated|changed)$/),
        })
      },
    ),
    { numRuns: 60 },
  )
})

test('exchanged frames, added bytes, another key and another file name are refused', async () => {
  const bytes = await sealed(randomBytes(3 * FRAME_BYTES))
  const frame = 4 + FRAME_BYTES + 16
  const [start, first, second] = [
    bytes.subarray(0, 36),
    bytes.subarray(36, 36 + frame),
    bytes.subarray(36 + frame),
  ]
  const exchanged = Buffer.concat([start, second.subarray(0, frame), first, second.subarray(frame)])

  const refused = { code: 'backup-changed' }
  await expect(open(exchanged)).rejects.toMatchObject(refused)
  await expect(open(Buffer.concat([bytes, Buffer.of(0)]))).rejects.toMatchObject(refused)
  await expect(open(bytes, { with: createSecretKey(randomBytes(32)) })).rejects.toMatchObject(refused)
  await expect(open(bytes, { about: 'backup 2 record.pack' })).rejects.toMatchObject(refused)
})
