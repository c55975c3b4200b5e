import { isInPatientCompartment, searchParametersOf } from '@sokhoe/fhir/search'
import { resourceTypes } from '@sokhoe/fhir/validate'

export interface Searched {
  readonly name: string
  readonly definition?: string
  readonly type: string
  readonly documentation?: string
}

/** Types that are searched at an address of their own, by less. */
const ONLY: Readonly<Record<string, readonly string[]>> = { Subscription: ['_id', 'status'] }

/** A place within a distance: no positions are compared here. */
const isAnswered = (type: string): boolean => type !== 'special'

const SOURCE: Searched = {
  name: '_source',
  type: 'uri',
  documentation: 'Who stated it: meta.source',
}

/** Every parameter by which a type is searched. */
export function searchedBy(type: string): Searched[] {
  const only = ONLY[type]
  const all = [...searchParametersOf(type).values()]
    .filter((each) => isAnswered(each.type))
    .map(({ name, url, type: kind }) => ({ name, definition: url, type: kind }))
  if (only) return all.filter(({ name }) => only.includes(name))
  return all.some(({ name }) => name === SOURCE.name) ? all : [...all, SOURCE]
}

interface Pointing {
  readonly from: string
  readonly name: string
  readonly targets: readonly string[]
}

let known: readonly Pointing[] | undefined

/** Every parameter that points at something, looked up when somebody first asks what the server does. */
function pointings(): readonly Pointing[] {
  known ??= resourceTypes
    .filter((from) => !ONLY[from])
    .flatMap((from) =>
      [...searchParametersOf(from).values()].flatMap(({ name, type, target }) =>
        type === 'reference' ? [{ from, name, targets: target ?? [] }] : [],
      ),
    )
  return known
}

/** What may be brought along with a type: '*' for all it refers to, and each reference by its parameter. */
export const includes = (type: string): string[] =>
  ONLY[type]
    ? []
    : ['*', ...pointings().flatMap(({ from, name }) => (from === type ? [`${from}:${name}`] : []))]

/** A parameter that may point at almost anything is covered by '*'. */
const MOST_TARGETS = 20

/** What persons' records say of the directory is not looked for in all records. */
const isReached = (from: string, type: string): boolean =>
  isInPatientCompartment(type) || !isInPatientCompartment(from)

/** What may be brought along since it refers to a type. */
export const revincludes = (type: string): string[] =>
  ONLY[type]
    ? []
    : [
        '*',
        ...pointings().flatMap(({ from, name, targets }) =>
          targets.length <= MOST_TARGETS && targets.includes(type) && isReached(from, type)
            ? [`${from}:${name}`]
            : [],
        ),
      ]
