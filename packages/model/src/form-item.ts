/**
 * A form as FHIR R4 Questionnaire, as far as Sổ Khỏe uses it, and the reading of what an item carries in
 * extensions. Runs in the browser and on the server; imports nothing.
 */

export type Language = 'vi' | 'en'

export type Extension = {
  readonly url: string
  readonly valueString?: string
  readonly _valueString?: Translated
  readonly valueCode?: string
  readonly valueBoolean?: boolean
  readonly valueInteger?: number
  readonly valueDecimal?: number
  readonly valueCoding?: Coding
  readonly extension?: readonly Extension[]
}

/** What stands beside a text in FHIR JSON (`_text`, `_display`): its translations. */
export type Translated = { readonly extension?: readonly Extension[] }

export type Coding = {
  readonly system?: string
  readonly code?: string
  readonly display?: string
  readonly _display?: Translated
  readonly extension?: readonly Extension[]
}

export type ItemType =
  | 'group'
  | 'display'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'date'
  | 'string'
  | 'text'
  | 'choice'

export type EnableWhen = {
  readonly question: string
  readonly operator: '=' | '!=' | 'exists'
  readonly answerBoolean?: boolean
  readonly answerCoding?: Coding
}

export type AnswerOption = { readonly valueCoding: Coding; readonly extension?: readonly Extension[] }

export type QuestionnaireItem = {
  readonly linkId: string
  readonly prefix?: string
  readonly text?: string
  readonly _text?: Translated
  readonly type: ItemType
  readonly required?: boolean
  readonly repeats?: boolean
  readonly maxLength?: number
  readonly enableWhen?: readonly EnableWhen[]
  readonly enableBehavior?: 'all' | 'any'
  readonly answerOption?: readonly AnswerOption[]
  readonly answerValueSet?: string
  readonly item?: readonly QuestionnaireItem[]
  readonly extension?: readonly Extension[]
}

export type Questionnaire = {
  readonly resourceType: 'Questionnaire'
  readonly url: string
  readonly version: string
  readonly status: 'draft' | 'active' | 'retired'
  readonly title: string
  readonly _title?: Translated
  readonly subjectType?: readonly string[]
  readonly date?: string
  readonly publisher?: string
  readonly effectivePeriod?: { readonly start: string; readonly end?: string }
  readonly item: readonly QuestionnaireItem[]
}

/** The parts of the declaration: who I am, the first 90 seconds, and what can be told at leisure. */
export const PARTS = [
  'identity',
  'first',
  'risk',
  'surgery',
  'immunisation',
  'reproductive',
  'birth',
  'disability',
  'about',
] as const
export type Part = (typeof PARTS)[number]

/** Extension addresses of the form: one place, so that writer and readers cannot differ. */
export const EXT = {
  part: 'urn:sokhoe:ext:part',
  hint: 'urn:sokhoe:ext:hint',
  year: 'urn:sokhoe:ext:year',
  likely: 'urn:sokhoe:ext:likely',
  sensitivity: 'urn:sokhoe:ext:sensitivity',
  consentVersion: 'urn:sokhoe:ext:consent-version',
  translation: 'http://hl7.org/fhir/StructureDefinition/translation',
  unit: 'http://hl7.org/fhir/StructureDefinition/questionnaire-unit',
  exclusive: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive',
  min: 'http://hl7.org/fhir/StructureDefinition/minValue',
  max: 'http://hl7.org/fhir/StructureDefinition/maxValue',
  regex: 'http://hl7.org/fhir/StructureDefinition/regex',
} as const

type Extended = { readonly extension?: readonly Extension[] }

/** The first extension of that address, if any. */
export const extensionOf = (holder: Extended | undefined, url: string): Extension | undefined =>
  holder?.extension?.find((extension) => extension.url === url)

function translationIn(holder: Extended | undefined, language: Language): string | undefined {
  if (language === 'vi') return undefined
  const translation = holder?.extension?.find(
    (extension) =>
      extension.url === EXT.translation && extensionOf(extension, 'lang')?.valueCode === language,
  )
  return extensionOf(translation, 'content')?.valueString
}

/** The item's question in that language; Vietnamese where there is no translation. */
export const textOf = (item: QuestionnaireItem, language: Language): string =>
  translationIn(item._text, language) ?? item.text ?? ''

/** The option's words in that language; Vietnamese where there is no translation. */
export const displayOf = (coding: Coding, language: Language): string =>
  translationIn(coding._display, language) ?? coding.display ?? ''

/** The helping sentence under a question or beside an option, if it has one. */
export function hintOf(holder: Extended, language: Language): string | undefined {
  const hint = extensionOf(holder, EXT.hint)
  return translationIn(hint?._valueString, language) ?? hint?.valueString
}

/** The unit an answer is in: its UCUM code and how it is shown. */
export function unitOf(item: QuestionnaireItem): { code: string; display: string } | undefined {
  const coding = extensionOf(item, EXT.unit)?.valueCoding
  return coding?.code ? { code: coding.code, display: coding.display ?? coding.code } : undefined
}

const numberIn = (extension: Extension | undefined): number | undefined =>
  extension?.valueDecimal ?? extension?.valueInteger

/** Outside this range an answer cannot be: it is refused. */
export const hardRangeOf = (item: QuestionnaireItem): { low: number; high: number } => ({
  low: numberIn(extensionOf(item, EXT.min)) ?? Number.NEGATIVE_INFINITY,
  high: numberIn(extensionOf(item, EXT.max)) ?? Number.POSITIVE_INFINITY,
})

/** Outside this range an answer is asked back ("Có đúng không?"), and then believed. */
export function likelyRangeOf(item: QuestionnaireItem): { low: number; high: number } | undefined {
  const likely = extensionOf(item, EXT.likely)
  const low = numberIn(extensionOf(likely, 'low'))
  const high = numberIn(extensionOf(likely, 'high'))
  return low === undefined || high === undefined ? undefined : { low, high }
}

/** "Không có" and "Không rõ": options that no other option may stand beside. */
export const isExclusive = (option: AnswerOption): boolean =>
  extensionOf(option, EXT.exclusive)?.valueBoolean === true

/** 'sensitive' where the answer asks for more discretion on screens and in sharing. */
export const sensitivityOf = (item: QuestionnaireItem): string | undefined =>
  extensionOf(item, EXT.sensitivity)?.valueCode

/** The version of the consent text an item shows, where the item is a consent. */
export const consentVersionOf = (item: QuestionnaireItem): string | undefined =>
  extensionOf(item, EXT.consentVersion)?.valueString

/** Where an item stands: its groups from the top, its part, and the repeating group it lies in. */
export type Place = {
  readonly item: QuestionnaireItem
  readonly path: readonly QuestionnaireItem[]
  readonly part: Part | undefined
  readonly inRepeating: string | undefined
}

const known = new WeakMap<Questionnaire, ReadonlyMap<string, Place>>()

/** Every item of the form by linkId, in form order; worked out once per form. */
export function placesOf(form: Questionnaire): ReadonlyMap<string, Place> {
  const before = known.get(form)
  if (before) return before
  const places = new Map<string, Place>()
  const visit = (item: QuestionnaireItem, path: readonly QuestionnaireItem[]): void => {
    const top = path[0] ?? item
    const part = PARTS.find((one) => one === extensionOf(top, EXT.part)?.valueCode)
    const inRepeating = path.findLast((group) => group.repeats)?.linkId
    places.set(item.linkId, { item, path, part, inRepeating })
    for (const child of item.item ?? []) visit(child, [...path, item])
  }
  for (const item of form.item) visit(item, [])
  known.set(form, places)
  return places
}

/** The part of the declaration an item belongs to. */
export const partOf = (form: Questionnaire, linkId: string): Part | undefined =>
  placesOf(form).get(linkId)?.part

/** The follow-up questions that open under one option of a question ("taking medicine? since when?"). */
export const followUpsOf = (form: Questionnaire, linkId: string, code: string): QuestionnaireItem[] =>
  [...placesOf(form).values()]
    .map((place) => place.item)
    .filter((item) =>
      item.enableWhen?.some((when) => when.question === linkId && when.answerCoding?.code === code),
    )
