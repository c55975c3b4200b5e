import { expect, test } from 'vitest'
import { exampleNames, faultsIn, WRONG } from '../../test/examples.ts'

test('all official examples are valid, but for those that break the rules themselves', () => {
  expect(faultsIn(exampleNames)).toEqual(WRONG)
  expect(exampleNames).toHaveLength(5305)
}, 300_000)
