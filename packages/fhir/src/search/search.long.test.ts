import { expect, test } from 'vitest'
import { exampleNames } from '../../test/invariants.ts'
import { compareParameters } from '../../test/parameters.ts'

test('every parameter selects what another implementation reads in its expression, on every example', () => {
  const { asked, found, differences } = compareParameters(
    exampleNames().filter((name) => !name.startsWith('package')),
  )
  expect(differences).toEqual([])
  expect(asked).toBeGreaterThan(60_000)
  expect(found).toBeGreaterThan(40_000)
}, 300_000)
