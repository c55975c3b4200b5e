import { displayOf, type Questionnaire, type QuestionnaireItem, textOf } from '@sokhoe/model/questionnaire'
import { once } from '../csv.ts'
import { formVersions } from '../form.ts'
import type { Concept, System, ValueSet } from './system.ts'

const FORM = 'urn:sokhoe:form:831'

function itemsOf(items: readonly QuestionnaireItem[]): QuestionnaireItem[] {
  return items.flatMap((item) => [item, ...itemsOf(item.item ?? [])])
}

/** Words in both languages, the English only where it differs. */
const inBoth = (vi: string, en: string) => ({ display: vi, ...(en !== vi && en !== '' && { english: en }) })

const question = (item: QuestionnaireItem): Concept => ({
  code: item.linkId,
  ...inBoth(textOf(item, 'vi') || item.linkId, textOf(item, 'en')),
  ...(item.type === 'group' && { heading: true }),
})

function optionsOf(item: QuestionnaireItem): Concept[] {
  return (item.answerOption ?? []).flatMap(({ valueCoding }) => {
    const { code } = valueCoding
    return code === undefined
      ? []
      : [{ code, ...inBoth(displayOf(valueCoding, 'vi'), displayOf(valueCoding, 'en')) }]
  })
}

const idOf = (form: Questionnaire, linkId: string): string => `form-831-${form.version}-${linkId}`

const ofForm = (form: Questionnaire) =>
  ({ version: form.version, ...(form.effectivePeriod && { from: form.effectivePeriod.start }) }) as const

function systemsOf(form: Questionnaire): System[] {
  const items = itemsOf(form.item)
  const asked = items.filter((item) => (item.answerOption?.length ?? 0) > 0)
  return [
    {
      ...ofForm(form),
      id: `form-831-${form.version}`,
      url: FORM,
      title: 'Mẫu 831: các mục',
      english: 'Form 831: questions',
      content: 'complete',
      source: '831/QĐ-BYT',
      concepts: once(() => items.map(question)),
    },
    ...asked.map(
      (item): System => ({
        ...ofForm(form),
        id: idOf(form, item.linkId),
        url: `${FORM}:${item.linkId}`,
        title: `Mẫu 831, ${item.linkId}: ${textOf(item, 'vi')}`,
        english: `Form 831, ${item.linkId}: ${textOf(item, 'en')}`,
        content: 'complete',
        source: '831/QĐ-BYT',
        concepts: once(() => optionsOf(item)),
      }),
    ),
  ]
}

/** The questions of the form, and for each question the answers to choose from. */
export const formSystems = once((): System[] => formVersions().flatMap(systemsOf))

/** What may be answered to each question. */
export const formValueSets = once((): ValueSet[] =>
  formSystems().map(({ id, url, version, from, title, english }) => ({
    id,
    url: url.replace('urn:sokhoe:form:', 'urn:sokhoe:valueset:form:'),
    ...(version !== undefined && { version }),
    ...(from !== undefined && { from }),
    title,
    english,
    include: [{ system: url, ...(version !== undefined && { version }) }],
  })),
)
