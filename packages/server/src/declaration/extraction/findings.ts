import type { FhirResource } from '@sokhoe/fhir'
import {
  type Answer,
  answersOf,
  placesOf,
  type QuestionnaireItem,
  textOf,
  unitOf,
  type WrittenNumber,
} from '@sokhoe/model'
import {
  concept,
  type Declared,
  type Found,
  formCoding,
  hl7,
  type Statement,
  stated,
  UNKNOWN,
} from './statement.ts'

/** A question whose answer is an observation; parts are told beside it and kept as its components. */
type Finding = {
  readonly linkId: string
  readonly key: string
  readonly loinc?: string
  readonly category: 'vital-signs' | 'social-history' | 'survey'
  readonly parts?: readonly string[]
  readonly measured?: true
  readonly restricted?: true
}

const measured = (linkId: string, key: string, loinc: string): Finding => ({
  linkId,
  key,
  loinc,
  category: 'vital-signs',
  measured: true,
})
const habit = (linkId: string, key: string, more: Partial<Finding> = {}): Finding => ({
  linkId,
  key,
  category: 'social-history',
  ...more,
})
const told = (linkId: string, key: string, loinc?: string): Finding => ({
  linkId,
  key,
  category: 'survey',
  ...(loinc && { loinc }),
})
const womb = (linkId: string, key: string, loinc?: string): Finding => ({
  ...told(linkId, key, loinc),
  restricted: true,
})

const FINDINGS: readonly Finding[] = [
  measured('D2.1.6', 'height', '8302-2'),
  measured('D2.1.7', 'weight', '29463-7'),
  measured('D2.1.9', 'waist', '8280-0'),
  habit('B2.1.a', 'smoking', { loinc: '72166-2', parts: ['B2.1.b'] }),
  habit('B2.2.a', 'alcohol', { loinc: '11331-6', parts: ['B2.2.b', 'B2.2.c'] }),
  habit('B2.3.a', 'drugs', { parts: ['B2.3.b'], restricted: true }),
  habit('B2.4.a', 'activity', { loinc: '73985-4' }),
  habit('risk.vegetables', 'vegetables'),
  habit('risk.bp-drugs', 'blood-pressure-medicine-ever'),
  habit('risk.high-glucose', 'high-glucose-ever'),
  habit('B2.5', 'exposure'),
  habit('B2.6', 'exposure-time'),
  habit('B2.7', 'toilet'),
  habit('B2.8', 'other-risk'),
  told('A.03', 'blood-group', '883-9'),
  told('A.04', 'rhesus', '10331-7'),
  told('B1.1', 'delivery', '72149-8'),
  told('B1.2', 'premature'),
  told('B1.3', 'birth-asphyxia'),
  told('B1.4', 'birth-weight', '8339-4'),
  told('B1.5', 'birth-length', '89269-5'),
  told('B1.7', 'birth-problem'),
  told('C.4', 'mother-tetanus'),
  told('B8.1', 'other'),
  womb('B7.1', 'contraception', '8659-5'),
  womb('B7.2', 'last-pregnancy'),
  womb('B7.3', 'pregnancies', '11996-6'),
  womb('B7.4', 'miscarriages', '11614-5'),
  womb('B7.5', 'abortions', '11613-7'),
  womb('B7.6', 'births', '11977-6'),
  womb('B7.7', 'vaginal-births'),
  womb('B7.8', 'caesareans', '68497-7'),
  womb('B7.9', 'difficult-births'),
  womb('B7.10', 'term-births', '11639-2'),
  womb('B7.11', 'preterm-births', '11637-6'),
  womb('B7.12', 'living-children', '11638-4'),
]

/** LOINC's own words for smoking (answer list LL2201-3). */
const SMOKING: Readonly<Record<string, string>> = {
  never: 'LA18978-9',
  former: 'LA15920-4',
  1: 'LA18977-1',
  2: 'LA18976-3',
}

const UCUM = 'http://unitsofmeasure.org'

/** The number goes through untouched, so that 70.50 is still 70.50. */
const quantity = (value: WrittenNumber, item: QuestionnaireItem) => {
  const unit = unitOf(item)
  return unit ? { value, unit: unit.display, system: UCUM, code: unit.code } : { value }
}

const ASKED_UNKNOWN = { dataAbsentReason: hl7('data-absent-reason', 'asked-unknown') }

function saidValue({ form }: Declared, item: QuestionnaireItem, answer: Answer): object {
  const { valueBoolean, valueDecimal, valueInteger, valueString, valueCoding } = answer
  if (valueBoolean !== undefined) return { valueBoolean }
  if (valueDecimal !== undefined) return { valueQuantity: quantity(valueDecimal, item) }
  if (valueInteger !== undefined) return { valueInteger }
  if (valueString !== undefined) return { valueString: valueString.normalize('NFC').trim() }
  const code = valueCoding?.code
  if (code === undefined || code === UNKNOWN) return ASKED_UNKNOWN
  const coding = formCoding(form, item.linkId, code)
  return { valueCodeableConcept: concept(coding.display ?? code, coding) }
}

/** "Not smoking" alone does not say whether she ever did: only the follow-up makes it never or former. */
function smokingValue(declared: Declared, item: QuestionnaireItem, answer: Answer): object {
  const code = answer.valueCoding?.code ?? ''
  const quit = answersOf(declared.response, 'B2.1.b')[0]?.valueBoolean
  const before = quit === undefined ? undefined : quit ? 'former' : 'never'
  const status = SMOKING[code === '0' ? (before ?? '') : code]
  const coding = formCoding(declared.form, item.linkId, code)
  return {
    valueCodeableConcept: concept(
      coding.display ?? code,
      ...(status ? [{ system: 'http://loinc.org', code: status }] : []),
      coding,
    ),
  }
}

const codeOf = (declared: Declared, item: QuestionnaireItem, loinc?: string) =>
  concept(textOf(item, 'vi'), ...(loinc ? [{ system: 'http://loinc.org', code: loinc }] : []), {
    system: declared.form.url,
    code: item.linkId,
  })

/** An observation the person makes of herself, on the day she tells it. */
const observationOf = (
  declared: Declared,
  category: string,
  code: unknown,
  content: object,
): FhirResource => ({
  resourceType: 'Observation',
  status: 'final',
  category: [hl7('observation-category', category)],
  code,
  subject: declared.subject,
  effectiveDateTime: declared.day,
  issued: declared.at,
  performer: [declared.author],
  ...content,
})

function partsOf(declared: Declared, { parts = [] }: Finding): object {
  const component = parts.flatMap((linkId) => {
    const item = placesOf(declared.form).get(linkId)?.item
    const answer = answersOf(declared.response, linkId)[0]
    return item && answer ? [{ code: codeOf(declared, item), ...saidValue(declared, item, answer) }] : []
  })
  return component.length > 0 ? { component } : {}
}

function observed(declared: Declared, finding: Finding): Statement[] {
  const item = placesOf(declared.form).get(finding.linkId)?.item
  const answer = answersOf(declared.response, finding.linkId)[0]
  if (!item || !answer) return []
  const value = (finding.key === 'smoking' ? smokingValue : saidValue)(declared, item, answer)
  const content = { ...value, ...partsOf(declared, finding) }
  const code = codeOf(declared, item, finding.loinc)
  return [
    stated(`observation/${finding.key}`, observationOf(declared, finding.category, code, content), {
      ...(finding.restricted && { restricted: true }),
      ...(finding.measured && { dated: true as const }),
    }),
  ]
}

const PRESSURE = [
  { linkId: 'D2.1.3', loinc: '8480-6', text: 'Huyết áp tâm thu' },
  { linkId: 'D2.1.4', loinc: '8462-4', text: 'Huyết áp tâm trương' },
] as const

/** One reading; a number that was not told is said to be unknown, never guessed. */
function bloodPressure(declared: Declared): Statement[] {
  const numbers = PRESSURE.map((part) => ({
    ...part,
    value: answersOf(declared.response, part.linkId)[0]?.valueInteger,
  }))
  if (numbers.every(({ value }) => value === undefined)) return []
  const component = numbers.map(({ loinc, text, value }) => ({
    code: concept(text, { system: 'http://loinc.org', code: loinc }),
    ...(value === undefined
      ? { dataAbsentReason: hl7('data-absent-reason', 'unknown') }
      : { valueQuantity: { value, unit: 'mmHg', system: UCUM, code: 'mm[Hg]' } }),
  }))
  const code = concept('Huyết áp', { system: 'http://loinc.org', code: '85354-9' })
  return [
    stated('observation/blood-pressure', observationOf(declared, 'vital-signs', code, { component }), {
      dated: true,
    }),
  ]
}

/** All that is told as a value: measures, habits, birth, blood group, reproductive health. */
export function findings(declared: Declared): Found {
  const statements = [
    ...FINDINGS.flatMap((finding) => observed(declared, finding)),
    ...bloodPressure(declared),
  ]
  return { statements, answered: statements.map(({ key }) => key) }
}
