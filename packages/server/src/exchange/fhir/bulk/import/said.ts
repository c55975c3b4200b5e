import { hash } from 'node:crypto'
import { type FhirResource, writeJson } from '@sokhoe/fhir'
import { patientsOf } from '@sokhoe/fhir/search'
import { mapReferences } from '@sokhoe/fhir/validate'
import { Problem } from '../../../../platform/problem.ts'
import { issuesOf, type OutcomeIssue, outcome } from '../../outcome.ts'
import { isObject } from '../../parameters.ts'
import { asResource, needValid, readBody } from '../../write/index.ts'

/** Where something stood in what was sent. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** One resource of an import, read and found valid. */
export interface Said {
  readonly place: Place
  /** By what other resources of the same source refer to it; the first names it. */
  readonly names: readonly [string, ...string[]]
  /** The name of the Patient with whom it stands; undefined where it is about nobody. */
  readonly patient: string | undefined
  readonly resource: FhirResource
  /** SHA-256 of its text. */
  readonly digest: Buffer
}

/** A line that was not taken, and why. */
export interface Refused {
  readonly place: Place
  readonly problem: Problem
}

export const sha256 = (text: string | Buffer): Buffer =>
  Buffer.from(hash('sha256', text, 'base64url'), 'base64url')

/** Told as an OperationOutcome: file and line, and what is wrong there; never what stood there. */
export function refusedText({ place, problem }: Refused): string {
  const where = `${place.file} ${place.line}`
  const lines = issuesOf(problem).map(
    (issue): OutcomeIssue => ({ ...issue, text: `${where}: ${issue.text}` }),
  )
  return outcome(lines)
}

/** `Type/id`, and where an address stands in front or a version behind, without them. */
const LOCAL = /(?:^|\/)([A-Z][A-Za-z]+\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/

/** What a reference of the files names: a uuid, `Type/id`, or `Type?identifier=…`. */
export const nameIn = (reference: string): string =>
  reference.startsWith('urn:') || reference.includes('?')
    ? reference
    : (LOCAL.exec(reference)?.[1] ?? reference)

/**
 * The name of the Patient with whom a resource stands.
 * @param others names that are known to be no Patient's: a uuid does not tell
 */
function patientNamed(resource: FhirResource, own: string, others: ReadonlySet<string>): string | undefined {
  if (resource.resourceType === 'Patient') return own
  return patientsOf(resource)
    .map(nameIn)
    .find((name) => !others.has(name))
}

function saidOf(value: unknown, place: Place, more: readonly string[], others: ReadonlySet<string>): Said {
  const resource = asResource(value)
  needValid(resource)
  const { resourceType, id } = resource
  const names = [...more, ...(typeof id === 'string' ? [`${resourceType}/${id}`] : [])]
  const digest = sha256(writeJson(resource))
  // what its source did not name is named by what it says
  const [first = `${resourceType} ${digest.toString('base64url')}`, ...rest] = names
  return { place, names: [first, ...rest], patient: patientNamed(resource, first, others), resource, digest }
}

interface BundleEntry {
  readonly fullUrl?: unknown
  readonly resource?: unknown
  readonly request?: unknown
}

/** What is no object says nothing: it is refused as a resource that is missing. */
const entryList = ({ entry }: Readonly<Record<string, unknown>>): BundleEntry[] =>
  Array.isArray(entry) ? entry.map((one: unknown) => (isObject(one) ? one : {})) : []

/** A Bundle's entries, by the names under which they refer to one another. */
function* entriesOf(bundle: Readonly<Record<string, unknown>>): Generator<readonly [unknown, string[]]> {
  for (const { fullUrl, resource, request } of entryList(bundle)) {
    const type = isObject(resource) ? resource['resourceType'] : undefined
    const condition = isObject(request) ? request['ifNoneExist'] : undefined
    yield [
      resource,
      [
        ...(typeof fullUrl === 'string' ? [nameIn(fullUrl)] : []),
        ...(typeof type === 'string' && typeof condition === 'string' ? [`${type}?${condition}`] : []),
      ],
    ]
  }
}

const NONE: ReadonlySet<string> = new Set()

/** What a Bundle holds besides Patients, by name. */
function othersIn(entries: readonly (readonly [unknown, string[]])[]): ReadonlySet<string> {
  const others = entries.filter(([resource]) => isObject(resource) && resource['resourceType'] !== 'Patient')
  return new Set(others.flatMap(([, names]) => names))
}

const HOLDS = new Set(['transaction', 'batch', 'collection', 'searchset'])

/**
 * Reads one line: a resource, or a Bundle whose entries are taken each by itself.
 * @param refuse told of what is not taken
 */
export function readLine(bytes: Buffer, place: Place, refuse: (refused: Refused) => void): Said[] {
  const attempt = <T>(work: () => T): T | undefined => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      refuse({ place, problem: error })
      return undefined
    }
  }
  const value = attempt(() => readBody(bytes))
  if (value === undefined) return []
  const isHolding = isObject(value) && value['resourceType'] === 'Bundle' && HOLDS.has(String(value['type']))
  const each: (readonly [unknown, string[]])[] = isHolding ? [...entriesOf(value)] : [[value, []]]
  const others = isHolding ? othersIn(each) : NONE
  return each.flatMap(([one, names]) => attempt(() => saidOf(one, place, names, others)) ?? [])
}

/** Every reference by what it names. */
export const renamed = (resource: FhirResource, to: (name: string) => string | undefined): FhirResource =>
  mapReferences(resource, (text, kind) => (kind === 'reference' ? (to(nameIn(text)) ?? text) : text))

/** How something of this import is called within one message: a uuid drawn from its name. */
export function urnOf(name: string): string {
  const hex = hash('sha256', name, 'hex')
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
