import {
  type Answer,
  answersOf,
  instancesOf,
  type Language,
  type Questionnaire,
  type QuestionnaireItem,
  type QuestionnaireResponse,
} from '@sokhoe/model/questionnaire'

/** What a question on the screen needs: the form, the answers so far, and how to change them. */
export type Asking = {
  readonly form: Questionnaire
  readonly response: QuestionnaireResponse
  readonly language: Language
  /** Inside a repeating group: its linkId and which instance. */
  readonly instance: { readonly group: string; readonly index: number } | undefined
  /** Text in fields that is not, or not yet, an answer; by `keyOf`. */
  readonly typed: ReadonlyMap<string, string>
  readonly errors: ReadonlyMap<string, string>
  readonly open: ReadonlySet<string>
  readonly set: (linkId: string, answers: readonly Answer[], index?: number) => void
  readonly type: (key: string, text: string) => void
  readonly remove: (group: string, index: number) => void
  /** Asked back because unusual, and what to do when it stands. */
  readonly unusual: ReadonlyMap<string, () => void>
}

export const keyOf = (linkId: string, index = 0): string => `${linkId}.${index}`

/** An id that a label, an error and a link in the summary can share. */
export const idOf = (key: string): string => `q-${key.replaceAll(/[^\w-]/g, '-')}`

export const indexOf = (asking: Asking): number => asking.instance?.index ?? 0

/** The answers to a question where it stands now. */
export function answersHere(asking: Asking, item: QuestionnaireItem): readonly Answer[] {
  const { response, instance } = asking
  const holder = instance ? (instancesOf(response, instance.group)[instance.index] ?? {}) : response
  return answersOf(holder, item.linkId)
}
