import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newBoxKeys, putInBox, takeFromBox } from './box.ts'

test('what is put into a box comes out whole, and only for its key and its purpose', async () => {
  const [mine, other] = await Promise.all([newBoxKeys(), newBoxKeys()])
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 500 }), async (text) => {
      const written = text.toWellFormed()
      const box = await putInBox(mine.publicKey, written, 'visit 1')
      expect(await takeFromBox(mine.privateKey, box, 'visit 1')).toBe(written)
      expect(await takeFromBox(other.privateKey, box, 'visit 1')).toBeUndefined()
      expect(await takeFromBox(mine.privateKey, box, 'visit 2')).toBeUndefined()
    }),
    { numRuns: 20 },
  )
})

test('a damaged box, or what is none, does not open and breaks nothing', async () => {
  const { publicKey, privateKey } = await newBoxKeys()
  const box = await putInBox(publicKey, 'Nguyễn Thị Hà', 'visit 1')
  for (const damaged of ['', 'không phải', box.slice(0, -4), `AAAA${box.slice(4)}`])
    expect(await takeFromBox(privateKey, damaged, 'visit 1')).toBeUndefined()
})
