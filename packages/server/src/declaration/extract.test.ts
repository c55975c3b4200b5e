import { formOf } from '@sokhoe/codes'
import { decimal, type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { validate } from '@sokhoe/fhir/validate'
import {
  type Answer,
  answersOf,
  displayOf,
  emptyResponse,
  itemsOf,
  placesOf,
  type QuestionnaireResponse,
  type ResponseItem,
  withAnswer,
} from '@sokhoe/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyResponse } from '../../../model/test/response-arbitrary.ts'
import { type Extraction, extract, patientOf } from './extract.ts'
import { KEPT_IN_RESPONSE_ONLY } from './extraction/extraction.ts'

const form = formOf('2026-11-20')
const at = '2026-11-20T18:30:00.000Z'
const by = { at, patient: 'Patient/p1' }

const code = (one: string): Answer => ({ valueCoding: { code: one } })
const fill = (answers: Readonly<Record<string, readonly Answer[]>>, from = emptyResponse(form)) =>
  Object.entries(answers).reduce((sum, [linkId, given]) => withAnswer(form, sum, linkId, given), from)
const facts = ({ statements }: Extraction): Record<string, FhirResource> =>
  Object.fromEntries(statements.map(({ key, resource }) => [key, resource]))
const tell = (answers: Readonly<Record<string, readonly Answer[]>>) => facts(extract(form, fill(answers), by))

const ha = fill({
  'A.01': [{ valueString: 'Nguyễn Thị Thu Hà' }],
  'A.02': [code('2')],
  'A.05': [{ valueDate: '1961-03' }],
  'A.11': [{ valueString: '079161012345' }],
  'A.18.1': [{ valueString: '480/12 Bình Quới' }],
  'A.18.2': [code('26911')],
})

test('hypertension with medicine since 2015 becomes a condition and a medicine, unconfirmed and from herself', () => {
  const told = tell({
    'B3.2.1': [code('2')],
    'medicine.2': [code('yes')],
    'B3.2.3.2': [{ valueInteger: 2015 }],
  })
  expect(Object.keys(told)).toEqual(['condition/hypertension', 'medicine/blood-pressure'])
  expect(told['condition/hypertension']).toMatchObject({
    resourceType: 'Condition',
    meta: { source: 'urn:sokhoe:source:self', tag: [{ code: 'self-declared' }] },
    identifier: [{ system: 'urn:sokhoe:statement', value: 'condition/hypertension' }],
    clinicalStatus: { coding: [{ code: 'active' }] },
    verificationStatus: { coding: [{ code: 'unconfirmed' }] },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'I10' }, {}], text: 'Tăng huyết áp' },
    subject: { reference: 'Patient/p1' },
    onsetDateTime: '2015',
    recordedDate: at,
    asserter: { reference: 'Patient/p1' },
  })
  expect(told['medicine/blood-pressure']).toMatchObject({ status: 'active', dateAsserted: at })
})

test('"Không có" is an explicit statement, "Không rõ" is none', () => {
  const none = tell({ 'B3.2.1': [code('none')], allergy: [code('none')], medicine: [code('none')] })
  const codes = Object.values(none).map((one) => JSON.stringify(one).match(/no-known-[a-z]+/)?.[0])
  expect(codes).toEqual(['no-known-problems', 'no-known-allergies', 'no-known-medications'])
  const unknown = { 'B3.2.1': [code('unknown')], allergy: [code('unknown')], medicine: [code('unknown')] }
  const extraction = extract(form, fill(unknown), by)
  expect([extraction.statements, extraction.answered]).toEqual([[], []])
})

test('an allergy in her own words keeps them, with its reaction', () => {
  const base = fill({ allergy: [code('ALG001'), code('other')] })
  const told = ['Mật ong rừng', 'mat ong  RỪNG'].reduce(
    (sum, name, turn) => withAnswer(form, sum, 'B3.1.2', [{ valueString: name }], turn),
    base,
  )
  const hives = withAnswer(form, told, 'B3.1.3', [{ valueString: 'Nổi mề đay' }], 0)
  const allergies = facts(extract(form, hives, by))
  expect(Object.keys(allergies)).toEqual([
    'allergy/ALG001',
    'allergy/text/mat-ong-rung',
    'allergy/text/mat-ong-rung#2',
  ])
  expect(allergies['allergy/text/mat-ong-rung']).toMatchObject({
    code: { text: 'Mật ong rừng' },
    reaction: [{ manifestation: [{ text: 'Nổi mề đay' }] }],
  })
})

test('weight keeps the digits it was written with', () => {
  const text = writeJson(fill({ 'D2.1.7': [{ valueDecimal: 0.5 }] })).replace('0.5', '62.50')
  const { statements } = extract(form, parseJson(text) as QuestionnaireResponse, by)
  expect(writeJson(statements[0]?.resource)).toContain('"value":62.50,"unit":"kg"')
})

test('blood pressure is one observation; a number not told is unknown, not guessed', () => {
  const both = tell({ 'D2.1.3': [{ valueInteger: 130 }], 'D2.1.4': [{ valueInteger: 80 }] })
  expect(both['observation/blood-pressure']).toMatchObject({
    effectiveDateTime: '2026-11-21',
    issued: at,
    component: [{ valueQuantity: { value: 130, code: 'mm[Hg]' } }, { valueQuantity: { value: 80 } }],
  })
  const upper = tell({ 'D2.1.3': [{ valueInteger: 130 }] })
  expect(upper['observation/blood-pressure']).toMatchObject({
    component: [{}, { dataAbsentReason: { coding: [{ code: 'unknown' }] } }],
  })
})

test('not smoking is "never" or "former" only when she said which', () => {
  const smoking = (answers: Record<string, Answer[]>) =>
    JSON.stringify(tell(answers)['observation/smoking']).match(/LA\d+-\d/)?.[0]
  expect(smoking({ 'B2.1.a': [code('0')] })).toBeUndefined()
  expect(smoking({ 'B2.1.a': [code('0')], 'B2.1.b': [{ valueBoolean: true }] })).toBe('LA15920-4')
  expect(smoking({ 'B2.1.a': [code('0')], 'B2.1.b': [{ valueBoolean: false }] })).toBe('LA18978-9')
  expect(smoking({ 'B2.1.a': [code('2')] })).toBe('LA18976-3')
})

test('drugs and the womb are restricted, the rest is not', () => {
  const told = extract(
    form,
    fill(
      {
        'B2.3.a': [code('1')],
        'B7.5': [{ valueInteger: 1 }],
        'B7.13': [{ valueString: 'U xơ tử cung' }],
        'B2.2.a': [code('1')],
      },
      ha,
    ),
    by,
  )
  const restricted = told.statements.filter(({ resource }) => resource.meta?.security?.[0]?.code === 'R')
  expect(restricted.map(({ key }) => key).toSorted()).toEqual([
    'observation/abortions',
    'observation/drugs',
    'reproductive-disease/u-xo-tu-cung',
  ])
})

test('each purpose is agreed to or refused by itself, and silence is neither', () => {
  const answers = {
    'consent.treatment': [{ valueBoolean: true }],
    'consent.programme': [{ valueBoolean: false }],
  }
  const extraction = extract(form, fill(answers), by)
  expect(extraction.consents).toEqual([
    { purpose: 'treatment', given: true, textVersion: '2026-11' },
    { purpose: 'programme', given: false, textVersion: '2026-11' },
  ])
  expect(facts(extraction)['consent/programme']).toMatchObject({
    status: 'active',
    provision: { type: 'deny' },
  })
  expect(extract(form, emptyResponse(form), by).consents).toEqual([])
})

test('section A makes the Patient, with the precision of the birth date as told', () => {
  const { identity } = extract(form, ha, by)
  expect(identity).toEqual({
    name: 'Nguyễn Thị Thu Hà',
    sex: 'female',
    birthDate: '1961-03',
    idNumber: '079161012345',
    address: '480/12 Bình Quới',
    ward: '26911',
  })
  expect(identity && patientOf(identity)).toMatchObject({
    resourceType: 'Patient',
    name: [{ text: 'Nguyễn Thị Thu Hà' }],
    gender: 'female',
    birthDate: '1961-03',
    identifier: [{ system: 'urn:sokhoe:id:cccd', value: '079161012345' }],
  })
})

test('who speaks for another is named as the author', () => {
  const { statements } = extract(form, fill({ 'B3.2.1': [code('6')] }), { ...by, author: 'RelatedPerson/r1' })
  expect(statements[0]?.resource).toMatchObject({
    subject: { reference: 'Patient/p1' },
    asserter: { reference: 'RelatedPerson/r1' },
  })
})

const anyTold = anyResponse(form)
const leavesOf = (response: QuestionnaireResponse) =>
  [...placesOf(form).values()]
    .filter(({ item }) => item.type !== 'group' && item.type !== 'display')
    .flatMap(({ item }) => itemsOf(response, item.linkId))

/** Numbers as they come from the wire. */
const asSent = (value: unknown): unknown =>
  parseJson(
    JSON.stringify(value, (_key, each: unknown) =>
      typeof each === 'object' && each !== null && 'rawJSON' in each ? decimal(String(each.rawJSON)) : each,
    ),
  )

test('the response and all that is drawn from it are valid FHIR R4', () => {
  fc.assert(
    fc.property(anyTold, (response) => {
      const { statements, about } = extract(form, response, by)
      for (const resource of [response, patientOf(about), ...statements.map((one) => one.resource)])
        expect(validate(asSent(resource)).filter(({ severity }) => severity !== 'warning')).toEqual([])
    }),
    { numRuns: 50 },
  )
})

type Holder = { readonly item?: readonly ResponseItem[] }
const without = <T extends Holder>(holder: T, gone: ResponseItem): T => ({
  ...holder,
  item: (holder.item ?? []).filter((item) => item !== gone).map((item) => without(item, gone)),
})

/** Options that only open another question, or say that nothing is known. */
const OPENERS = new Set(['unknown', 'other', '15'])
const codesIn = ({ answer = [] }: ResponseItem) => answer.map(({ valueCoding }) => valueCoding?.code ?? '')

test('no answer is lost: take any one away and the declaration states something else', () => {
  fc.assert(
    fc.property(anyTold, (response) => {
      const whole = JSON.stringify(extract(form, response, by))
      const leaves = leavesOf(response)
      const texts = leaves.map((leaf) => JSON.stringify(leaf))
      const alone = leaves.filter(
        (leaf, at) =>
          !(leaf.linkId in KEPT_IN_RESPONSE_ONLY) &&
          !codesIn(leaf).some((one) => OPENERS.has(one)) &&
          texts.indexOf(texts[at] ?? '') === texts.lastIndexOf(texts[at] ?? ''),
      )
      for (const leaf of alone) {
        expect(JSON.stringify(extract(form, without(response, leaf), by)), leaf.linkId).not.toBe(whole)
      }
    }),
    { numRuns: 25 },
  )
})

const asWritten = ({ valueString, valueDecimal, valueDate }: Answer): string[] => [
  ...(valueString === undefined ? [] : [JSON.stringify(valueString.normalize('NFC').trim()).slice(1, -1)]),
  ...(valueDecimal === undefined ? [] : [JSON.stringify(valueDecimal)]),
  ...(valueDate === undefined ? [] : [valueDate]),
]

test('every word and number told stands in the statements as it was told', () => {
  fc.assert(
    fc.property(anyTold, (response) => {
      const { identity, statements } = extract(form, response, by)
      const text = JSON.stringify([identity, statements])
      const told = leavesOf(response).flatMap(({ answer = [] }) => answer.flatMap(asWritten))
      for (const word of told) expect(text).toContain(word)
    }),
    { numRuns: 60 },
  )
})

/** All texts a resource shows, and all numbers it measures. */
function* said(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'object' && value !== null && !('rawJSON' in value)) {
    for (const [inner, one] of Object.entries(value)) yield* said(one, Array.isArray(value) ? name : inner)
  } else if (['text', 'valueString', 'value', 'valueInteger', 'valueBoolean'].includes(name)) {
    yield typeof value === 'object' ? JSON.stringify(value) : String(value)
  }
}

const OWN_WORDS = new Set([
  'Huyết áp',
  'Huyết áp tâm thu',
  'Huyết áp tâm trương',
  'Người thân ruột thịt',
  'Không có bệnh nào đã biết',
  'Không có dị ứng nào đã biết',
  'Không dùng thuốc thường xuyên',
])
const FORM_WORDS = new Set(
  [...placesOf(form).values()].flatMap(({ item }) => [
    item.text ?? '',
    ...(item.answerOption ?? []).map(({ valueCoding }) => displayOf(valueCoding, 'vi')),
  ]),
)

test('no answer is invented: every word and number stated was told, or is the form’s own', () => {
  fc.assert(
    fc.property(anyTold, (response) => {
      const told = new Set(
        [...placesOf(form).keys()]
          .flatMap((linkId) => answersOf(response, linkId))
          .flatMap(({ valueString, valueDecimal, valueInteger, valueBoolean }) => [
            valueString?.normalize('NFC').trim() ?? '',
            typeof valueDecimal === 'object' ? JSON.stringify(valueDecimal) : String(valueDecimal),
            String(valueInteger),
            String(valueBoolean),
          ]),
      )
      for (const { key, resource } of extract(form, response, by).statements) {
        for (const word of said({ ...resource, identifier: [] })) {
          const parts = word.replace(/^(Dị ứng|Phản ứng sau tiêm|Tháng thai): /, '')
          const known = [word, parts].some(
            (one) => told.has(one) || FORM_WORDS.has(one) || OWN_WORDS.has(one),
          )
          const joined = word.split('; ').every((one) => FORM_WORDS.has(one))
          expect(known || joined, `${key}: ${word}`).toBe(true)
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('every statement has its own key, its author, its time and its mark', () => {
  fc.assert(
    fc.property(anyTold, (response) => {
      const { statements } = extract(form, response, by)
      expect(new Set(statements.map(({ key }) => key)).size).toBe(statements.length)
      for (const { key, resource } of statements) {
        expect(resource['identifier']).toEqual([{ system: 'urn:sokhoe:statement', value: key }])
        expect(resource.meta).toMatchObject({
          source: 'urn:sokhoe:source:self',
          tag: [{ code: 'self-declared' }],
        })
        expect(JSON.stringify(resource)).toContain('Patient/p1')
      }
    }),
    { numRuns: 40 },
  )
})

test('nothing told, nothing stated', () => {
  const extraction = extract(form, emptyResponse(form), by)
  expect(extraction).toEqual({
    at,
    identity: undefined,
    about: {},
    parts: [],
    statements: [],
    answered: [],
    consents: [],
  })
})
