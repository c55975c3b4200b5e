import type { Coding } from '@sokhoe/fhir'
import {
  answersOf,
  displayOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
} from '@sokhoe/model'
import type { Statement, Telling } from '../../record/index.ts'

export {
  absent,
  concept,
  folded,
  hl7,
  type Statement,
  selfDeclared,
  stated,
} from '../../record/index.ts'

/** What every maker of statements is given. */
export type Declared = Telling & {
  readonly form: Questionnaire
  readonly response: QuestionnaireResponse
  /** The day of the telling in Vietnam, YYYY-MM-DD. */
  readonly day: string
}

/** What a maker found: facts, and the scopes about which the person has now said everything. */
export type Found = { readonly statements: readonly Statement[]; readonly answered: readonly string[] }

/** The texts told under a question, composed (NFC) and without space around them. */
export const textsAt = (holder: QuestionnaireResponse | ResponseItem, linkId: string): string[] =>
  answersOf(holder, linkId).flatMap(({ valueString }) =>
    valueString === undefined ? [] : [valueString.normalize('NFC').trim()],
  )

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

/** Options that state nothing by themselves. */
export const NONE = 'none'
export const UNKNOWN = 'unknown'
export const named = (codes: readonly string[]): string[] =>
  codes.filter((code) => code !== NONE && code !== UNKNOWN)

/** A list question says everything about its scope unless it is unanswered or "Không rõ". */
export const saysAll = (codes: readonly string[]): boolean => codes.length > 0 && !codes.includes(UNKNOWN)
