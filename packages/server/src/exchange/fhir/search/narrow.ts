import { type Condition, type Filter, plain, pointed, readToken } from '@sokhoe/fhir/query'
import { patientsByName, patientsByNumber } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { findByKeys, type KeyAsked } from '../../../record/index.ts'
import { identifierKey, shelfKeysAsked } from '../keys.ts'
import { findGuessing, type OpenedAlong, type OpenThem } from './guess.ts'
import { isOfPersons } from './means.ts'

/** Where resources that fit can stand at all: of which persons, and what of the directory. */
export interface Narrowed {
  readonly patientIds: readonly number[]
  /** Those of them whom the search itself names by an id. */
  readonly named: readonly number[]
  /** Numbers in the directory. */
  readonly nos: readonly number[]
  /** Blind indexes of the directory, one of which must fit. */
  readonly tokens?: readonly Buffer[]
  /** What may be seen of them, where it is known already. */
  readonly opened?: OpenedAlong
}

interface Asking {
  readonly ctx: Context
  readonly base: string
  readonly type: string
  /** Whoever is found is opened next. */
  readonly open?: OpenThem | undefined
}

export const NOBODY: Narrowed = { patientIds: [], named: [], nos: [] }

function together(all: readonly Narrowed[]): Narrowed {
  const tokens = all.flatMap((one) => one.tokens ?? [])
  return {
    patientIds: [...new Set(all.flatMap(({ patientIds }) => patientIds))],
    named: [...new Set(all.flatMap(({ named }) => named))],
    nos: [...new Set(all.flatMap(({ nos }) => nos))],
    ...(tokens.length > 0 && { tokens }),
  }
}

/** An id that this house did not make names nobody. */
function ofId({ ctx }: Asking, id: string): Narrowed {
  const key = readPublicId(ctx.keys.id, id)
  if (!key) return NOBODY
  if (key.patientId === 0) return { ...NOBODY, nos: [key.no] }
  return { patientIds: [key.patientId], named: [key.patientId], nos: [] }
}

const byIds = (asking: Asking, { alternatives }: Filter): Narrowed =>
  together(alternatives.map((written) => ofId(asking, plain(written))))

/** A reference to a resource of a person's record tells whose it is; one to the directory tells nothing. */
function ofReference(asking: Asking, { parameter, modifier }: Filter, written: string): Narrowed | undefined {
  const { type = modifier, id } = pointed(plain(written), asking.base)
  if (id === undefined) return undefined
  const mayBePatient = type === undefined ? parameter.target?.includes('Patient') : type === 'Patient'
  const found = ofId(asking, id)
  if (found.patientIds.length > 0) return found
  return mayBePatient && found.nos.length === 0 ? NOBODY : undefined
}

function byReferences(asking: Asking, filter: Filter): Narrowed | undefined {
  if (filter.modifier === 'identifier' || filter.modifier === 'missing') return undefined
  const all = filter.alternatives.map((written) => ofReference(asking, filter, written))
  const found = all.filter((one) => one !== undefined)
  return found.length === all.length ? together(found) : undefined
}

const LIKE_OURS = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Whether a reference has an id that looks like this house's and is none: it is answered like a foreign one. */
export const isForged = ({ ctx, base }: Asking, conditions: readonly Condition[]): boolean =>
  conditions
    .filter((condition) => condition.kind === 'filter')
    .filter(({ parameter }) => parameter.type === 'reference')
    .flatMap(({ alternatives }) => alternatives.map((written) => pointed(plain(written), base).id))
    .some((id) => id !== undefined && LIKE_OURS.test(id) && !readPublicId(ctx.keys.id, id))

/** How numbers are called that people declare themselves: they are found through the index of persons. */
const DECLARED = 'urn:sokhoe:id:'

const mayBeDeclared = (system: string | undefined): boolean =>
  system === undefined || system.startsWith(DECLARED)

interface Number {
  readonly system: string | undefined
  readonly code: string
}

async function patientsNumbered(
  { ctx, type }: Asking,
  numbers: readonly Number[],
  keys: readonly KeyAsked[],
) {
  const declared = type === 'Patient' ? numbers.filter(({ system }) => mayBeDeclared(system)) : []
  const [places, patients] = await Promise.all([
    findByKeys(ctx, keys),
    declared.length > 0
      ? patientsByNumber(
          ctx,
          declared.map(({ code }) => code),
        )
      : [],
  ])
  return [...new Set([...places.map(({ patientId }) => patientId), ...patients])]
}

/** Of what has these identifiers. */
async function byIdentifiers(asking: Asking, { alternatives }: Filter): Promise<Narrowed | undefined> {
  const { ctx, type, open } = asking
  const tokens = alternatives
    .map((written) => readToken(written))
    .flatMap((read) => (read.ok ? [read.value] : []))
  const numbers = tokens.flatMap(({ system, code }) => (code === undefined ? [] : [{ system, code }]))
  if (numbers.length < alternatives.length) return undefined
  const keys = numbers.flatMap(({ system, code }) => shelfKeysAsked(ctx.keys, system, code))
  const finding = patientsNumbered(asking, numbers, keys)
  const found = open ? await findGuessing(ctx, keys, open, finding) : { patientIds: await finding }
  // a Patient stands in no directory
  const inDirectory =
    type === 'Patient' ? [] : numbers.map(({ system, code }) => identifierKey(ctx.keys, system, code))
  return { ...found, named: [], nos: [], tokens: inDirectory }
}

const NAMES = ['name', 'given', 'family', 'phonetic']
const FULL_DATE = /^(?:eq)?(\d{4}-\d{2}-\d{2})$/

const filterNamed = (conditions: readonly Condition[], names: readonly string[]): Filter | undefined =>
  conditions
    .filter((condition) => condition.kind === 'filter')
    .find(({ parameter }) => names.includes(parameter.name))

/** Whole parts of a name together with the whole birth date. */
async function byName({ ctx }: Asking, conditions: readonly Condition[]): Promise<Narrowed | undefined> {
  const name = filterNamed(conditions, NAMES)
  const dates = filterNamed(conditions, ['birthdate'])?.alternatives.map((date) => FULL_DATE.exec(date)?.[1])
  if (!name || !dates || (name.modifier !== undefined && name.modifier !== 'exact')) return undefined
  const days = dates.filter((day) => day !== undefined)
  if (days.length < dates.length) return undefined
  const patientIds = await patientsByName(
    ctx,
    name.alternatives.flatMap((written) => days.map((birthDate) => ({ part: plain(written), birthDate }))),
  )
  return { patientIds, named: [], nos: [] }
}

type Link = Exclude<Condition, Filter>

/** By type, all that is said of what a link leads to: a name and a birth date of one and the same Patient. */
function innerOf(link: Link, conditions: readonly Condition[]): ReadonlyMap<string, readonly Condition[]> {
  if (link.kind === 'reverse') return new Map([[link.type, [link.inner]]])
  const same = conditions
    .filter((condition) => condition.kind === 'chained')
    .filter(({ parameter }) => parameter.name === link.parameter.name)
  const types = [...link.inner.keys()].filter(isOfPersons)
  return new Map(
    types.map((type) => [type, same.map(({ inner }) => inner.get(type)).filter((one) => one !== undefined)]),
  )
}

/** `patient.identifier=…`: whoever is pointed at tells whose it is. */
async function byChain(
  asking: Asking,
  link: Link,
  conditions: readonly Condition[],
): Promise<Narrowed | undefined> {
  const inner = [...innerOf(link, conditions)]
  if (inner.length === 0) return undefined
  const all = await Promise.all(
    inner.map(([type, some]) => narrowByWhatIsNamed({ ...asking, type, open: undefined }, some)),
  )
  const found = all.filter((one) => one !== undefined)
  // what points at the directory stands on no other shelf than the person's own
  return found.length === all.length ? { ...together(found), nos: [] } : undefined
}

function byNames(asking: Asking, filter: Filter): Narrowed | undefined {
  if (filter.modifier === 'not' || filter.modifier === 'missing') return undefined
  if (filter.parameter.name === '_id') return byIds(asking, filter)
  return filter.parameter.type === 'reference' ? byReferences(asking, filter) : undefined
}

/**
 * Whose resources a search can be about, by what it names: an id, a reference, an identifier, a name with a birth date.
 * @returns undefined where it names nothing of the kind
 */
export async function narrowByWhatIsNamed(
  asking: Asking,
  conditions: readonly Condition[],
): Promise<Narrowed | undefined> {
  const filters = conditions.filter((condition) => condition.kind === 'filter')
  for (const filter of filters) {
    const found = byNames(asking, filter)
    if (found) return found
  }
  const identifier = filters.find(
    ({ parameter, modifier }) => parameter.name === 'identifier' && modifier === undefined,
  )
  const found = identifier && (await byIdentifiers(asking, identifier))
  if (found) return found
  const byPerson = asking.type === 'Patient' ? await byName(asking, conditions) : undefined
  if (byPerson) return byPerson
  for (const condition of conditions) {
    const chained = condition.kind === 'filter' ? undefined : await byChain(asking, condition, conditions)
    if (chained) return chained
  }
  return undefined
}
