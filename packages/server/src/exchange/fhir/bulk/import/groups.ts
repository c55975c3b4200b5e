import type { Context } from '../../../../platform/context.ts'
import { Problem } from '../../../../platform/problem.ts'
import { needScope } from '../../answer.ts'
import { type Place, type Refused, readLine, type Said } from './said.ts'
import type { Group } from './take.ts'

/** What others refer to comes first, so that it has its address when they come. */
const ORDER = [
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'HealthcareService',
  'Medication',
]

const rankOf = ([first]: Group): number => {
  const at = ORDER.indexOf(first.resource.resourceType)
  return at === -1 ? ORDER.length : at
}

const isTheirs = ([first]: Group): boolean => first.patient !== undefined

/** What is about nobody first, type by type, then one Patient after the other. */
export const inOrder = (groups: readonly Group[]): Group[] =>
  groups.toSorted((a, b) => Number(isTheirs(a)) - Number(isTheirs(b)) || rankOf(a) - rankOf(b))

/** Resources that stand with one Patient together; each that is about nobody by itself. */
export function groupsOf(all: readonly Said[]): Group[] {
  const found = new Map<string, [Said, ...Said[]]>()
  for (const said of all) {
    const key = said.patient ?? said.names[0]
    const group = found.get(key)
    if (group) group.push(said)
    else found.set(key, [said])
  }
  return [...found.values()]
}

/** Reads lines as far as the client may send what they hold. */
export function readLines(
  ctx: Context,
  lines: Iterable<readonly [Buffer, Place]>,
  refuse: (refused: Refused) => void,
): Said[] {
  const isOpen = (said: Said): boolean => {
    try {
      needScope(ctx, said.resource.resourceType, 'c')
      return true
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem
      refuse({ place: said.place, problem })
      return false
    }
  }
  const said: Said[] = []
  for (const [bytes, place] of lines) said.push(...readLine(bytes, place, refuse).filter(isOpen))
  return said
}

/** Groups in parts of about so many resources: what one transaction keeps. A new type of what is about nobody begins anew. */
export function* parts(groups: readonly Group[], most: number): Generator<Group[]> {
  let part: Group[] = []
  let n = 0
  for (const group of groups) {
    const [before] = part
    const isOther =
      before &&
      (isTheirs(before) !== isTheirs(group) || (!isTheirs(group) && rankOf(before) !== rankOf(group)))
    if (part.length > 0 && (isOther || n + group.length > most)) {
      yield part
      part = []
      n = 0
    }
    part.push(group)
    n += group.length
  }
  if (part.length > 0) yield part
}
