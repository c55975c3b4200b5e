import type { CodeableConcept, Coding, FhirResource } from '@sokhoe/fhir'
import { asciiKey } from '@sokhoe/model'

/** One fact that a person states, under a key that stays the same from one telling to the next. */
export type Statement = {
  readonly key: string
  readonly resource: FhirResource
  /** A measurement: it belongs to its day, and a later one stands beside it instead of replacing it. */
  readonly dated?: true
}

/** Of whom, by whom and when something is said. */
export type Telling = {
  /** Server time, ISO 8601 with Z. */
  readonly at: string
  readonly subject: { readonly reference: string }
  /** Who said it: the person, or who speaks for her. */
  readonly author: { readonly reference: string }
}

export const STATEMENT = 'urn:sokhoe:statement'
const SELF_SOURCE = 'urn:sokhoe:source:self'
const RESTRICTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
  display: 'restricted',
}

/** Marks a resource as the person's own, unverified word. */
export const selfDeclared = (options: { readonly restricted?: boolean } = {}) => ({
  source: SELF_SOURCE,
  ...(options.restricted && { security: [RESTRICTED] }),
  tag: [{ system: 'urn:sokhoe:assurance', code: 'self-declared' }],
})

/** A statement with its key inside and its mark of origin. */
export function stated(
  key: string,
  { resourceType, ...content }: FhirResource,
  options: { readonly restricted?: boolean; readonly dated?: true } = {},
): Statement {
  const resource = {
    resourceType,
    meta: selfDeclared(options),
    identifier: [{ system: STATEMENT, value: key }],
    ...content,
  }
  return { key, resource, ...(options.dated && { dated: true as const }) }
}

/** A text as part of a key: without marks and case, so that "Tôm hùm" and "tom hum" are one thing. */
export function folded(text: string): string {
  const plain = asciiKey(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return plain || encodeURIComponent(text.normalize('NFC').trim())
}

export const concept = (text: string, ...coding: readonly Coding[]): CodeableConcept =>
  coding.length > 0 ? { coding, text } : { text }

/** "Nobody knows of any" and its kin, as the International Patient Summary codes them. */
export const absent = (code: string, text: string): CodeableConcept =>
  concept(text, { system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code })

export const hl7 = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})
