import { invariantOf } from './definitions.ts'
import { isFilledMarkup, isPlainMarkup } from './narrative.ts'
import { eachReference } from './references.ts'
import { isRecord, type Json, type Run, tell } from './run.ts'

/** One rule of the definitions, asked of a value that has its form; it tells where it is broken. */
export type Invariant = (value: unknown, run: Run) => void

const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const recordsOf = (value: unknown): readonly Json[] => arrayOf(value).filter(isRecord)
const metaOf = (resource: Json): Json => (isRecord(resource['meta']) ? resource['meta'] : {})

function hasValue(extension: Json): boolean {
  for (const key in extension) if (key.startsWith('value') || key.startsWith('_value')) return true
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

function isKnown(reference: unknown, { root }: Run): boolean {
  if (typeof reference !== 'string' || !reference.startsWith('#') || reference === '#') return true
  return recordsOf(root['contained']).some(({ id }) => id === reference.slice(1))
}

/** The rules that are asked of nearly every element or resource, by hand: the same answer, sooner. */
const BY_HAND: Readonly<Record<string, (value: Json, run: Run) => boolean>> = {
  'ext-1': (extension) => 'extension' in extension !== hasValue(extension),
  // told where the nested resource is met
  'dom-2': () => true,
  'dom-3': (resource) => resource['contained'] === undefined || areReferred(resource),
  'dom-4': ({ contained }) =>
    contained === undefined ||
    recordsOf(contained).every((each) => !('versionId' in metaOf(each)) && !('lastUpdated' in metaOf(each))),
  'dom-5': ({ contained }) =>
    contained === undefined || recordsOf(contained).every((each) => !('security' in metaOf(each))),
  'dom-6': ({ text }) => isRecord(text) && 'div' in text,
  'ref-1': ({ reference }, run) => isKnown(reference, run),
}

/** The same for the markup of narratives, which FHIRPath leaves to a function of its own: htmlChecks(). */
const OF_MARKUP: Readonly<Record<string, (text: string) => boolean>> = {
  'txt-1': isPlainMarkup,
  'txt-2': isFilledMarkup,
}

const made = new Map<string, Invariant | undefined>()

function makeInvariant(name: string): Invariant | undefined {
  const { severity, sentence } = invariantOf(name)
  const text = `Keep the rule ${name}: ${sentence}`
  const readable = OF_MARKUP[name]
  if (readable !== undefined)
    return (value, run) => {
      if (typeof value === 'string' && !readable(value)) tell(run, severity, 'invariant', '', text)
    }
  const holds = BY_HAND[name]
  if (holds === undefined) return undefined
  return (value, run) => {
    if (isRecord(value) && !holds(value, run)) tell(run, severity, 'invariant', '', text)
  }
}

export function invariantsOf(names: readonly string[]): readonly Invariant[] {
  return names.flatMap((name) => {
    if (!made.has(name)) made.set(name, makeInvariant(name))
    return made.get(name) ?? []
  })
}
