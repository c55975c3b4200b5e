import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { mapReferences } from '@sokhoe/fhir/validate'

const FOLDER = new URL('../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)

/** Of other programs, long and deep as they may be. */
export const readResource = (text: string): FhirResource =>
  parseJson(text, { length: 40_000_000, depth: 100 }) as FhirResource

/** Names of the resources that HL7 publishes with R4: examples of every type, and its definitions. */
export const exampleNames = (): string[] =>
  readdirSync(FOLDER).filter((name) => /^[A-Za-z].*\.json$/.test(name) && name !== 'package.json')

export const example = (name: string): FhirResource =>
  readResource(readFileSync(new URL(name, FOLDER), 'utf8'))

const A_PATIENT = /^Patient\/[A-Za-z0-9.-]+(?:\/_history\/.*)?$/

/** The same about one Patient who is here: whoever else is spoken of is unknown. */
export const about = (resource: FhirResource, patient: string): FhirResource =>
  resource.resourceType === 'Bundle'
    ? resource
    : mapReferences(resource, (text, kind) =>
        kind === 'reference' && A_PATIENT.test(text) ? `Patient/${patient}` : text,
      )

/** People made by Synthea: transactions, each of one person. */
export const SAMPLES = ['louis-miller', 'clarence-mills'] as const

export const sample = (path: string | URL): string => gunzipSync(readFileSync(path)).toString()

export const sampleNamed = (name: (typeof SAMPLES)[number]): string =>
  sample(new URL(`samples/${name}.json.gz`, import.meta.url))

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !('rawJSON' in value)

/** The same value in one form: names in order, numbers as written. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isObject(value)) return value
  const names = Object.keys(value).toSorted()
  return Object.fromEntries(names.map((name) => [name, ordered(value[name])]))
}

/** All that a resource says but what is the server's own: its id, version and time. */
export function saidBy(resource: FhirResource): string {
  const { id: _, meta, ...rest } = resource
  const { versionId: __, lastUpdated: ___, ...stated } = meta ?? {}
  return writeJson(ordered({ ...rest, ...(Object.keys(stated).length > 0 && { meta: stated }) }))
}
