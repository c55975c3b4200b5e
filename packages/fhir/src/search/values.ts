import { type Compiled, compiledOf } from './parameters.ts'
import { follow, isObject, type SearchValue, type Way } from './way.ts'

type Resource = Readonly<Record<string, unknown>>

/** A resource within another tells its own type. */
const typed = (value: unknown, type: string): string =>
  type === 'Resource' && isObject(value) && typeof value['resourceType'] === 'string'
    ? value['resourceType']
    : type

function gather(ways: readonly Way[], from: unknown, root: Resource): SearchValue[] {
  const found: SearchValue[] = []
  for (const way of ways)
    follow(way, from, root, (value) => found.push({ value, type: typed(value, way.type) }))
  return found
}

/** `deceased.exists() and deceased != false`: also a date of death says yes. */
const isDeceased = ({ deceasedBoolean, deceasedDateTime }: Resource): boolean =>
  deceasedDateTime !== undefined || deceasedBoolean === true

function parameterOf(resource: unknown, name: string): [Resource, Compiled] | undefined {
  if (!isObject(resource)) return undefined
  const type = resource['resourceType']
  const parameter = typeof type === 'string' ? compiledOf(type).get(name) : undefined
  return parameter && [resource, parameter]
}

/**
 * The values that a parameter's expression selects in a resource, in the order of the expression, numbers as written.
 * Of a composite: the elements that its parts are taken from.
 *
 * @returns empty where the resource's type has no such parameter
 */
export function searchValues(resource: unknown, name: string): SearchValue[] {
  const found = parameterOf(resource, name)
  if (!found) return []
  const [root, { ways }] = found
  if (ways[0]?.computed === 'deceased') return [{ value: isDeceased(root), type: 'boolean' }]
  return gather(ways, root, root)
}

/**
 * What a composite parameter is matched against: for each element that it looks at, the values of each part.
 * A resource matches where one element has a fitting value for every part.
 */
export function compositeValues(resource: unknown, name: string): SearchValue[][][] {
  const found = parameterOf(resource, name)
  if (!found) return []
  const [root, { ways, components = [] }] = found
  return gather(ways, root, root).map(({ value }) => components.map((part) => gather(part.ways, value, root)))
}
