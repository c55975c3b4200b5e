import {
  type Condition,
  type Means,
  type Pair,
  type Query,
  type QueryFault,
  readQuery,
} from '@sokhoe/fhir/query'
import { patientsOf } from '@sokhoe/fhir/search'
import type { Context } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
import { Problem, type ProblemCode } from '../../../platform/problem.ts'
import { needScope } from '../answer.ts'
import { issues, type OutcomeIssue } from '../outcome.ts'
import { tooCostly } from './costly.ts'
import { needFew, ofDirectory } from './directory.ts'
import { evaluate, type Ground } from './evaluate.ts'
import type { Item } from './item.ts'
import { isOfPersons, meansFor } from './means.ts'
import { isForged, type Narrowed, NOBODY, narrowByWhatIsNamed } from './narrow.ts'
import type { Place } from './page.ts'
import { openScene, type Scene, type Then } from './scene.ts'
import { type Crowd, crowdFor, MOST_PERSONS, narrowWidely } from './wide.ts'

/** A search as it came, its types known to be types. */
export interface Asked {
  readonly ctx: Context
  readonly base: string
  readonly types: readonly string[]
  readonly pairs: readonly Pair[]
  /** Whose compartment; 'nobody' for an id that is no Patient's. */
  readonly within?: number | 'nobody'
  /** Unknown parameters refuse. */
  readonly strict: boolean
  /** A page that follows. */
  readonly from?: Place
  /** Asked by the house itself for a deed that the token opens: only what the asking facility stated is found. */
  readonly ownOnly?: boolean
}

/** What was found, all of it, of those that may be seen. */
export interface Findings {
  readonly query: Query
  readonly ground: Ground
  readonly matches: readonly Item[]
  /** Patients whom the search itself names, as far as anything of them may be seen. */
  readonly about: readonly number[]
  /** Patients whom it names and of whom nothing may be seen. */
  readonly hidden: readonly number[]
  /** What of the directory was looked at; null: all of the type. */
  readonly nos: readonly number[] | null
}

/** More persons than are opened at once: they are looked at in turn. */
export interface InTurn {
  readonly query: Query
  readonly crowd: Crowd
  /** What some of them have that fits, as of a time. */
  readonly look: (patientIds: readonly number[], at: Date) => Promise<Pick<Findings, 'ground' | 'matches'>>
}

const CODES: Readonly<Record<QueryFault['code'], ProblemCode>> = {
  invalid: 'fhir.malformed',
  'not-supported': 'fhir.not-supported',
  'too-costly': 'fhir.too-costly',
  'too-long': 'fhir.malformed',
}

const issueOf = ({ code, parameter, text }: QueryFault): OutcomeIssue => ({
  ...{ severity: 'error', code, text: parameter === '' ? text : `${parameter} ${text}` },
  ...(parameter !== '' && { expression: `http.${parameter}` }),
})

function needSound({ faults, unknown }: Query, strict: boolean): void {
  const unknowns = strict ? unknown : []
  const all: QueryFault[] = [
    ...faults,
    ...unknowns.map((parameter) => ({
      ...{ code: 'not-supported' as const, parameter },
      text: parameter === '' ? 'A parameter is not known here' : 'is not known here',
    })),
  ]
  const [first] = all
  if (first) throw new Problem(CODES[first.code], { more: issues(all.slice(0, 20).map(issueOf)) })
}

const TOO_LITTLE =
  'This would search the whole city. Add whose it is (patient, subject, encounter, _id), an identifier, for Patient a whole part of the name with the whole birthdate, a code with its system and days, or _lastUpdated'
const TOO_MANY =
  'More persons fit than one search looks at. Add whose it is, an identifier, or ask for fewer days'

const together = (all: readonly Narrowed[]): Narrowed => ({
  patientIds: [...new Set(all.flatMap(({ patientIds }) => patientIds))],
  named: [...new Set(all.flatMap(({ named }) => named))],
  nos: [...new Set(all.flatMap(({ nos }) => nos))],
})

/** By type; undefined: the whole directory of it. */
type Narrowing = ReadonlyMap<string, Narrowed | undefined>

/** @throws {Problem} fhir.too-costly */
async function narrow(
  { ctx, base }: Asked,
  type: string,
  conditions: readonly Condition[],
): Promise<Narrowed | { readonly crowd: Crowd } | undefined> {
  const open = (patientIds: readonly number[]) => openFor(ctx, { patientIds })
  const named = await narrowByWhatIsNamed({ ctx, base, type, open }, conditions)
  if (named || !isOfPersons(type)) return named
  const wide = await narrowWidely(ctx, type, conditions)
  if (!wide && isForged({ ctx, base, type }, conditions)) return NOBODY
  if (!wide) throw tooCostly(TOO_LITTLE)
  return 'crowd' in wide ? wide : { patientIds: wide.patientIds, named: [], nos: [] }
}

/** As the first page has narrowed it, or by whose compartment it is. */
function narrowedBefore({ from, within, types }: Asked): Narrowing | undefined {
  if (from) {
    const of = { patientIds: from.marks.map(([patientId]) => patientId), named: [], nos: from.nos ?? [] }
    return new Map(types.map((type) => [type, from.nos || isOfPersons(type) ? of : undefined]))
  }
  if (within === undefined) return undefined
  const patientIds = within === 'nobody' ? [] : [within]
  return new Map(types.map((type) => [type, { patientIds, named: patientIds, nos: [] }]))
}

async function narrowAll(asked: Asked, query: Query): Promise<Narrowing | { readonly crowd: Crowd }> {
  const before = narrowedBefore(asked)
  if (before) return before
  const narrowed = new Map<string, Narrowed | undefined>()
  for (const [type, conditions] of query.conditions) {
    const one = await narrow(asked, type, conditions)
    if (one && 'crowd' in one) {
      if (asked.types.length > 1) throw tooCostly(TOO_MANY)
      return one
    }
    narrowed.set(type, one)
  }
  return narrowed
}

/** No home is that high: who asks for nobody waits as long as who asks for somebody whom she may not see. */
const DECOY = 2 ** 40 * 4096

function openFor(
  ctx: Context,
  { patientIds }: Pick<Narrowed, 'patientIds'>,
  from?: Place | undefined,
): Promise<Scene> {
  if (patientIds.length > MOST_PERSONS && !from) throw tooCostly(TOO_MANY)
  const then: Then = from ? { marks: new Map(from.marks) } : {}
  return openScene(ctx, patientIds.length === 0 ? [DECOY] : patientIds, then)
}

const isOwn =
  ({ actor }: Context) =>
  ({ source }: Item): boolean =>
    actor.kind === 'client' && actor.facility === source

async function candidates(
  { ctx, from, ownOnly = false }: Asked,
  { items }: Scene,
  type: string,
  narrowed: Narrowed | undefined,
): Promise<Item[]> {
  const ofPersons = [...items.values()].filter((item) => item.type === type)
  // a Patient has a shelf
  const mayLieElsewhere =
    type !== 'Patient' && (!narrowed || narrowed.nos.length > 0 || narrowed.tokens !== undefined)
  const directory = mayLieElsewhere ? needFew(await ofDirectory(ctx, type, narrowed, from?.at)) : []
  const all = [...ofPersons, ...directory]
  return ownOnly ? all.filter(isOwn(ctx)) : all
}

/** Whether a resource belongs to the compartment: it stands on the person's shelf, or speaks of her. */
function isWithin({ ctx, reaches, alike }: Scene, within: Asked['within']): (item: Item) => boolean {
  if (typeof within !== 'number') return () => true
  const reach = reaches.get(within)
  const shelves = reach?.all ? reach.patientIds : [within]
  const her = `Patient/${publicId(ctx.keys.id, { patientId: within, no: 0 })}`
  const names = alike.get(her) ?? new Set([her])
  return (item) =>
    shelves.includes(item.patientId) || patientsOf(item.resource()).some((reference) => names.has(reference))
}

interface Prepared {
  readonly query: Query
  /** Learns while the search goes on which references mean the same person. */
  readonly alike: Map<string, ReadonlySet<string>>
}

/** @throws {Problem} fhir.scope, fhir.malformed, fhir.not-supported, fhir.too-costly */
function prepare({ ctx, base, types, pairs, strict, ownOnly = false }: Asked): Prepared {
  if (!ownOnly) for (const type of types) needScope(ctx, type, 's')
  const alike = new Map<string, ReadonlySet<string>>()
  const means: Means = meansFor(base, ctx.now(), alike)
  const query = readQuery(types, pairs, means)
  needSound(query, strict)
  for (const type of typesFollowed(query)) needScope(ctx, type, 's')
  needWithinPersons(query)
  return { query, alike }
}

function learn({ alike }: Prepared, scene: Scene): void {
  for (const [reference, same] of scene.alike) alike.set(reference, same)
}

async function findIn(asked: Asked, prepared: Prepared, narrowing: Narrowing): Promise<Findings> {
  const { ctx, base, from, within } = asked
  const { query } = prepared
  const all = together([...narrowing.values()].filter((one) => one !== undefined))
  const [first] = [...narrowing.values()]
  const along = narrowing.size === 1 && !from ? first?.opened?.scene : undefined
  const scene = along ?? (await openFor(ctx, all, from))
  learn(prepared, scene)
  const ground = { scene, base, at: from?.at, others: new Map() }
  const matches: Item[] = []
  const looked = new Set<number>()
  for (const [type, conditions] of query.conditions) {
    const some = await candidates(asked, scene, type, narrowing.get(type))
    for (const { patientId, no } of some) if (patientId === 0) looked.add(no)
    const fitting = await evaluate(ground, some, conditions)
    matches.push(...fitting.filter(isWithin(scene, within)))
  }
  const hidden = all.named.filter((patientId) => scene.hidden.includes(patientId))
  const about = all.named.filter((patientId) => !scene.hidden.includes(patientId))
  const isScanned = [...narrowing.values()].some((one) => one === undefined)
  return { query, ground, matches, about, hidden, nos: isScanned ? null : [...looked] }
}

const inTurn = (asked: Asked, prepared: Prepared, crowd: Crowd): InTurn => ({
  query: prepared.query,
  crowd,
  look: async (patientIds, asOf) => {
    const { ctx, base } = asked
    const scene = await openScene(ctx, patientIds, { asOf })
    learn(prepared, scene)
    const ground = { scene, base, at: asOf.getTime(), others: new Map() }
    const matches: Item[] = []
    for (const [type, conditions] of prepared.query.conditions) {
      const some = await candidates(asked, scene, type, { patientIds, named: [], nos: [] })
      // of a person's other Patients it is told when their turn comes
      const turn = some.filter(({ patientId }) => patientIds.includes(patientId))
      matches.push(...(await evaluate(ground, turn, conditions)))
    }
    return { ground, matches }
  },
})

/**
 * Everything that a search finds, before it is put in order and cut into pages; or, of more persons than are opened at
 * once, how to look at them in turn.
 * @throws {Problem} fhir.scope, fhir.malformed, fhir.not-supported, fhir.too-costly
 */
export async function findOrInTurn(asked: Asked): Promise<Findings | InTurn> {
  const prepared = prepare(asked)
  const [[type = '', conditions = []] = []] = prepared.query.conditions
  if (asked.from?.inTurn) {
    const crowd = crowdFor(asked.ctx, type, conditions)
    if (crowd) return inTurn(asked, prepared, crowd)
  }
  const narrowing = await narrowAll(asked, prepared.query)
  return 'crowd' in narrowing
    ? inTurn(asked, prepared, narrowing.crowd)
    : await findIn(asked, prepared, narrowing)
}

/**
 * The same where nobody can look at persons in turn.
 * @throws {Problem} fhir.too-costly besides: more persons than are opened at once
 */
export async function find(asked: Asked): Promise<Findings> {
  const found = await findOrInTurn(asked)
  if ('crowd' in found) throw tooCostly(TOO_MANY)
  return found
}

function* typesIn(condition: Condition): Generator<string> {
  if (condition.kind === 'reverse') {
    yield condition.type
    yield* typesIn(condition.inner)
  }
  if (condition.kind === 'chained') for (const inner of condition.inner.values()) yield* typesIn(inner)
}

/** What persons' records hold points at the directory from everywhere: who of the city, is not looked for. */
function needWithinPersons({ conditions, wishes }: Query): void {
  const types = [...conditions.keys()]
  if (types.some(isOfPersons)) return
  const reverse = [...conditions.values()].flat().filter((condition) => condition.kind === 'reverse')
  if (
    [...reverse.map(({ type }) => type), ...wishes.revinclude.map(({ source }) => source)].some(isOfPersons)
  )
    throw tooCostly(
      'What points here from persons’ records is found inside one person: search that type with patient',
    )
}

/** Which types are asked about besides those that are found: a reverse chain tells of them. */
function typesFollowed({ conditions }: Query): Set<string> {
  return new Set([...conditions.values()].flat().flatMap((condition) => [...typesIn(condition)]))
}
