import { writeJson } from '../json.ts'
import { narrativeFaults } from '../path/xhtml.ts'
import { containedIn, eachReference } from './references.ts'
import { isRecord, type Json, type Run } from './run.ts'

/**
 * Rules answered by hand: the same answer as their FHIRPath gives, sooner. Those that are asked of nearly every
 * element, and those whose FHIRPath would look through the whole resource again for each of its parts, which takes
 * minutes for a large resource made to that end.
 */

/** Whether a rule holds for a value that has its form. */
export type Ask = (value: unknown, run: Run) => boolean

const recordsOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isRecord) : [])
const metaOf = (resource: Json): Json => (isRecord(resource['meta']) ? resource['meta'] : {})

/** Whether a choice of that name is there, with whatever type. */
function hasChoice(holder: Json, name: string): boolean {
  for (const key in holder) if (key.startsWith(name) || key.startsWith(`_${name}`)) return true
  return false
}

/** Every contained resource is referred to from somewhere in the resource, or refers to it. */
function areReferred(resource: Json): boolean {
  const named = new Set<string>()
  eachReference(resource, (text) => {
    if (text.startsWith('#')) named.add(text)
  })
  return recordsOf(resource['contained']).every((contained) => {
    if (named.has(`#${String(contained['id'])}`)) return true
    let refers = false
    eachReference(contained, (text) => {
      refers ||= text === '#'
    })
    return refers
  })
}

const isKnown = (reference: unknown, { rootResource }: Run): boolean =>
  typeof reference !== 'string' ||
  !reference.startsWith('#') ||
  reference === '#' ||
  containedIn(rootResource, reference) !== undefined

/** Asked twice in a row of the same markup, by two rules. */
let last: { readonly text: string; readonly faults: readonly string[] } = { text: '', faults: [] }

function faultsOf(text: string): readonly string[] {
  if (text !== last.text) last = { text, faults: narrativeFaults(text) }
  return last.faults
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted)
  return isRecord(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([k, v]) => [k, sorted(v)]),
      )
    : value
}

const codingsOf = (concept: unknown): readonly Json[] => recordsOf(isRecord(concept) ? concept['coding'] : [])
/** Equal codings have equal texts. */
const textOf = (coding: Json): string => writeJson(sorted(coding))

/** Where an observation has a value, no component has the same code as the whole. */
function isToldOnce(observation: Json): boolean {
  const components = recordsOf(observation['component'])
  if (components.length === 0 || !hasChoice(observation, 'value')) return true
  const own = new Set(codingsOf(observation['code']).map(textOf))
  return components.every(({ code }) => codingsOf(code).every((coding) => !own.has(textOf(coding))))
}

/** All elements but the first lie below the type that the first one names. */
function areBelow(view: Json, definition: Json, isFirst: (path: string, type: unknown) => boolean): boolean {
  const [first, ...others] = recordsOf(view['element']).map(({ path }) => path)
  if (typeof first !== 'string') return true
  if (definition['kind'] !== 'logical' && !isFirst(first, definition['type'])) return false
  const start = `${first.replace(/\..*/, '')}.`
  return others.every((path) => typeof path !== 'string' || path.startsWith(start))
}

/** Every value of one list stands in another. */
function areAmong(values: readonly unknown[], allowed: readonly unknown[]): boolean {
  const set = new Set(allowed)
  return values.every((value) => set.has(value))
}

const partOf = (value: unknown, name: string): unknown => (isRecord(value) ? value[name] : undefined)

const isGrouped = ({ resource, grouping }: Json): boolean =>
  areAmong(
    recordsOf(resource).flatMap(({ groupingId }) => groupingId ?? []),
    recordsOf(grouping).map(({ id }) => id),
  )

const isOfVersion = ({ definition, fhirVersion }: Json): boolean =>
  areAmong(
    recordsOf(partOf(definition, 'resource')).flatMap((each) => each['fhirVersion'] ?? []),
    Array.isArray(fhirVersion) ? fhirVersion : [],
  )

const ofRecord =
  (holds: (value: Json, run: Run) => boolean): Ask =>
  (value, run) =>
    !isRecord(value) || holds(value, run)

const ofText =
  (holds: (text: string) => boolean): Ask =>
  (value) =>
    typeof value !== 'string' || holds(value)

const ofContained = (holds: (contained: Json) => boolean): Ask =>
  ofRecord(({ contained }) => contained === undefined || recordsOf(contained).every(holds))

export const BY_HAND: Readonly<Record<string, Ask>> = {
  'ext-1': ofRecord((extension) => 'extension' in extension !== hasChoice(extension, 'value')),
  'dom-3': ofRecord((resource) => resource['contained'] === undefined || areReferred(resource)),
  'dom-4': ofContained((each) => !('versionId' in metaOf(each)) && !('lastUpdated' in metaOf(each))),
  'dom-5': ofContained((each) => !('security' in metaOf(each))),
  'dom-6': ofRecord(({ text }) => isRecord(text) && 'div' in text),
  'ref-1': ofRecord(({ reference }, run) => isKnown(reference, run)),
  // both are htmlChecks() in the definitions: which of the two is broken is told apart by what is found
  'txt-1': ofText((text) => faultsOf(text).every((fault) => fault === 'no-content')),
  'txt-2': ofText((text) => !faultsOf(text).includes('no-content')),
  'obs-7': ofRecord(isToldOnce),
  'sdf-8': ofRecord((view, { resource }) => areBelow(view, resource, (path, type) => path === type)),
  'sdf-8a': ofRecord((view, { resource }) =>
    areBelow(view, resource, (path, type) => path.startsWith(String(type))),
  ),
  'ig-1': ofRecord(isGrouped),
  'ig-2': ofRecord(isOfVersion),
}
