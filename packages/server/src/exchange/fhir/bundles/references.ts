import type { FhirResource } from '@sokhoe/fhir'
import { isResourceType, mapReferences } from '@sokhoe/fhir/validate'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { type Matching, readCondition, referredBy } from '../interactions/matching.ts'
import { issues } from '../outcome.ts'
import type { Deed } from '../write/index.ts'
import { inEntryLater } from './read.ts'

/** A reference by a search: 'Practitioner?identifier=…'. */
const CONDITIONAL = /^([A-Z][A-Za-z]+)\?(.+)$/

function matchingIn(text: string): Matching | undefined {
  const [, type, condition] = CONDITIONAL.exec(text) ?? []
  if (type === undefined || condition === undefined || !isResourceType(type)) return undefined
  return { type, condition: readCondition(condition) }
}

/** The address of the server that an entry says it comes from: 'https://other/fhir' of 'https://other/fhir/Patient/1'. */
const rootOf = (urn: string | undefined, type: string): string | undefined => {
  const at = urn?.lastIndexOf(`/${type}/`) ?? -1
  return urn === undefined || at === -1 ? undefined : urn.slice(0, at)
}

type Writing = Exclude<Deed, { kind: 'delete' }>

const isWriting = (deed: Deed): deed is Writing => deed.kind !== 'delete'

/** What no entry calls itself but means one: 'Patient/1' beside one that comes from the same server. */
function named(resource: FhirResource, urn: string | undefined, urns: ReadonlySet<string>): FhirResource {
  const root = rootOf(urn, resource.resourceType)
  if (root === undefined) return resource
  return mapReferences(resource, (text, kind) => {
    const whole = `${root}/${text}`
    return kind === 'reference' && !urns.has(text) && urns.has(whole) ? whole : text
  })
}

/** Nothing is named by a search where its sign does not stand in the message, nor could, as an escape of JSON. */
const mayNameBySearch = ({ body }: Ask): boolean =>
  body === undefined || body.includes('?') || body.includes('\\u003')

/** Conditional references of all resources, each looked up once. */
async function foundBy(ask: Ask, deeds: readonly Writing[]): Promise<ReadonlyMap<string, string>> {
  if (!mayNameBySearch(ask)) return new Map()
  const wanted = new Map<string, { readonly matching: Matching; readonly entry: number }>()
  for (const { resource, entry = 0 } of deeds)
    mapReferences(resource, (text, kind) => {
      const matching = kind === 'reference' && !wanted.has(text) ? matchingIn(text) : undefined
      if (matching) wanted.set(text, { matching, entry })
      return text
    })
  const found = new Map<string, string>()
  for (const [text, { matching, entry }] of wanted)
    found.set(text, await inEntryLater(entry, async () => await needReferred(ask, matching)))
  return found
}

async function needReferred({ ctx, base }: Ask, matching: Matching): Promise<string> {
  const id = await referredBy(ctx, base, matching)
  if (id !== undefined) return `${matching.type}/${id}`
  const text = 'A conditional reference names nothing that is here'
  throw new Problem('fhir.invalid', { more: issues([{ severity: 'error', code: 'not-found', text }]) })
}

/**
 * Every reference of a transaction in a form that the writing resolves: conditional ones are looked up, those to other
 * entries carry the name that the entry has, those to what is there already its place.
 * @param known places by the name of an entry
 */
export async function withReferences(
  ask: Ask,
  deeds: readonly Deed[],
  known: ReadonlyMap<string, string>,
): Promise<readonly Deed[]> {
  const writing = deeds.filter(isWriting)
  const found = await foundBy(ask, writing)
  const urns = new Set([...writing.flatMap(({ urn }) => (urn === undefined ? [] : [urn])), ...known.keys()])
  return deeds.map((deed): Deed => {
    if (!isWriting(deed)) return deed
    if (found.size === 0 && known.size === 0 && rootOf(deed.urn, deed.resource.resourceType) === undefined)
      return deed
    const resource = mapReferences(
      named(deed.resource, deed.urn, urns),
      (text) => found.get(text) ?? known.get(text) ?? text,
    )
    return { ...deed, resource }
  })
}
