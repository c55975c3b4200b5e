import { isResourceType, resourceTypes } from '@sokhoe/fhir/validate'
import type { Interaction, Method } from '../answer.ts'

/** What the door does, read from the addresses at which it really answers. */

type At = Pick<Interaction, 'method' | 'path'>

/** FHIR's names for what is done at an address below a type. */
const OF_TYPE: Readonly<Record<string, string>> = {
  'GET :type/:id': 'read',
  'GET :type/:id/_history/:version': 'vread',
  'PUT :type/:id': 'update',
  'PATCH :type/:id': 'patch',
  'DELETE :type/:id': 'delete',
  'GET :type/:id/_history': 'history-instance',
  'GET :type/_history': 'history-type',
  'POST :type': 'create',
  'GET :type': 'search-type',
}

const OF_SYSTEM: Readonly<Record<string, readonly string[]>> = {
  'POST ': ['transaction', 'batch'],
  'GET _history': ['history-system'],
  'GET ': ['search-system'],
}

const keyOf = ({ method, path }: At): string => `${method} ${path}`

const general = (path: string, type: string): string =>
  path === type || path.startsWith(`${type}/`) ? path.replace(type, ':type') : path

/** A type that is created at an address of its own has nothing to do with those of all types. */
const isApart = (all: readonly At[], type: string): boolean =>
  all.some(({ method, path }) => method === 'POST' && path === type)

function keysOf(all: readonly At[], type: string): Set<string> {
  const ours = all.filter(({ path }) => path === type || path.startsWith(`${type}/`))
  const shared = isApart(all, type) ? [] : all.filter(({ path }) => path.startsWith(':type'))
  return new Set([...ours, ...shared].map(({ method, path }) => keyOf({ method, path: general(path, type) })))
}

export interface Listed {
  readonly type: string
  /** In the words of FHIR's type-restful-interaction. */
  readonly interactions: readonly string[]
  readonly conditionalUpdate: boolean
  readonly conditionalDelete: boolean
}

/** Every resource type with what is done with it. */
export const listTypes = (all: readonly At[]): Listed[] =>
  resourceTypes.map((type) => {
    const keys = keysOf(all, type)
    return {
      type,
      interactions: Object.entries(OF_TYPE).flatMap(([key, name]) => (keys.has(key) ? [name] : [])),
      conditionalUpdate: keys.has('PUT :type'),
      conditionalDelete: keys.has('DELETE :type'),
    }
  })

export const listSystem = (all: readonly At[]): string[] => all.flatMap((at) => OF_SYSTEM[keyOf(at)] ?? [])

export interface Operation {
  /** Of no type: of the whole server. */
  readonly type: string | undefined
  readonly name: string
  readonly methods: readonly Method[]
}

const OPERATION = /^(?:([A-Z][A-Za-z]+|:type)\/)?(?::id\/)?\$([a-z-]+)$/

/** Operations of all types, of one, and of the server: each once, wherever it is called. */
export function listOperations(all: readonly At[]): Operation[] {
  const found = new Map<string, Operation>()
  for (const { method, path } of all) {
    const [, place, name] = OPERATION.exec(path) ?? []
    if (name === undefined || (place !== undefined && place !== ':type' && !isResourceType(place))) continue
    const key = `${place} ${name}`
    const methods = [...new Set([...(found.get(key)?.methods ?? []), method])]
    found.set(key, { type: place, name, methods })
  }
  return [...found.values()]
}
