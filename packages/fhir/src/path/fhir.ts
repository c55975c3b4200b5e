import { type Argument, type Call, type Env, only, textOfOne } from './env.ts'
import {
  addMembers,
  type Fields,
  type Item,
  type Items,
  isObject,
  itemOf,
  NOTHING,
  system,
  truth,
} from './items.ts'
import { narrativeFaults } from './xhtml.ts'

/** What FHIR adds to FHIRPath. @see https://hl7.org/fhir/R4/fhirpath.html#functions */

/** Extensions with that address. */
function extension(input: Items, [url]: readonly Argument[], env: Env): Items {
  const wanted = textOfOne(url?.value(env) ?? NOTHING)
  const found: Item[] = []
  for (const item of input) addMembers(found, item, 'extension')
  return found.filter(({ v }) => isObject(v) && v['url'] === wanted)
}

function contained(id: string, { resource, rootResource }: Env['world']): unknown {
  for (const holder of [rootResource, resource]) {
    if (!isObject(holder)) continue
    if (id === '') return holder
    const found = listOf(holder['contained']).find((each) => isObject(each) && each['id'] === id)
    if (found) return found
  }
  return undefined
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const namesEntry = (entry: Fields, reference: string): boolean => {
  const { fullUrl } = entry
  return (
    typeof fullUrl === 'string' &&
    (fullUrl === reference || (fullUrl.startsWith('http') && fullUrl.endsWith(`/${reference}`)))
  )
}

function inBundle(reference: string, root: unknown): unknown {
  if (!isObject(root) || root['resourceType'] !== 'Bundle') return undefined
  const bare = reference.replace(/\/_history\/.*$/, '')
  const found = listOf(root['entry']).find((entry) => isObject(entry) && namesEntry(entry, bare))
  return isObject(found) ? found['resource'] : undefined
}

/** Within the resource and the Bundle it stands in; what lies elsewhere is not there. */
function resolveOne({ v }: Item, { world }: Env): Items {
  const reference = isObject(v) ? v['reference'] : v
  if (typeof reference !== 'string') return NOTHING
  const found = reference.startsWith('#')
    ? contained(reference.slice(1), world)
    : inBundle(reference, world.rootResource)
  return isObject(found) ? [itemOf(found, 'Resource')] : NOTHING
}

/** A value and no part: text, number, truth. */
const isValue = ({ v }: Item): boolean => v !== undefined && !isObject(v)

const clock =
  (type: 'Date' | 'DateTime' | 'Time', from: number, to: number): Call =>
  (_input, _args, { world }) =>
    world.now
      ? [system(type, world.now.toISOString().slice(from, to) + (type === 'DateTime' ? 'Z' : ''))]
      : NOTHING

export const OF_FHIR: Readonly<Record<string, Call>> = {
  extension,
  resolve: (input, _args, env) => input.flatMap((item) => resolveOne(item, env)),
  hasValue: (input) => truth(input.length === 1 && input.every(isValue)),
  getValue: (input) => (input.length === 1 && input.every(isValue) ? input : NOTHING),
  htmlChecks: (input) => {
    const value = only(input)?.v
    return value === undefined ? NOTHING : truth(narrativeFaults(value).length === 0)
  },
  today: clock('Date', 0, 10),
  now: clock('DateTime', 0, 23),
  timeOfDay: clock('Time', 11, 23),
}

/** What cannot be answered from the resource alone, and why. */
export const UNCOMPUTABLE: ReadonlyMap<string, string> = new Map([
  ['memberOf', 'needs the codes of a value set'],
  ['subsumes', 'needs the relations of a code system'],
  ['subsumedBy', 'needs the relations of a code system'],
  ['validateVS', 'needs the codes of a value set'],
  ['conformsTo', 'needs the rules of a profile'],
  ['elementDefinition', 'needs the definitions of a profile'],
  ['slice', 'needs the slices of a profile'],
  ['checkModifiers', 'needs the modifiers that the reader knows'],
  ['hasTemplateIdOf', 'is a rule of CDA'],
])
