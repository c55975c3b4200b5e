import { type Follow, isRecord, pointed, type Wishes } from '@sokhoe/fhir/query'
import { hasScope } from '../answer.ts'
import { allOfType, type Ground, targetsIn } from './evaluate.ts'
import { addressOf, type Item, placeOf } from './item.ts'
import { resolveAll } from './resolve.ts'

/** What one answer brings along at most. */
export const MOST_INCLUDED = 2000
const MOST_ROUNDS = 5

/** Every reference in a resource, wherever it stands. */
function referencesIn(value: unknown, found: Set<string>, base: string): void {
  if (Array.isArray(value)) for (const each of value) referencesIn(each, found, base)
  else if (isRecord(value)) {
    const { reference } = value
    if (typeof reference === 'string') {
      const { type, id } = pointed(reference, base)
      if (type !== undefined && id !== undefined) found.add(`${type}/${id}`)
    }
    for (const each of Object.values(value)) referencesIn(each, found, base)
  }
}

function allTargets(item: Item, base: string): string[] {
  const found = new Set<string>()
  referencesIn(item.resource(), found, base)
  return [...found]
}

const isOf = ({ source }: Follow, { type }: Item): boolean => source === '*' || source === type

const targetsOf = (item: Item, { parameter }: Follow, base: string): string[] =>
  parameter === '*' ? allTargets(item, base) : targetsIn(item, parameter, base)

async function forward(ground: Ground, from: readonly Item[], follow: Follow): Promise<Item[]> {
  const targets = from
    .filter((item) => isOf(follow, item))
    .flatMap((item) => targetsOf(item, follow, ground.base))
    .filter((target) => follow.target === undefined || target.startsWith(`${follow.target}/`))
  return [...(await resolveAll(ground, targets)).values()]
}

/** Of the persons who were asked about, or of the directory: what points at what was found. */
async function backward(ground: Ground, to: readonly Item[], follow: Follow): Promise<Item[]> {
  const { ctx, items, alike } = ground.scene
  const addresses = new Set(
    to
      .filter(({ type }) => follow.target === undefined || follow.target === type)
      .map(addressOf)
      .flatMap((address) => [address, ...(alike.get(address) ?? [])]),
  )
  const pointing = follow.source === '*' ? [...items.values()] : await allOfType(ground, follow.source)
  return pointing.filter(
    (item) =>
      (hasScope(ctx, item.type, 'r') || hasScope(ctx, item.type, 's')) &&
      targetsOf(item, follow, ground.base).some((target) => addresses.has(target)),
  )
}

async function once(
  ground: Ground,
  from: readonly Item[],
  { include, revinclude }: Pick<Wishes, 'include' | 'revinclude'>,
): Promise<Item[]> {
  const found = await Promise.all([
    ...include.map((follow) => forward(ground, from, follow)),
    ...revinclude.map((follow) => backward(ground, from, follow)),
  ])
  return found.flat()
}

export interface Included {
  readonly items: readonly Item[]
  /** There would have been more. */
  readonly cut: boolean
}

/** What comes with the resources that were found: each once, and none that was found itself. */
export async function includedWith(
  ground: Ground,
  matches: readonly Item[],
  wishes: Pick<Wishes, 'include' | 'revinclude'>,
): Promise<Included> {
  const known = new Set(matches.map(placeOf))
  const included: Item[] = []
  const again = {
    include: wishes.include.filter(({ iterate }) => iterate),
    revinclude: wishes.revinclude.filter(({ iterate }) => iterate),
  }
  let [from, which, rounds] = [matches, wishes, 0]
  while (from.length > 0 && which.include.length + which.revinclude.length > 0 && rounds < MOST_ROUNDS) {
    const fresh: Item[] = []
    for (const item of await once(ground, from, which))
      if (!known.has(placeOf(item))) {
        known.add(placeOf(item))
        fresh.push(item)
      }
    included.push(...fresh)
    if (included.length > MOST_INCLUDED) return { items: included.slice(0, MOST_INCLUDED), cut: true }
    from = fresh
    which = again
    rounds += 1
  }
  return { items: included, cut: false }
}
