import { expect, test } from 'vitest'
import { exampleNames, faultsIn, WRONG } from '../../test/examples.ts'

/** Definitions are most of the examples and all of one kind: the long test has them too. */
const isData = (name: string): boolean =>
  !/^(?:StructureDefinition|ValueSet|CodeSystem|SearchParameter|ConceptMap|OperationDefinition|Bundle-[a-z0-9]+s)\b/.test(
    name,
  )

test('the official examples are valid, but for those that break the rules themselves', () => {
  const names = exampleNames.filter(isData)
  expect(faultsIn(names)).toEqual(Object.fromEntries(Object.entries(WRONG).filter(([name]) => isData(name))))
  expect(names.length).toBeGreaterThan(700)
})
