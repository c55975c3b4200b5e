import type { CodeableConcept, Coding, FhirResource } from '@sokhoe/fhir'
import {
  answersOf,
  asciiKey,
  displayOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
} from '@sokhoe/model'

/** One fact a declaration states, under a key that stays the same from one declaration to the next. */
export type Statement = {
  readonly key: string
  readonly resource: FhirResource
  /** A measurement: it belongs to its day, and a later one stands beside it instead of replacing it. */
  readonly dated?: true
}

/** What every maker of statements is given. */
export type Declared = {
  readonly form: Questionnaire
  readonly response: QuestionnaireResponse
  /** Server time, ISO 8601 with Z. */
  readonly at: string
  /** The same day in Vietnam, YYYY-MM-DD. */
  readonly day: string
  readonly subject: { readonly reference: string }
  /** Who said it: the person, or who speaks for her. */
  readonly author: { readonly reference: string }
}

/** What a maker found: facts, and the scopes about which the person has now said everything. */
export type Found = { readonly statements: readonly Statement[]; readonly answered: readonly string[] }

export const STATEMENT = 'urn:sokhoe:statement'
const SELF = 'urn:sokhoe:source:self'
const RESTRICTED: Coding = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
  code: 'R',
  display: 'restricted',
}

/** Marks a resource as the person's own, unverified word. */
export const selfDeclared = (options: { readonly restricted?: boolean } = {}) => ({
  source: SELF,
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

/** The texts told under a question, composed (NFC) and without space around them. */
export const textsAt = (holder: QuestionnaireResponse | ResponseItem, linkId: string): string[] =>
  answersOf(holder, linkId).flatMap(({ valueString }) =>
    valueString === undefined ? [] : [valueString.normalize('NFC').trim()],
  )

/** A text as part of a key: without marks and case, so that "Tôm hùm" and "tom hum" are one thing. */
export function folded(text: string): string {
  const plain = asciiKey(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
  return plain || encodeURIComponent(text.normalize('NFC').trim())
}

/** The option's Vietnamese words, taken from the form and never from what was sent. */
export function wordsOf(form: Questionnaire, linkId: string, code: string): string {
  const option = placesOf(form)
    .get(linkId)
    ?.item.answerOption?.find((one) => one.valueCoding.code === code)
  return option ? displayOf(option.valueCoding, 'vi') : code
}

/** The chosen option as the form codes it. */
export const formCoding = (form: Questionnaire, linkId: string, code: string): Coding => ({
  system: `${form.url}:${linkId}`,
  code,
  display: wordsOf(form, linkId, code),
})

export const concept = (text: string, ...coding: readonly Coding[]): CodeableConcept =>
  coding.length > 0 ? { coding, text } : { text }

/** "Nobody knows of any" and its kin, as the International Patient Summary codes them. */
export const absent = (code: string, text: string): CodeableConcept =>
  concept(text, { system: 'http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips', code })

export const hl7 = (system: string, code: string): CodeableConcept => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${system}`, code }],
})

/** Options that state nothing by themselves. */
export const NONE = 'none'
export const UNKNOWN = 'unknown'
export const named = (codes: readonly string[]): string[] =>
  codes.filter((code) => code !== NONE && code !== UNKNOWN)

/** A list question says everything about its scope unless it is unanswered or "Không rõ". */
export const saysAll = (codes: readonly string[]): boolean => codes.length > 0 && !codes.includes(UNKNOWN)
