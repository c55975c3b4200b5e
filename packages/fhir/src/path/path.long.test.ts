import { expect, test } from 'vitest'
import { compareOn, exampleNames, readInvariants, type Tally } from '../../test/invariants.ts'

test('every R4 invariant answers as another implementation does, on every example', () => {
  const invariants = readInvariants()
  const tally: Tally = { asked: 0, refused: new Set(), differences: [] }
  for (const name of exampleNames()) compareOn(name, invariants, tally)
  expect([...tally.refused].sort()).toEqual(['ctm-1', 'dom-3', 'eld-16', 'eld-19', 'eld-20'])
  // `answer is Boolean`, taken by the letter, could never be true of an element
  expect([...new Set(tally.differences.map(({ key }) => key))]).toEqual(['que-7'])
  expect(tally.asked).toBeGreaterThan(1_000_000)
}, 600_000)
