/** The Patient over several declarations: each part of the form speaks for its own elements and no others. */

import type { FhirResource } from '@sokhoe/fhir'
import { type About, patientOf } from './identity.ts'

interface Marked {
  readonly type?: unknown
  readonly use?: unknown
  readonly value?: unknown
  readonly assigner?: unknown
}

const listOf = (resource: FhirResource, element: string): readonly Marked[] => {
  const value = resource[element]
  return Array.isArray(value) ? value : []
}

/** The address she is registered at is told in a later part; where she lives, in the first. */
const isRegistered = ({ type }: Marked): boolean => type === 'physical'

/** Who issued the paper is told in a later part than its number. */
function withIssuer(identifiers: readonly Marked[], before: readonly Marked[], { issuedBy }: About) {
  const [first, ...others] = identifiers
  if (!first) return identifiers
  const assigner = first.assigner ?? (issuedBy === undefined ? before[0]?.assigner : { display: issuedBy })
  return [{ ...first, ...(assigner !== undefined && { assigner }) }, ...others]
}

/** Numbers that the authority has ended stay beside what is told, and are not told again as if they stood. */
function withEnded(identifiers: readonly Marked[], before: readonly Marked[]): readonly Marked[] {
  const ended = before.filter(({ use }) => use === 'old')
  return [...identifiers.filter(({ value }) => !ended.some((one) => one.value === value)), ...ended]
}

const LATER = ['extension', 'telecom', 'contact'] as const

/**
 * The next version of the Patient.
 *
 * @param previous the version that stands
 * @param about what this declaration says; its own parts replace what they said before, the others stay
 * @param later whether it holds the later part about herself
 */
export function nextPatient(previous: FhirResource, about: About, later: boolean): FhirResource {
  const next = patientOf(about)
  const named = about.name !== undefined
  const identifier = withEnded(
    withIssuer(listOf(named ? next : previous, 'identifier'), listOf(previous, 'identifier'), about),
    listOf(previous, 'identifier'),
  )
  const addresses = [
    ...listOf(named ? next : previous, 'address').filter((one) => !isRegistered(one)),
    ...listOf(later ? next : previous, 'address').filter(isRegistered),
  ]
  const { identifier: _, address: __, ...whole } = { ...previous, ...next }
  const kept = later
    ? without(
        whole,
        LATER.filter((element) => next[element] === undefined),
      )
    : whole
  return {
    ...kept,
    resourceType: 'Patient',
    ...(identifier.length > 0 && { identifier }),
    ...(addresses.length > 0 && { address: addresses }),
  }
}

const without = (resource: object, elements: readonly string[]): object =>
  Object.fromEntries(Object.entries(resource).filter(([name]) => !elements.includes(name)))
