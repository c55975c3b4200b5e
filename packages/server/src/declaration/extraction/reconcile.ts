/** A later declaration beside the earlier ones: what is new, what changed, what ended. Nothing is overwritten. */

import type { FhirResource } from '@sokhoe/fhir'
import { ended, nextVersion, type Statement, statementKey } from '../../record/index.ts'
import type { Extraction } from './extraction.ts'

/** The latest version of a resource on the person's own shelf, and its number there. */
export type Standing = { readonly no: number; readonly resource: FhirResource }

type Reconciled = {
  readonly add: readonly Statement[]
  /** Next versions, by the number of what they follow. */
  readonly amend: readonly Standing[]
}

/** Marks, server times and speakers: not part of what is stated. */
const ASIDE = new Set([
  'id',
  'meta',
  'issued',
  'recordedDate',
  'recorded',
  'dateAsserted',
  'dateTime',
  'date',
  'recorder',
  'asserter',
  'performer',
  'informationSource',
])

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** JSON with sorted names, numbers as written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (!isObject(value) || 'rawJSON' in value) return JSON.stringify(value) ?? 'null'
  const names = Object.keys(value).toSorted()
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`
}

/** What a resource states, as text to compare; the day counts for measurements only. */
function meaning(resource: FhirResource, dated: boolean): string {
  const kept = Object.entries(resource).filter(
    ([name]) =>
      !ASIDE.has(name) && (dated || resource.resourceType !== 'Observation' || name !== 'effectiveDateTime'),
  )
  return canonical(Object.fromEntries(kept))
}

const inScope = (key: string, scopes: readonly string[]): boolean =>
  scopes.some((scope) => key === scope || key.startsWith(`${scope}/`))

type Latest = ReadonlyMap<string, readonly Standing[]>

function follow(statement: Statement, latest: Latest): Reconciled {
  const standing = latest.get(statement.key) ?? []
  const says = (resource: FhirResource) => meaning(resource, statement.dated === true)
  const known = standing.some(({ resource }) => says(resource) === says(statement.resource))
  if (known) return { add: [], amend: [] }
  const last = standing.at(-1)
  return statement.dated || !last
    ? { add: [statement], amend: [] }
    : { add: [], amend: [{ no: last.no, resource: nextVersion(last.resource, statement.resource) }] }
}

/**
 * Sets a declaration beside what the person declared before.
 *
 * Equal statements stay untouched; changed ones get a next version; what she was asked about again and no longer
 * states is ended. A measurement is never changed: a new value or day is a new resource, and measuring again
 * ends nothing. Doing it twice changes nothing the second time.
 *
 * @param previous latest versions on her own shelf, in order of their numbers; others' resources are passed over
 */
export function reconcile(previous: readonly Standing[], extraction: Extraction): Reconciled {
  const keyed = previous.flatMap((one) => {
    const key = statementKey(one.resource)
    return key === undefined ? [] : [{ key, one }]
  })
  const latest: Latest = new Map(
    [...Map.groupBy(keyed, ({ key }) => key)].map(([key, list]) => [key, list.map(({ one }) => one)]),
  )
  const followed = extraction.statements.map((statement) => follow(statement, latest))
  const now = new Set(extraction.statements.map(({ key }) => key))
  const gone = keyed.filter(({ key }) => !now.has(key) && inScope(key, extraction.answered))
  const ends = gone
    .map(({ one }) => ({ no: one.no, before: one.resource, resource: ended(one.resource, extraction.at) }))
    .filter(({ before, resource }) => meaning(before, true) !== meaning(resource, true))
    .map(({ no, resource }) => ({ no, resource }))
  return {
    add: followed.flatMap(({ add }) => add),
    amend: [...followed.flatMap(({ amend }) => amend), ...ends],
  }
}
