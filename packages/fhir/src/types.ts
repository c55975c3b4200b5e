import type { WrittenNumber } from './json.ts'

/** A FHIR decimal: a number, or one whose written form matters. */
export type Decimal = number | WrittenNumber

export interface Coding {
  readonly system?: string
  readonly version?: string
  readonly code?: string
  readonly display?: string
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}

export interface Reference {
  readonly reference?: string
  readonly type?: string
  readonly display?: string
}

export interface Meta {
  readonly versionId?: string
  readonly lastUpdated?: string
  readonly source?: string
  readonly profile?: readonly string[]
  readonly security?: readonly Coding[]
  readonly tag?: readonly Coding[]
}

/** Any R4 resource. What a room reads of it, it reads through a type of its own or checks first. */
export interface FhirResource {
  readonly resourceType: string
  readonly id?: string
  readonly meta?: Meta
  readonly [element: string]: unknown
}
