import { above, conceptOf, find } from './find.ts'
import type { Concept, Include, System, ValueSet } from './system.ts'
import { systemOf, type Which } from './systems.ts'

/** One code of an expansion, with the system it is from. */
export interface Chosen {
  readonly system: System
  readonly concept: Concept
}

export interface Filter {
  /** Beginning of a code, or words of a name; default all. */
  readonly text?: string | undefined
  /** Decides the version of a system where the set names none. */
  readonly day: string
}

/** @returns undefined for a system or version that is not here */
const systemIn = ({ system, version }: Include, day: string): System | undefined =>
  systemOf(system, { version, day } satisfies Which)

const isUnder = (system: System, code: string, top: string): boolean =>
  code === top || above(system, code).includes(top)

/** Whether a concept is chosen by this part of a value set. */
function isIncluded(include: Include, system: System, { code, heading }: Concept): boolean {
  if (include.codes) return include.codes.includes(code)
  if (heading) return false
  return include.under === undefined || isUnder(system, code, include.under)
}

function conceptsOf(include: Include, system: System, text: string): readonly Concept[] {
  const { codes } = include
  if (!codes) return find(system, text).filter((concept) => isIncluded(include, system, concept))
  const listed = [...new Set(codes)].flatMap((code) => conceptOf(system, code) ?? [])
  if (text === '') return listed
  const found = new Set(find(system, text))
  return listed.filter((concept) => found.has(concept))
}

/** Systems of a value set that are not here, by address. */
export const missingSystems = ({ include }: Pick<ValueSet, 'include'>, day: string): string[] =>
  include.flatMap((part) => (systemIn(part, day) ? [] : [part.system]))

/** What a value set holds, in its order, or what of it a text finds. Codes of systems that are not here are left out. */
export function expand({ include }: Pick<ValueSet, 'include'>, { text = '', day }: Filter): Chosen[] {
  return include.flatMap((part) => {
    const system = systemIn(part, day)
    if (!system) return []
    return conceptsOf(part, system, text).map((concept) => ({ system, concept }))
  })
}

/** The concept of that system and code, where the value set holds it. */
export function chosen(
  { include }: Pick<ValueSet, 'include'>,
  {
    system: url,
    code,
    day,
  }: { readonly system: string | undefined; readonly code: string; readonly day: string },
): Chosen | undefined {
  for (const part of include) {
    const system = systemIn(part, day)
    if (!system || (url !== undefined && !isCalled(system, url))) continue
    const concept = conceptOf(system, code)
    if (concept && isIncluded(part, system, concept)) return { system, concept }
  }
  return undefined
}

/** Whether a system goes by that address. */
export const isCalled = ({ url, aliases = [] }: System, name: string): boolean =>
  url === name || aliases.includes(name)

export type Subsumption = 'equivalent' | 'subsumes' | 'subsumed-by' | 'not-subsumed'

/** How two codes of one system stand to each other; both must be in it. */
export function subsumption(system: System, a: string, b: string): Subsumption {
  if (a === b) return 'equivalent'
  if (above(system, b).includes(a)) return 'subsumes'
  return above(system, a).includes(b) ? 'subsumed-by' : 'not-subsumed'
}
