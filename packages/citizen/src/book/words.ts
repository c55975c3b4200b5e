import { displayOf, type Language, placesOf, type Questionnaire, textOf } from '@sokhoe/model/questionnaire'
import { en } from './none-words.ts'

/** Vietnamese words of the form to those of the reader's language; empty for Vietnamese. */
export type Words = ReadonlyMap<string, string>

export function wordsIn(form: Questionnaire, language: Language): Words {
  if (language === 'vi') return new Map()
  const said = [...placesOf(form).values()].flatMap(({ item }) => [
    [textOf(item, 'vi'), textOf(item, language)] as const,
    ...(item.answerOption ?? []).map(
      ({ valueCoding }) => [displayOf(valueCoding, 'vi'), displayOf(valueCoding, language)] as const,
    ),
  ])
  return new Map([...said, ...Object.entries(en)])
}
