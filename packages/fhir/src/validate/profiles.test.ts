import { expect, test } from 'vitest'
import { compilePath } from '../path/index.ts'
import { definitionOf, invariantOf, isResourceType, keyOf, valueSetOf } from './definitions.ts'
import { type ProfileNode, profileOf, profiles } from './profiles.ts'

const CORE = 'http://hl7.org/fhir/StructureDefinition/'

const carried = profiles.map((url) => profileOf(url)).filter((profile) => profile !== undefined)

/** Every node with the type of its values; those below several types are left out. */
function* nodesIn(node: ProfileNode, type: string): Generator<readonly [ProfileNode, string]> {
  yield [node, type]
  for (const slice of Object.values(node.slices ?? {})) yield* nodesIn(slice, type)
  for (const [name, part] of Object.entries(node.parts ?? {})) {
    const element = definitionOf(type).elements.find(
      (each) => name === (each.choice ? `${each.name}[x]` : each.name),
    )
    expect(element, `${type} has ${name}`).toBeDefined()
    const [use, other] = element?.types ?? []
    if (use && !other && use.type !== 'Resource') yield* nodesIn(part, use.type)
  }
}

test('every profile speaks of elements that its type has, and of rules that can be asked', () => {
  const nodes = carried.flatMap(({ root, type }) => [...nodesIn(root, type)])
  for (const [{ invariants = [] }, type] of nodes)
    for (const name of invariants) compilePath(invariantOf(name).expression, type)
  expect(nodes.length).toBeGreaterThan(300)
})

test('what profiles refer to is carried, or is a type of R4, and their value sets can be listed', () => {
  const nodes = carried.flatMap(({ root, type }) => [...nodesIn(root, type)]).map(([node]) => node)
  const targets = nodes.flatMap(({ types = [] }) => types.flatMap((each) => each.targets ?? []))
  const strange = targets.filter((url) => !profileOf(url) && !isResourceType(url.slice(CORE.length)))
  expect([...new Set(strange)]).toEqual([`${CORE}Resource`].filter((url) => strange.includes(url)))
  for (const { binding } of nodes) if (binding) expect(valueSetOf(binding)?.size, binding).toBeGreaterThan(0)
})

test('a choice is named by its type', () => {
  const value = definitionOf('Observation').elements.find(({ name }) => name === 'value')
  const names = value?.types.map((use) => keyOf(value, use))
  expect(names).toContain('valueQuantity')
  expect(names).toContain('valueDateTime')
})
