import {
  type Chained,
  type Condition,
  type Filter,
  fitsSpan,
  plain,
  type Reverse,
  readDate,
  targetOf,
} from '@sokhoe/fhir/query'
import type { Reach } from '../../../identity/index.ts'
import { needFew, ofDirectory } from './directory.ts'
import { addressOf, type Item } from './item.ts'
import { isOfPersons, valuesOf } from './means.ts'
import { resolveAll } from './resolve.ts'
import type { Scene } from './scene.ts'

/** What a search looks at: what may be seen, and under which address it stands. */
export interface Ground {
  readonly scene: Scene
  readonly base: string
  /** As of when the directory is read; undefined: now. */
  readonly at: number | undefined
  /** How far it is seen into the records of others, whose resources come along; learnt while they are looked for. */
  readonly others: Map<number, Reach>
}

type Quick = (item: Item) => boolean

function lastUpdated({ alternatives }: Filter, now: Date): Quick {
  const asked = alternatives
    .map((written) => readDate(written))
    .flatMap((read) => (read.ok ? [read.value] : []))
  return ({ at }) => asked.some((one) => fitsSpan({ from: at, to: at + 1 }, one, now))
}

function byId({ alternatives }: Filter): Quick {
  const ids = new Set(alternatives.map(plain))
  return (item) => ids.has(item.id())
}

/** What the directory of the record already tells, without the text. */
function quickly(filter: Filter, now: Date): Quick | undefined {
  if (filter.modifier !== undefined) return undefined
  if (filter.parameter.name === '_lastUpdated') return lastUpdated(filter, now)
  return filter.parameter.name === '_id' ? byId(filter) : undefined
}

const hasLetter = (needle: string): boolean => /[a-z]/.test(needle)

/** A text that holds none of the codes asked for is not even parsed. */
function holds(needles: readonly string[]): Quick {
  if (!needles.some(hasLetter)) {
    // digits have no case: the bytes are looked through as they are
    const plain = needles.map((needle) => Buffer.from(needle))
    return (item) => plain.some((needle) => item.bytes().includes(needle))
  }
  return (item) => {
    const text = item.bytes().toString('latin1').toLowerCase()
    return needles.some((needle) => text.includes(needle))
  }
}

const isFilter = (condition: Condition): condition is Filter => condition.kind === 'filter'

/** The filters that cost least come first. */
function sieve(filters: readonly Filter[], now: Date): Quick {
  const quick = filters.map((filter) => quickly(filter, now))
  const rest = filters.filter((_, i) => quick[i] === undefined)
  const steps = [
    ...quick.filter((step) => step !== undefined),
    ...rest.flatMap(({ needles }) => (needles ? [holds(needles)] : [])),
    ...rest.map(
      ({ test }): Quick =>
        (item) =>
          test(item.resource()),
    ),
  ]
  return (item) => steps.every((step) => step(item))
}

/** Where one parameter of a resource points, as 'Type/id'. */
export const targetsIn = (item: Item, parameter: string, base: string): string[] =>
  valuesOf(item.resource(), parameter)
    .map((found) => targetOf(found, base))
    .filter((target) => target !== undefined)

async function throughChain(
  ground: Ground,
  items: readonly Item[],
  { parameter, inner }: Chained,
): Promise<Item[]> {
  const pointing = items.map((item) => ({ item, targets: targetsIn(item, parameter.name, ground.base) }))
  const found = await resolveAll(
    ground,
    pointing.flatMap(({ targets }) => targets),
  )
  const fitting = new Set<string>()
  for (const [type, condition] of inner) {
    const ofType = [...found.values()].filter((item) => item.type === type)
    for (const item of await evaluate(ground, ofType, [condition])) fitting.add(addressOf(item))
  }
  return pointing
    .filter(({ targets }) => targets.some((target) => fitting.has(target)))
    .map(({ item }) => item)
}

/**
 * Whatever of a type may point at something: of the persons who were asked about, or of the directory.
 * @throws {Problem} fhir.too-costly
 */
export async function allOfType({ scene, at }: Ground, type: string): Promise<readonly Item[]> {
  const { ctx, items } = scene
  if (isOfPersons(type)) return [...items.values()].filter((item) => item.type === type)
  return needFew(await ofDirectory(ctx, type, undefined, at))
}

async function throughReverse(
  ground: Ground,
  items: readonly Item[],
  { type, parameter, inner }: Reverse,
): Promise<Item[]> {
  const { alike } = ground.scene
  const pointing = await allOfType(ground, type)
  const pointed = new Set<string>()
  for (const item of await evaluate(ground, pointing, [inner]))
    for (const target of targetsIn(item, parameter.name, ground.base)) {
      pointed.add(target)
      for (const other of alike.get(target) ?? []) pointed.add(other)
    }
  return items.filter((item) => pointed.has(addressOf(item)))
}

/** Which of these resources of one type meet all conditions, in the order given. */
export async function evaluate(
  ground: Ground,
  items: readonly Item[],
  conditions: readonly Condition[],
): Promise<readonly Item[]> {
  let left = items.filter(sieve(conditions.filter(isFilter), ground.scene.ctx.now()))
  for (const condition of conditions) {
    if (left.length === 0) return left
    if (condition.kind === 'chained') left = await throughChain(ground, left, condition)
    if (condition.kind === 'reverse') left = await throughReverse(ground, left, condition)
  }
  return left
}
