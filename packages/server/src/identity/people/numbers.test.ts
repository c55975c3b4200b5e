import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import { inTransaction } from '../../platform/context.ts'
import { holdNumbers } from './numbers.ts'

test('as many numbers as the largest message brings are held at once', async () => {
  const { ctx } = await openTestContext()
  const hashes = Array.from({ length: 20_000 }, (_, i) => createHash('sha256').update(`${i}`).digest())
  await expect(inTransaction(ctx, (ctx) => holdNumbers(ctx, hashes))).resolves.toBeUndefined()
})
