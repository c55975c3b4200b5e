import {
  type AnswerOption,
  type Coding,
  type EnableWhen,
  EXT,
  type Extension,
  type ItemType,
  type Part,
  type QuestionnaireItem,
  type Translated,
} from '@sokhoe/model/questionnaire'

/** A sentence in Vietnamese and in English. */
export type Text = readonly [vi: string, en: string]

/** One option: its code, its words, and whether it stands alone ("Không có"). */
export type Option = readonly [
  code: string,
  vi: string,
  en: string,
  more?: { readonly alone?: boolean; readonly hint?: Text },
]

/** Asked only when that question has that option, or that boolean. */
export type When = readonly [question: string, answer: string | boolean]

type More = {
  readonly hint?: Text
  readonly required?: boolean
  readonly repeats?: boolean
  readonly max?: number
  readonly pattern?: string
  readonly when?: readonly When[]
  readonly unit?: readonly [code: string, display: string]
  readonly hard?: readonly [low: number, high: number]
  readonly likely?: readonly [low: number, high: number]
  readonly sensitive?: boolean
  readonly year?: boolean
  readonly consentVersion?: string
  readonly valueSet?: string
}

/** The code system of one question's options: "1" means another thing at every question. */
const systemOf = (linkId: string): string => `urn:sokhoe:form:831:${linkId}`

const translated = ([vi, en]: Text): { extension: Extension[] } | undefined =>
  vi === en
    ? undefined
    : {
        extension: [
          {
            url: EXT.translation,
            extension: [
              { url: 'lang', valueCode: 'en' },
              { url: 'content', valueString: en },
            ],
          },
        ],
      }

const wording = (text: Text): { text: string; _text?: Translated } => {
  const translation = translated(text)
  return { text: text[0], ...(translation && { _text: translation }) }
}

/** The helping sentence: its English stands inside it, as it does for every text. */
const hint = (text: Text): Extension => ({ url: EXT.hint, valueString: text[0], ...translatedHint(text) })
const translatedHint = (text: Text): { _valueString?: Translated } => {
  const translation = translated(text)
  return translation ? { _valueString: translation } : {}
}

const option =
  (linkId: string) =>
  ([code, vi, en, more = {}]: Option): AnswerOption => {
    const translation = translated([vi, en])
    const coding: Coding = {
      system: systemOf(linkId),
      code,
      display: vi,
      ...(translation && { _display: translation }),
    }
    const extension: Extension[] = []
    if (more.alone) extension.push({ url: EXT.exclusive, valueBoolean: true })
    if (more.hint) extension.push(hint(more.hint))
    return extension.length > 0 ? { extension, valueCoding: coding } : { valueCoding: coding }
  }

const when = ([question, answer]: When): EnableWhen =>
  typeof answer === 'boolean'
    ? { question, operator: '=', answerBoolean: answer }
    : { question, operator: '=', answerCoding: { system: systemOf(question), code: answer } }

const bounds = (type: ItemType, [low, high]: readonly [number, number]): Extension[] =>
  type === 'integer'
    ? [
        { url: EXT.min, valueInteger: low },
        { url: EXT.max, valueInteger: high },
      ]
    : [
        { url: EXT.min, valueDecimal: low },
        { url: EXT.max, valueDecimal: high },
      ]

const likely = ([low, high]: readonly [number, number]): Extension => ({
  url: EXT.likely,
  extension: [
    { url: 'low', valueDecimal: low },
    { url: 'high', valueDecimal: high },
  ],
})

function extensionsOf(type: ItemType, more: More): Extension[] {
  const { unit, hard, sensitive, consentVersion, pattern } = more
  return [
    ...(more.hint ? [hint(more.hint)] : []),
    ...(unit
      ? [
          {
            url: EXT.unit,
            valueCoding: { system: 'http://unitsofmeasure.org', code: unit[0], display: unit[1] },
          },
        ]
      : []),
    ...(hard ? bounds(type, hard) : []),
    ...(more.likely ? [likely(more.likely)] : []),
    ...(more.year ? [{ url: EXT.year, valueBoolean: true }] : []),
    ...(sensitive ? [{ url: EXT.sensitivity, valueCode: 'sensitive' }] : []),
    ...(consentVersion ? [{ url: EXT.consentVersion, valueString: consentVersion }] : []),
    ...(pattern ? [{ url: EXT.regex, valueString: pattern }] : []),
  ]
}

function common(type: ItemType, more: More): Partial<QuestionnaireItem> {
  const extension = extensionsOf(type, more)
  return {
    ...(extension.length > 0 && { extension }),
    ...(more.when && { enableWhen: more.when.map(when) }),
    ...(more.when && more.when.length > 1 && { enableBehavior: 'any' as const }),
    ...(more.required && { required: true }),
    ...(more.repeats && { repeats: true }),
    ...(more.max && { maxLength: more.max }),
    ...(more.valueSet && { answerValueSet: more.valueSet }),
  }
}

/** A question that takes a value. */
export const ask = (
  linkId: string,
  type: Exclude<ItemType, 'group' | 'display'>,
  text: Text,
  more: More = {},
): QuestionnaireItem => ({ linkId, ...wording(text), type, ...common(type, more) })

/** A question answered by tapping one option, or several where it repeats. */
export const choose = (
  linkId: string,
  text: Text,
  options: readonly Option[],
  more: More = {},
): QuestionnaireItem => ({ ...ask(linkId, 'choice', text, more), answerOption: options.map(option(linkId)) })

/** A year, four digits, never in the future. */
export const askYear = (linkId: string, text: Text, more: More = {}): QuestionnaireItem =>
  ask(linkId, 'integer', text, { ...more, hard: [1900, 2199], year: true })

/** A number of times. */
export const count = (linkId: string, text: Text, more: More = {}): QuestionnaireItem =>
  ask(linkId, 'integer', text, { hard: [0, 30], likely: [0, 12], ...more })

export const group = (
  linkId: string,
  text: Text,
  item: readonly QuestionnaireItem[],
  more: More = {},
): QuestionnaireItem => ({ linkId, ...wording(text), type: 'group', ...common('group', more), item })

export const say = (linkId: string, text: Text): QuestionnaireItem => ({
  linkId,
  ...wording(text),
  type: 'display',
})

/** A part of the declaration: a group at the top of the form. */
export function part(
  code: Part,
  linkId: string,
  text: Text,
  item: readonly QuestionnaireItem[],
  more: More = {},
): QuestionnaireItem {
  const whole = group(linkId, text, item, more)
  return { ...whole, extension: [{ url: EXT.part, valueCode: code }, ...(whole.extension ?? [])] }
}

export const NONE: Option = ['none', 'Không có', 'None', { alone: true }]
export const UNKNOWN: Option = ['unknown', 'Không rõ', 'Not sure', { alone: true }]
export const YES_NO_UNKNOWN: readonly Option[] = [
  ['yes', 'Có', 'Yes'],
  ['no', 'Không', 'No'],
  ['unknown', 'Không nhớ', 'Do not remember'],
]
