import { parseJson } from '@sokhoe/fhir'
import { bytesOf, type Entry } from '../../../record/index.ts'

/** What happened to a resource. */
export type Verb = 'create' | 'update' | 'delete'

export interface Topic {
  /** Its canonical address. */
  readonly url: string
  readonly title: string
  readonly description: string
  /** Which types it can be asked for; undefined: any that a person's record holds. */
  readonly types?: readonly string[]
  readonly verbs: readonly Verb[]
  /** Whether this version of a resource is what the topic is about, beyond type and verb. */
  readonly fits?: (entry: Entry, resource: Resource) => boolean
  readonly filters: readonly Filter[]
}

export type Filter = 'patient' | 'code'

type Resource = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Resource => typeof value === 'object' && value !== null

const codingsOf = (concept: unknown): readonly Resource[] =>
  isObject(concept) && Array.isArray(concept['coding']) ? concept['coding'].filter(isObject) : []

const isLaboratory = ({ category }: Resource): boolean =>
  [category]
    .flat()
    .flatMap(codingsOf)
    .some(({ code }) => code === 'laboratory')

const BASE = 'urn:sokhoe:topic:'

/** What clients can subscribe to. */
export const TOPICS: readonly Topic[] = [
  {
    url: `${BASE}resource-change`,
    title: 'A resource of a type is new, changed or deleted',
    description: 'The filter names the type: Condition?patient=Patient/id&code=system|code.',
    verbs: ['create', 'update', 'delete'],
    filters: ['patient', 'code'],
  },
  {
    url: `${BASE}laboratory-result`,
    title: 'A laboratory result is new or corrected',
    description: 'Observations of the category laboratory.',
    types: ['Observation'],
    verbs: ['create', 'update'],
    fits: (_entry, resource) => isLaboratory(resource),
    filters: ['patient', 'code'],
  },
  {
    url: `${BASE}encounter`,
    title: 'A person comes to a facility or leaves it',
    description: 'Encounters that begin, and those whose status becomes finished.',
    types: ['Encounter'],
    verbs: ['create', 'update'],
    fits: ({ version }, { status }) => version === 1 || status === 'finished',
    filters: ['patient'],
  },
  {
    url: `${BASE}patient-recognised`,
    title: 'A Patient is new',
    description: 'A source states a person for the first time: a new Patient of hers.',
    types: ['Patient'],
    verbs: ['create'],
    filters: ['patient'],
  },
]

export const topicNamed = (url: string): Topic | undefined => TOPICS.find((topic) => topic.url === url)

/** One filter-criteria, read: all of it must fit. */
export interface Criteria {
  readonly type?: string
  /** Public ids of Patients, one of which must be the person's. */
  readonly patients?: readonly string[]
  /** 'code' or 'system|code', one of which must be among the codings of the resource's code. */
  readonly codes?: readonly string[]
}

const CRITERIA = /^([A-Z][A-Za-z]{1,40})?(?:\?(.*))?$/
const PATIENT = /^(?:Patient\/)?([0-9a-f-]{36})$/

function readPair(pair: string): Partial<Criteria> | undefined {
  const at = pair.indexOf('=')
  const [name, value] = [pair.slice(0, at), decodeURIComponent(pair.slice(at + 1).replaceAll('+', ' '))]
  const values = value.split(',').filter((one) => one !== '')
  if (at < 1 || values.length === 0) return undefined
  if (name === 'code') return { codes: values }
  const ids = values.map((one) => PATIENT.exec(one)?.[1]).filter((id) => id !== undefined)
  return (name === 'patient' || name === 'subject') && ids.length === values.length
    ? { patients: ids }
    : undefined
}

/**
 * Reads one filter-criteria: `Type?patient=Patient/id&code=system|code`, the type left out where the topic has one only.
 * @returns undefined for what this topic cannot be filtered by
 * @see https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/StructureDefinition-backport-filter-criteria.html
 */
export function readCriteria(topic: Topic, text: string): Criteria | undefined {
  const [, type, query = ''] = CRITERIA.exec(text) ?? []
  if (text === '' || (type === undefined && query === '')) return undefined
  if (type !== undefined && topic.types && !topic.types.includes(type)) return undefined
  try {
    const pairs = query.split('&').filter((pair) => pair !== '')
    const read = pairs.map(readPair)
    if (read.some((each) => each === undefined)) return undefined
    const criteria: Criteria = Object.assign({ ...(type !== undefined && { type }) }, ...read)
    return criteria.codes && !topic.filters.includes('code') ? undefined : criteria
  } catch {
    return undefined
  }
}

export const verbOf = ({ deleted, version }: Entry): Verb =>
  deleted ? 'delete' : version === 1 ? 'create' : 'update'

/** What a criteria is held against. */
export interface Happened {
  readonly entry: Entry
  /** Public ids of every Patient of the person. */
  readonly patients: ReadonlySet<string>
}

/** Parsed once, for all subscriptions that ask. */
const parsed = new WeakMap<Entry, Resource>()

function resourceOf(entry: Entry): Resource {
  const known = parsed.get(entry) ?? (parseJson(bytesOf(entry).toString(), { depth: 500 }) as Resource)
  parsed.set(entry, known)
  return known
}

const hasCode = (entry: Entry, codes: readonly string[]): boolean =>
  codingsOf(resourceOf(entry)['code']).some(({ system = '', code }) =>
    codes.some((one) => one === code || one === `${system}|${code}`),
  )

/** Of what was deleted no text is left: only type and person can be asked. */
function fits({ entry, patients }: Happened, { type, patients: wanted, codes }: Criteria): boolean {
  return (
    (type === undefined || type === entry.type) &&
    (wanted === undefined || wanted.some((id) => patients.has(id))) &&
    (codes === undefined || (!entry.deleted && hasCode(entry, codes)))
  )
}

/** Whether something that happened is what a subscription is about. No criteria: everything of the topic. */
export function isAbout(topic: Topic, criteria: readonly Criteria[], happened: Happened): boolean {
  const { entry } = happened
  return (
    (topic.types === undefined || topic.types.includes(entry.type)) &&
    topic.verbs.includes(verbOf(entry)) &&
    (criteria.length === 0 || criteria.some((one) => fits(happened, one))) &&
    (topic.fits === undefined || topic.fits(entry, resourceOf(entry)))
  )
}
