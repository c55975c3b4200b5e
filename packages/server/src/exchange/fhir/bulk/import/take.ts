import { mapReferences } from '@sokhoe/fhir/validate'
import { type Client, type Context, inTransaction } from '../../../../platform/context.ts'
import { readPublicId } from '../../../../platform/ids.ts'
import { Problem } from '../../../../platform/problem.ts'
import { issuesOf } from '../../outcome.ts'
import { type Deed, type Done, type Message, perform } from '../../write/index.ts'
import { addressOf, type Known, keepKnown, knownBy } from './known.ts'
import { nameIn, type Refused, renamed, type Said, sha256, urnOf } from './said.ts'

/** What stands together: one Patient's resources, or one that is about nobody. */
export type Group = readonly [Said, ...Said[]]

/** What became of some groups. */
export interface Taken {
  readonly resources: number
  /** Of them, those that were here already, word for word. */
  readonly known: number
  readonly refused: readonly Refused[]
}

export interface Taking {
  readonly client: Client
  /** Address of the door, without a slash at the end. */
  readonly base: string
  readonly purpose: string
  /** Keeps how far the import has come, in the transaction that keeps the groups. */
  readonly save: (ctx: Context, taken: Taken) => Promise<void>
}

const keyOf = ([first]: Group): string => first.patient ?? first.names[0]

const digestOf = (group: Group): Buffer => sha256(Buffer.concat(group.map(({ digest }) => digest)))

/** What a group speaks of outside itself. */
function namesOutside(group: Group): string[] {
  const inside = new Set(group.flatMap(({ names }) => names))
  const outside = new Set<string>()
  for (const { resource } of group)
    mapReferences(resource, (text, kind) => {
      const name = kind === 'reference' ? nameIn(text) : undefined
      if (name !== undefined && !inside.has(name)) outside.add(name)
      return text
    })
  return [...outside]
}

/** Names that are asked for: what the groups are called, and everything else of which they speak. */
const askedNames = (groups: readonly Group[]): Set<string> =>
  new Set(groups.flatMap((group) => [keyOf(group), ...namesOutside(group)]))

interface Batch {
  readonly ctx: Context
  readonly taking: Taking
  /** By name, what it is called within this message. */
  readonly own: ReadonlyMap<string, string>
  readonly known: ReadonlyMap<string, Known>
}

const isHere = ({ ctx, own, known }: Batch, name: string): boolean =>
  own.has(name) || known.has(name) || readPublicId(ctx.keys.id, name.replace(/^Patient\//, '')) !== undefined

/** A Patient whom nobody named is not made up, and nothing of hers is kept as if it were about nobody. */
function needPatient(batch: Batch, { patient }: Said, entry: number): void {
  if (patient === undefined || isHere(batch, patient)) return
  throw new Problem('fhir.unknown-patient', { at: [`Bundle.entry[${entry}].resource`] })
}

function deedOf(batch: Batch, said: Said, entry: number): Deed {
  const { ctx, own, known } = batch
  const [name] = said.names
  const resource = renamed(said.resource, (other) => {
    // what is here has its address; within the message it is called otherwise
    const stands = known.get(other)
    return stands ? addressOf(ctx, stands) : own.get(other)
  })
  const stands = known.get(name)
  const { resourceType } = resource
  const urn = urnOf(name)
  const isNamed = resourceType === 'Patient' || said.patient === undefined
  if (stands && isNamed) return { kind: 'update', key: stands, resource, urn, entry }
  return { kind: 'create', resource, urn, entry, ...(!isNamed && { sourceKey: name }) }
}

const patientFirst = (group: Group): readonly Said[] =>
  group.toSorted(
    (a, b) => Number(b.resource.resourceType === 'Patient') - Number(a.resource.resourceType === 'Patient'),
  )

/** Where the groups stand now, by the names of what names them. */
function standingOf(
  { ctx, known }: Batch,
  groups: readonly Group[],
  said: readonly Said[],
  done: readonly Done[],
) {
  const places = new Map(said.map((one, at) => [one, readPublicId(ctx.keys.id, done[at]?.id ?? '')]))
  return groups.flatMap((group) => {
    const named = group.find(({ names, patient }) => patient === undefined || patient === names[0])
    const key = named ? places.get(named) : known.get(keyOf(group))
    const type = named?.resource.resourceType ?? 'Patient'
    return key ? [{ ...key, type, digest: digestOf(group), names: named?.names ?? [keyOf(group)] }] : []
  })
}

/** What is known by the name that names it, is known by all its names. */
function byAllNames(groups: readonly Group[], known: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  const all = new Map(known)
  for (const { names } of groups.flat()) {
    const stands = known.get(names[0])
    if (stands) for (const name of names) all.set(name, stands)
  }
  return all
}

function ownNames(groups: readonly Group[]): Map<string, string> {
  const own = new Map<string, string>()
  for (const { names } of groups.flat()) for (const name of names) own.set(name, urnOf(names[0]))
  return own
}

async function takeTogether(
  ctx: Context,
  taking: Taking,
  groups: readonly Group[],
  refused: readonly Refused[],
): Promise<Taken> {
  const { client, base, purpose, save } = taking
  return await inTransaction(ctx, async (ctx) => {
    const known = byAllNames(groups, await knownBy(ctx, client, askedNames(groups)))
    const fresh = groups.filter((group) => !known.get(keyOf(group))?.digest.equals(digestOf(group)))
    const batch: Batch = { ctx, taking, own: ownNames(fresh), known }
    const said = fresh.flatMap(patientFirst)
    for (const [entry, one] of said.entries()) needPatient(batch, one, entry)
    if (said.length > 0) {
      const digest = sha256(Buffer.concat(said.map((one) => one.digest)))
      const message: Message = { digest, purpose }
      const done = await perform(
        ctx,
        said.map((one, entry) => deedOf(batch, one, entry)),
        message,
        { base },
      )
      await keepKnown(ctx, client, standingOf(batch, fresh, said, done))
    }
    const resources = groups.reduce((sum, group) => sum + group.length, 0)
    const taken = { resources, known: resources - said.length, refused }
    await save(ctx, taken)
    return taken
  })
}

const ENTRY = /^Bundle\.entry\[(\d+)\]/

/** Which of a group's resources a refusal is about; undefined where it does not say. */
function blamed(group: Group, problem: Problem): Said | undefined {
  for (const { expression = '' } of issuesOf(problem)) {
    const entry = ENTRY.exec(expression)?.[1]
    if (entry !== undefined) return patientFirst(group)[Number(entry)]
  }
  return undefined
}

/** One group whose message was refused: without what was refused in it, as often as something is. */
async function takeRest(ctx: Context, taking: Taking, group: Group): Promise<Taken> {
  const refused: Refused[] = []
  let left: readonly Said[] = group
  for (;;) {
    const [first, ...rest] = left
    if (!first) return await takeTogether(ctx, taking, [], refused)
    const now: Group = [first, ...rest]
    try {
      return await takeTogether(ctx, taking, [now], refused)
    } catch (problem) {
      if (!(problem instanceof Problem) || problem.status >= 500) throw problem
      const one = blamed(now, problem)
      const gone = one ? [one] : left
      refused.push(...gone.map(({ place }) => ({ place, problem })))
      left = left.filter((each) => !gone.includes(each))
    }
  }
}

/**
 * Takes groups as messages of their source: all of them in one transaction; where something is refused, each by itself
 * and without what is wrong. What was said before in the same words changes nothing.
 * @param refused what was not taken before, to be saved with these
 */
export async function takeGroups(
  ctx: Context,
  taking: Taking,
  groups: readonly Group[],
  refused: readonly Refused[] = [],
): Promise<Taken> {
  try {
    return await takeTogether(ctx, taking, groups, refused)
  } catch (problem) {
    if (!(problem instanceof Problem) || problem.status >= 500) throw problem
  }
  let taken: Taken = await takeTogether(ctx, taking, [], refused)
  for (const group of groups) {
    const one = await takeRest(ctx, taking, group)
    taken = {
      resources: taken.resources + one.resources,
      known: taken.known + one.known,
      refused: [...taken.refused, ...one.refused],
    }
  }
  return taken
}
