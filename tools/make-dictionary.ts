/**
 * Makes the next preset dictionary of the pack codec: what resources of the city are full of, so that even a pack of
 * few compresses well. Run: node tools/make-dictionary.ts > packages/server/src/record/pack/dictionary-N.txt
 *
 * A dictionary that has been used is never changed: packs name theirs by number and cannot be opened without it.
 * It is kept small: every pack that is written pays for its length (32 kB instead of 12 doubles the time of a compression, for 3 % fewer bytes).
 */
import { deflateRawSync } from 'node:zlib'
import { answersOf, cityOf, type Household, type Resident, visitStatements } from '@sokhoe/city'
import { formOf } from '@sokhoe/codes'
import type { FhirResource } from '@sokhoe/fhir'
import { extract, patientOf } from '../packages/server/src/declaration/extract.ts'

const SIZE = 12_288
/** A resource that compresses this well already teaches nothing. */
const KNOWN_BYTES = 120
const MOST_OF_ONE = 1500
const DAY = '2026-11-23'
const ID = '7f3c1d52-9a0b-4e6f-8c2d-51b7e0a4936e'
const PATIENT = `Patient/${ID}`

/** The form of `finalText`, with nobody's numbers in it. */
const written = ({ resourceType, id: _, meta, ...rest }: FhirResource): string =>
  JSON.stringify({
    resourceType,
    id: ID,
    meta: { ...meta, versionId: '1', lastUpdated: '2026-11-23T05:00:00.000Z' },
    ...rest,
  })

function declared(resident: Resident, { address }: Household): FhirResource[] {
  const response = answersOf(resident, address, DAY)
  const { identity, statements } = extract(formOf(DAY), response, {
    at: `${DAY}T03:00:00Z`,
    patient: PATIENT,
  })
  const whole = { ...response, meta: { source: 'urn:sokhoe:source:self' } } as unknown as FhirResource
  const patient = identity ? [patientOf(identity)] : []
  return [...patient, whole, ...statements.map((each) => each.resource)]
}

const resources = [...cityOf({ seed: 'dictionary', residents: 400, until: DAY })].flatMap((household) =>
  household.members.flatMap((resident) => [
    ...declared(resident, household),
    ...resident.visits.flatMap((visit) => visitStatements(visit, PATIENT).map((each) => each.resource)),
  ]),
)

const shapeOf = (resource: FhirResource): string =>
  `${resource.resourceType} ${JSON.stringify(resource['code'] ?? '')}`

const byShape = [...Map.groupBy(resources, shapeOf).values()].toSorted((a, b) => b.length - a.length)

/** The commonest last: near things cost fewer bits. */
function dictionary(): Buffer {
  let made = Buffer.alloc(0)
  for (const [first] of byShape) {
    if (!first) continue
    const text = Buffer.from(`${written(first).slice(0, MOST_OF_ONE)}\n`)
    const cost =
      made.length === 0 ? Number.POSITIVE_INFINITY : deflateRawSync(text, { dictionary: made }).length
    if (cost > KNOWN_BYTES && text.length + made.length <= SIZE) made = Buffer.concat([text, made])
  }
  return made
}

process.stdout.write(dictionary())
