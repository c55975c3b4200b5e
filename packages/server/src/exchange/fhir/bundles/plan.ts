import { Problem } from '../../../platform/problem.ts'
import { type Ask, needScope } from '../answer.ts'
import { ifMatch, needNoneMatch, needVersion } from '../interactions/conditions.ts'
import { type Found, find, needOwn } from '../interactions/find.ts'
import { conditionIn, type Matching, matchOf, readCondition } from '../interactions/matching.ts'
import { patched } from '../interactions/patch.ts'
import { needSameId } from '../interactions/update.ts'
import { issues } from '../outcome.ts'
import {
  asResource,
  type Deed,
  malformed,
  needSameType,
  needSmall,
  needType,
  needValid,
  readBody,
} from '../write/index.ts'
import { patchIn } from './patch.ts'
import { type Entry, inEntryLater } from './read.ts'

/** What a transaction does for one of its entries. */
export type Step =
  | {
      readonly entry: Entry
      readonly is: 'deed'
      readonly deed: Deed
      readonly unless?: Matching
      readonly status: number
    }
  /** What was to be created or changed is there already, or is made by an earlier entry. */
  | { readonly entry: Entry; readonly is: 'known'; readonly found: Found }
  | { readonly entry: Entry; readonly is: 'same'; readonly as: number }
  /** Nothing to delete. */
  | { readonly entry: Entry; readonly is: 'nothing' }
  /** Read once everything stands. */
  | { readonly entry: Entry; readonly is: 'reading' }

interface Address {
  readonly type: string
  readonly id: string | undefined
  readonly query: Ask['query']
}

/** @throws {Problem} fhir.not-supported: operations and searches by POST go by themselves */
function addressOf({ url }: Entry): Address {
  const at = url.indexOf('?')
  const [type = '', id, more] = (at === -1 ? url : url.slice(0, at)).split('/')
  if (more !== undefined || type.startsWith('$') || id?.startsWith('$') || id === '_search')
    throw new Problem('fhir.not-supported')
  needType(type)
  return {
    type,
    id: id === '' ? undefined : id,
    query: at === -1 ? [] : [...new URLSearchParams(url.slice(at + 1))],
  }
}

/** What entries of one transaction know of one another. */
interface Planning {
  readonly ask: Ask
  /** Entries that create on a condition, by the condition. */
  readonly creating: Map<string, number>
}

const nameOf = ({ type, condition }: Matching): string =>
  JSON.stringify([type, ...condition.map((pair) => pair.join('=')).toSorted()])

const urnOf = ({ fullUrl }: Entry): { urn?: string } => (fullUrl === undefined ? {} : { urn: fullUrl })

function resourceOf({ ask }: Planning, { resource }: Entry, type: string) {
  if (!resource) return malformed('An entry that writes needs its resource')
  needSameType(resource, type)
  needSmall(resource, ask.body?.length)
  needValid(resource)
  return resource
}

async function planCreate(planning: Planning, entry: Entry, { type, id }: Address): Promise<Step> {
  const { ask, creating } = planning
  if (id !== undefined) throw new Problem('fhir.not-allowed')
  needScope(ask.ctx, type, 'c')
  const resource = resourceOf(planning, entry, type)
  const deed = { kind: 'create', resource, entry: entry.at, ...urnOf(entry) } as const
  const condition = entry.conditions['if-none-exist']
  if (condition === undefined) return { entry, is: 'deed', deed, status: 201 }
  const matching = { type, condition: readCondition(condition) }
  const before = creating.get(nameOf(matching))
  if (before !== undefined) return { entry, is: 'same', as: before }
  const match = await matchOf(ask.ctx, ask.base, matching)
  const found = match && (await find(ask.ctx, { type, id: match.id, action: 'exchange.read' }))
  if (found) return { entry, is: 'known', found }
  creating.set(nameOf(matching), entry.at)
  return { entry, is: 'deed', deed, unless: matching, status: 201 }
}

/** What an entry names by id or by a condition, where it is there. */
async function targetOf(
  { ask }: Planning,
  entry: Entry,
  { type, id, query }: Address,
): Promise<Found | undefined> {
  const wanted = id ?? (await matchOf(ask.ctx, ask.base, { type, condition: conditionIn(query) }))?.id
  if (wanted === undefined) return undefined
  const found = await find(ask.ctx, { type, id: wanted, action: 'exchange.write' })
  if (!found) throw new Problem(entry.method === 'PUT' ? 'fhir.not-allowed' : 'fhir.not-found')
  needOwn(found)
  needVersion(ifMatch(entry.conditions['if-match']), found.versions[0])
  needNoneMatch(entry.conditions['if-none-match'], found.versions[0])
  return found
}

const versionFor = ({ conditions }: Entry): { ifVersion?: number } => {
  const ifVersion = ifMatch(conditions['if-match'])
  return ifVersion === undefined ? {} : { ifVersion }
}

async function planUpdate(planning: Planning, entry: Entry, address: Address): Promise<Step> {
  const { type, id, query } = address
  const { ctx } = planning.ask
  needScope(ctx, type, 'u')
  const resource = resourceOf(planning, entry, type)
  if (id !== undefined) needSameId(resource, id)
  const found = await targetOf(planning, entry, address)
  const of = { entry: entry.at, resource, ...urnOf(entry) }
  if (found) {
    if (resource.id !== undefined) needSameId(resource, found.id)
    const { key, restricted } = found
    const deed = { kind: 'update', key, restricted, ...versionFor(entry), ...of } as const
    return { entry, is: 'deed', deed, status: found.versions[0].deleted ? 201 : 200 }
  }
  if (resource.id !== undefined) throw new Problem('fhir.not-allowed')
  needScope(ctx, type, 'c')
  return {
    entry,
    is: 'deed',
    deed: { kind: 'create', ...of },
    unless: { type, condition: conditionIn(query) },
    status: 201,
  }
}

async function planPatch(planning: Planning, entry: Entry, address: Address): Promise<Step> {
  const { type } = address
  needScope(planning.ask.ctx, type, 'u')
  const operations = readBody(patchIn(entry.resource))
  const found = await targetOf(planning, entry, address)
  if (!found) throw new Problem('fhir.not-found')
  const [standing] = found.versions
  if (standing.deleted) throw new Problem('fhir.gone')
  const resource = asResource(patched(found, operations))
  if (resource.resourceType !== type || resource.id !== found.id)
    malformed('A patch changes neither the type nor the id of a resource')
  needSmall(resource)
  needValid(resource)
  const deed = {
    kind: 'update',
    key: found.key,
    restricted: found.restricted,
    resource,
    ifVersion: standing.version,
    entry: entry.at,
    ...urnOf(entry),
  } as const
  return { entry, is: 'deed', deed, status: 200 }
}

async function planDelete(planning: Planning, entry: Entry, address: Address): Promise<Step> {
  const { type } = address
  needScope(planning.ask.ctx, type, 'd')
  const found = await targetOf(planning, entry, address)
  if (!found || found.versions[0].deleted) return { entry, is: 'nothing' }
  const { key, restricted } = found
  const deed = { kind: 'delete', key, restricted, type, entry: entry.at, ...versionFor(entry) } as const
  return { entry, is: 'deed', deed, status: 204 }
}

const PLANS: Readonly<Record<string, (planning: Planning, entry: Entry, address: Address) => Promise<Step>>> =
  {
    POST: planCreate,
    PUT: planUpdate,
    PATCH: planPatch,
    DELETE: planDelete,
  }

/** In which order a transaction is carried out. */
const ORDER = ['DELETE', 'POST', 'PUT', 'PATCH']

function refuseTwice(step: Step, text: string): never {
  const expression = `Bundle.entry[${step.entry.at}]`
  throw new Problem('fhir.malformed', {
    more: issues([{ severity: 'error', code: 'duplicate', expression, text }]),
  })
}

/** Two entries that change one resource have no order, and two of one name are not told apart. */
function needApart(steps: readonly Step[]): void {
  const seen = new Set<string>()
  for (const step of steps) {
    const { fullUrl } = step.entry
    if (fullUrl !== undefined && step.is !== 'reading') {
      if (seen.has(fullUrl)) refuseTwice(step, 'Another entry has the same fullUrl; give each its own')
      seen.add(fullUrl)
    }
    if (step.is !== 'deed' || step.deed.kind === 'create') continue
    const { patientId, no } = step.deed.key
    const name = `${patientId} ${no}`
    if (seen.has(name)) refuseTwice(step, 'Another entry changes the same resource; send one of them')
    seen.add(name)
  }
}

/** Long lists let others in between. */
const AT_A_TIME = 100

/**
 * What each entry comes to, looked up before anything is done.
 * @returns in the order sent
 * @throws {Problem} the first thing that is wrong, with its entry
 */
export async function planOf(ask: Ask, entries: readonly Entry[]): Promise<readonly Step[]> {
  const planning: Planning = { ask, creating: new Map() }
  const steps: Step[] = []
  const ordered = ORDER.flatMap((method) => entries.filter((entry) => entry.method === method))
  for (const [i, entry] of ordered.entries()) {
    if (i % AT_A_TIME === AT_A_TIME - 1) await new Promise((next) => setImmediate(next))
    const plan = PLANS[entry.method]
    if (plan)
      steps[entry.at] = await inEntryLater(
        entry.at,
        async () => await plan(planning, entry, addressOf(entry)),
      )
  }
  for (const entry of entries) steps[entry.at] ??= { entry, is: 'reading' }
  needApart(steps)
  return steps
}
