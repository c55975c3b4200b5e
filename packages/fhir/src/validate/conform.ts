import { bindingCheck } from './bindings.ts'
import { isResourceType } from './definitions.ts'
import { invariantsOf } from './invariants.ts'
import { isFixed, isLike } from './pattern.ts'
import { type ProfileNode, type ProfileType, profileOf } from './profiles.ts'
import { entriesOf, resolved, typeOfReference } from './references.ts'
import { type Issue, isRecord, type Json, type Run, tell, under } from './run.ts'
import { capital, type Found, gather, isOfSlice } from './slices.ts'

/** Whether what is valid R4 also keeps what a profile adds; elements are walked as the profile names them. */

export interface Conformance {
  readonly run: Run
  /** The resources of the document by their address, in which references are looked up. */
  readonly entries: ReadonlyMap<string, Json> | undefined
  /** One resource is held to one profile once, however many references lead there. */
  readonly outcomes: Map<Json, Map<string, readonly Issue[]>>
  /** References that were followed to come here. */
  readonly depth: number
}

/** Beyond this many references one after the other nobody follows: each resource of a document is looked at anyway. */
const FARTHEST = 40

/** A document of more entries is not held to a profile: each would be held to each of the profile's slices. */
const MOST_ENTRIES = 5000

const CORE = 'http://hl7.org/fhir/StructureDefinition/'

/** The resource type at the bottom of a profile; undefined where that is not known. */
function typeUnder(url: string): string | undefined {
  const name = url.startsWith(CORE) ? url.slice(CORE.length) : ''
  return profileOf(url)?.type ?? (isResourceType(name) || name === 'Resource' ? name : undefined)
}

/** @returns what speaks against it; nothing while it is being looked at, since references may lead in circles */
function against(resource: Json, url: string, to: Conformance): readonly Issue[] {
  const profile = profileOf(url)
  if (profile === undefined) return []
  const known = to.outcomes.get(resource) ?? new Map<string, readonly Issue[]>()
  const found = known.get(profile.url)
  if (found !== undefined) return found
  if (to.depth > FARTHEST) return []
  to.outcomes.set(resource, known.set(profile.url, []))
  const run: Run = { ...to.run, issues: [], warnings: 0, resource, rootResource: resource }
  conform(
    profile.root,
    { value: resource, kind: profile.type, type: '' },
    { ...to, run, depth: to.depth + 1 },
  )
  under(run, 0, profile.type)
  known.set(profile.url, run.issues)
  return run.issues
}

/** Whether a resource is of the type of a profile and keeps it. */
function fits(resource: unknown, url: string, to: Conformance): boolean {
  const type = typeUnder(url)
  if (!isRecord(resource) || type === undefined) return false
  return (
    (type === 'Resource' || resource['resourceType'] === type) &&
    against(resource, url, to).every(({ severity }) => severity === 'warning')
  )
}

const namesOf = (urls: readonly string[]): string =>
  urls.map((url) => url.slice(url.lastIndexOf('/') + 1)).join(', ')

/** The first thing that speaks against the first profile of the right type. */
function reason(resource: Json, urls: readonly string[], to: Conformance): string {
  const url = urls.find((each) => typeUnder(each) === resource['resourceType'])
  const first = url && against(resource, url, to).find(({ severity }) => severity !== 'warning')
  return first ? `; ${first.expression}: ${first.text}` : ''
}

/** A reference points to something that fits one of the targets, as far as it can be looked up. */
function checkTargets(value: unknown, targets: readonly string[], to: Conformance): void {
  const reference = isRecord(value) ? value['reference'] : undefined
  if (typeof reference !== 'string') return
  const { run } = to
  const resource = resolved(reference, run.rootResource, to.entries)
  const sentence = `Refer to a resource that fits one of these: ${namesOf(targets)}`
  if (resource !== undefined) {
    if (!targets.some((url) => fits(resource, url, to)))
      tell(run, 'error', 'value', '', `${sentence}${reason(resource, targets, to)}`)
    return
  }
  const type = typeOfReference(reference)
  const types = targets.map(typeUnder)
  if (type !== undefined && !types.some((each) => each === type || each === 'Resource'))
    tell(run, 'error', 'value', '', sentence)
  else if (to.entries !== undefined && run.resource['resourceType'] === 'Composition')
    tell(run, 'error', 'not-found', '', 'Put the resource that this refers to into the document')
}

/** The value keeps a profile of its type, where one is asked and carried here. */
function checkProfiles(value: Json, urls: readonly string[], to: Conformance): void {
  const carried = urls.filter((url) => profileOf(url) !== undefined)
  const [first] = carried
  if (first === undefined) return
  if (typeof value['resourceType'] !== 'string') {
    // a data type is asked to keep one profile at most
    const profile = profileOf(first)
    if (profile) conform(profile.root, { value, kind: profile.type, type: '' }, to)
    return
  }
  if (!carried.some((url) => fits(value, url, to)))
    tell(
      to.run,
      'error',
      'value',
      '',
      `Send a resource that fits ${namesOf(urls)}${reason(value, carried, to)}`,
    )
}

function checkTypes(value: unknown, type: string, types: readonly ProfileType[], to: Conformance): void {
  const own = isRecord(value) && typeof value['resourceType'] === 'string' ? value['resourceType'] : type
  const use = own === '' ? types : types.filter(({ code }) => capital(code) === own || code === 'Resource')
  if (use.length === 0) {
    const names = types.map(({ code }) => code).join(', ')
    tell(to.run, 'error', 'structure', '', `Send one of these types here: ${names}`)
    return
  }
  const targets = use.flatMap((each) => each.targets ?? [])
  if (targets.length > 0) checkTargets(value, targets, to)
  const asked = use.flatMap((each) => each.profiles ?? [])
  if (asked.length > 0 && isRecord(value)) checkProfiles(value, asked, to)
}

const SAME = 'Send exactly the value that the profile fixes here'
const LIKE = 'Send what the profile asks for here: its pattern is not there'

function checkValue(node: ProfileNode, value: unknown, type: string, run: Run): void {
  const { fixed, pattern, binding } = node
  if (fixed !== undefined && !isFixed(value, fixed)) tell(run, 'error', 'value', '', SAME)
  if (pattern !== undefined && !isLike(value, pattern)) tell(run, 'error', 'value', '', LIKE)
  const plain = isRecord(value) ? 'CodeableConcept' : 'code'
  if (binding !== undefined) bindingCheck(binding, type === '' ? plain : type)?.(value, run)
}

/** A value with its kind, and its type where it stands in a choice. */
type Value = Pick<Found, 'value' | 'kind' | 'type'>

function checkRules({ invariants = [] }: ProfileNode, { value, kind }: Value, run: Run): void {
  if (run.invariants) for (const invariant of invariantsOf(invariants, kind)) invariant(value, run)
}

/** Looks at one value and all below it that the profile speaks of. */
function conform(node: ProfileNode, found: Value, to: Conformance): void {
  const { value, type, kind } = found
  checkValue(node, value, type, to.run)
  checkRules(node, found, to.run)
  if (node.types !== undefined) checkTypes(value, type, node.types, to)
  if (!isRecord(value)) return
  for (const [name, part] of Object.entries(node.parts ?? {})) checkPart(name, part, value, kind, to)
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

function checkCount(count: number, node: ProfileNode, name: string, what: string, to: Conformance): void {
  const { min = 0, max = Number.POSITIVE_INFINITY } = node
  if (count < min) tell(to.run, 'error', 'required', name, `Send ${what} at least ${times(min)}`)
  if (count > max)
    tell(
      to.run,
      'error',
      'structure',
      name,
      max === 0 ? `Leave ${what} out` : `Send ${what} at most ${times(max)}`,
    )
}

/** Tells what lies below one value with its place. */
function lookAt(found: Found, node: ProfileNode, to: Conformance): void {
  const before = to.run.issues.length
  conform(node, found, to)
  under(to.run, before, found.key, found.index)
}

/** An entry whose type some slice names, but which fits the profile of none, is allowed and told. */
function tellStranger({ value, key, index }: Found, node: ProfileNode, to: Conformance): void {
  const resource = isRecord(value) ? value['resource'] : undefined
  if (!isRecord(resource) || !node.slicing?.some(([kind]) => kind === 'profile')) return
  const types = Object.values(node.slices ?? {}).flatMap(({ parts }) => parts?.['resource']?.types ?? [])
  const own = types.filter(({ code }) => code === resource['resourceType'])
  const urls = own.flatMap(({ profiles = [] }) => profiles)
  if (urls.length === 0) return
  const before = to.run.issues.length
  const text = `This resource fits none of ${namesOf(urls)}${reason(resource, urls, to)}`
  tell(to.run, 'warning', 'value', 'resource', text)
  under(to.run, before, key, index)
}

function checkPart(name: string, node: ProfileNode, holder: Json, kind: string, to: Conformance): void {
  const values = gather(holder, kind, name)
  const plain = name.replace('[x]', '')
  checkCount(values.length, node, plain, 'this element', to)
  for (const found of values) lookAt(found, node, to)
  if (node.slices === undefined) return
  const { rootResource } = to.run
  const around = {
    rootResource,
    entries: to.entries,
    fits: (resource: unknown, url: string) => fits(resource, url, to),
  }
  const strangers = new Set(values)
  for (const [slice, inner] of Object.entries(node.slices)) {
    const own = values.filter((found) => isOfSlice(found, inner, node.slicing ?? [], around))
    checkCount(own.length, inner, plain, `its slice ${slice}`, to)
    for (const found of own) {
      strangers.delete(found)
      lookAt(found, inner, to)
    }
  }
  for (const found of strangers) tellStranger(found, node, to)
}

/** The profiles that a resource says it keeps. */
function claimsOf({ meta }: Json): readonly string[] {
  const claims = isRecord(meta) ? meta['profile'] : undefined
  return Array.isArray(claims) ? claims.filter((claim) => typeof claim === 'string') : []
}

/** Profiles that the entries of a document name themselves are kept too. */
function checkClaims(bundle: Json, to: Conformance): void {
  gather(bundle, 'Bundle', 'entry').forEach(({ value: entry }, index) => {
    const resource = isRecord(entry) ? entry['resource'] : undefined
    if (!isRecord(resource)) return
    const before = to.run.issues.length
    for (const { severity, code, expression, text } of claimsOf(resource).flatMap((url) =>
      against(resource, url, to),
    ))
      tell(to.run, severity, code, expression.replace(/^[A-Za-z]+\.?/, ''), text)
    under(to.run, before, 'resource')
    under(to.run, before, 'entry', index)
  })
}

/** Holds a resource, and a document with all that it refers to, to a profile by its address. */
export function checkProfile(resource: Json, canonical: string, run: Run): void {
  const profile = profileOf(canonical)
  if (profile === undefined) {
    tell(run, 'error', 'not-supported', '', 'Name a profile that is known here: this one is not')
    return
  }
  if (profile.type !== resource['resourceType']) {
    tell(
      run,
      'error',
      'structure',
      '',
      `Send a resource of the type ${profile.type}: the profile is one of it`,
    )
    return
  }
  const isBundle = profile.type === 'Bundle'
  if (gather(resource, profile.type, 'entry').length > MOST_ENTRIES) {
    tell(run, 'error', 'too-costly', 'entry', `Send at most ${MOST_ENTRIES} entries to hold to a profile`)
    return
  }
  const entries = isBundle ? entriesOf(resource) : undefined
  const own: Run = { ...run, resource, rootResource: resource }
  const to: Conformance = { run: own, entries, outcomes: new Map(), depth: 0 }
  conform(profile.root, { value: resource, kind: profile.type, type: '' }, to)
  if (isBundle) checkClaims(resource, to)
}
