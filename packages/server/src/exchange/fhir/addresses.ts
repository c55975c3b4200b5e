import type { Interaction } from './answer.ts'

const OF_ONE = /^([A-Z][A-Za-z]+)\/:id$/
const OF_ALL = /^:type\/([^:/]+)$/

/**
 * A type with an address of its own for its resources (`ValueSet/:id`) would take what lies beside them for all types
 * (`:type/_history`) for an id: these are put beside it under its own name.
 */
export function withoutGaps(all: readonly Interaction[]): readonly Interaction[] {
  const taken = new Set(all.map(({ method, path }) => `${method} ${path}`))
  const types = new Map(
    all.flatMap(({ method, path }) => {
      const type = OF_ONE.exec(path)?.[1]
      return type === undefined ? [] : [[`${method} ${type}`, { method, type }] as const]
    }),
  )
  const beside = [...types.values()].flatMap(({ method, type }) =>
    all
      .filter((other) => other.method === method && OF_ALL.test(other.path))
      .map(
        (other): Interaction => ({
          ...other,
          path: other.path.replace(':type', type),
          run: (ask) => other.run({ ...ask, params: { ...ask.params, type } }),
        }),
      ),
  )
  return [...all, ...beside.filter(({ method, path }) => !taken.has(`${method} ${path}`))]
}
