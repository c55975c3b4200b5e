import { type Condition, type Pair, type Query, type QueryFault, readQuery } from '@sokhoe/fhir/query'
import type { Context } from '../../../platform/context.ts'
import { Problem, type ProblemCode } from '../../../platform/problem.ts'
import { needScope } from '../answer.ts'
import { issues, type OutcomeIssue } from '../outcome.ts'
import { tooCostly } from './costly.ts'
import { needFew, ofDirectory } from './directory.ts'
import { evaluate, type Ground } from './evaluate.ts'
import type { Item } from './item.ts'
import { isOfPersons, meansFor } from './means.ts'
import { type Narrowed, narrowByWhatIsNamed } from './narrow.ts'
import type { Place } from './page.ts'
import { openScene, type Scene } from './scene.ts'
import { MOST_PERSONS, narrowWidely } from './wide.ts'

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

type Narrowing = ReadonlyMap<string, Narrowed | undefined>

/** @throws {Problem} fhir.too-costly */
async function narrow(
  { ctx, base }: Asked,
  type: string,
  conditions: readonly Condition[],
): Promise<Narrowed | undefined> {
  const named = await narrowByWhatIsNamed({ ctx, base, type }, conditions)
  if (named || !isOfPersons(type)) return named
  const wide = await narrowWidely(ctx, type, conditions)
  if (!wide) throw tooCostly(TOO_LITTLE)
  if (wide === 'too-many') throw tooCostly(TOO_MANY)
  return { patientIds: wide.patientIds, named: [], nos: [] }
}

async function narrowAll(asked: Asked, query: Query): Promise<Narrowing> {
  const { from, within } = asked
  if (from) {
    const of = { patientIds: from.marks.map(([patientId]) => patientId), named: [], nos: from.nos ?? [] }
    return new Map(asked.types.map((type) => [type, from.nos || isOfPersons(type) ? of : undefined]))
  }
  if (within !== undefined) {
    const patientIds = within === 'nobody' ? [] : [within]
    return new Map(asked.types.map((type) => [type, { patientIds, named: patientIds, nos: [] }]))
  }
  const narrowed = new Map<string, Narrowed | undefined>()
  for (const [type, conditions] of query.conditions) narrowed.set(type, await narrow(asked, type, conditions))
  return narrowed
}

/** No home is that high: who asks for nobody waits as long as who asks for somebody whom she may not see. */
const DECOY = 2 ** 40 * 4096

function openFor(ctx: Context, { patientIds }: Narrowed, from: Place | undefined): Promise<Scene> {
  if (patientIds.length > MOST_PERSONS && !from) throw tooCostly(TOO_MANY)
  return openScene(
    ctx,
    patientIds.length === 0 ? [DECOY] : patientIds,
    from && { marks: new Map(from.marks) },
  )
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

/** Learns while the search goes on which references mean the same person. */
const learning = (): Map<string, ReadonlySet<string>> => new Map()

/**
 * Everything that a search finds, before it is put in order and cut into pages.
 * @throws {Problem} fhir.scope, fhir.malformed, fhir.not-supported, fhir.too-costly
 */
export async function find(asked: Asked): Promise<Findings> {
  const { ctx, base, types, pairs, strict, from, ownOnly = false } = asked
  if (!ownOnly) for (const type of types) needScope(ctx, type, 's')
  const alike = learning()
  const query = readQuery(types, pairs, meansFor(base, ctx.now(), alike))
  needSound(query, strict)
  for (const type of typesFollowed(query)) needScope(ctx, type, 's')
  needWithinPersons(query)
  const narrowing = await narrowAll(asked, query)
  const all = together([...narrowing.values()].filter((one) => one !== undefined))
  const scene = await openFor(ctx, all, from)
  for (const [reference, same] of scene.alike) alike.set(reference, same)
  const ground = { scene, base, at: from?.at }
  const matches: Item[] = []
  const looked = new Set<number>()
  for (const [type, conditions] of query.conditions) {
    const some = await candidates(asked, scene, type, narrowing.get(type))
    for (const { patientId, no } of some) if (patientId === 0) looked.add(no)
    matches.push(...(await evaluate(ground, some, conditions)))
  }
  const hidden = all.named.filter((patientId) => scene.hidden.includes(patientId))
  const about = all.named.filter((patientId) => !scene.hidden.includes(patientId))
  const isScanned = [...narrowing.values()].some((one) => one === undefined)
  return { query, ground, matches, about, hidden, nos: isScanned ? null : [...looked] }
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
