import {
  allergenOf,
  allVaccines,
  formOfVersion,
  icd10Name,
  labTestByLoinc,
  medicinesOf,
  vaccineOf,
} from '@sokhoe/codes'
import { displayOf, placesOf, type Questionnaire, textOf } from '@sokhoe/model/questionnaire'
import type { Words } from '@sokhoe/model/reading'
import { ICD10_EN } from './icd10-en.ts'
import { listAt, textAt } from './shapes.ts'

export const same = (text: string): Words => ({ vi: text, en: text })
export const both = (vi: string, en: string): Words => ({ vi, en })

/** Several pieces as one line; nothing where there is none. */
export function joined(pieces: readonly (Words | null | undefined)[], between = ' · '): Words | null {
  const said = pieces.filter(
    (piece): piece is Words => piece !== null && piece !== undefined && piece.vi !== '',
  )
  if (said.length === 0) return null
  return both(said.map(({ vi }) => vi).join(between), said.map(({ en }) => en).join(between))
}

/** What no list of results names: measures of the body, and what joins two of them. LOINC. */
const MEASURES: Readonly<Record<string, Words>> = {
  '85354-9': both('Huyết áp', 'Blood pressure'),
  '8480-6': both('Huyết áp tâm thu', 'Systolic blood pressure'),
  '8462-4': both('Huyết áp tâm trương', 'Diastolic blood pressure'),
  '8302-2': both('Chiều cao', 'Height'),
  '29463-7': both('Cân nặng', 'Weight'),
  '8280-0': both('Vòng bụng', 'Waist'),
  '39156-5': both('Chỉ số khối cơ thể (BMI)', 'Body mass index (BMI)'),
  '8867-4': both('Mạch', 'Heart rate'),
  '8310-5': both('Nhiệt độ', 'Temperature'),
  '9279-1': both('Nhịp thở', 'Breathing rate'),
  '59408-5': both('Oxy máu (SpO2)', 'Blood oxygen (SpO2)'),
  '2708-6': both('Oxy máu (SpO2)', 'Blood oxygen (SpO2)'),
  '8339-4': both('Cân nặng lúc sinh', 'Birth weight'),
  '89269-5': both('Chiều dài lúc sinh', 'Birth length'),
}

const ABSENT: Readonly<Record<string, Words>> = {
  'no-known-allergies': both('Không có dị ứng nào đã biết', 'No known allergy'),
  'no-known-problems': both('Không có bệnh nào đã biết', 'No known illness'),
  'no-known-medications': both('Không dùng thuốc thường xuyên', 'No regular medicine'),
}

/** "Nobody knows of any", as the International Patient Summary codes it. */
export const isAbsent = (code: string): boolean => /^no-(?:known|\w+-info)/.test(code)

/** Options and questions of a form by the system and code they are coded with. */
const formWords = new WeakMap<Questionnaire, ReadonlyMap<string, Words>>()

function wordsOfForm(form: Questionnaire): ReadonlyMap<string, Words> {
  const known = formWords.get(form)
  if (known) return known
  const said = [...placesOf(form).values()].flatMap(({ item }): [string, Words][] => [
    [`${form.url} ${item.linkId}`, both(textOf(item, 'vi'), textOf(item, 'en'))],
    ...(item.answerOption ?? []).map(({ valueCoding }): [string, Words] => [
      `${form.url}:${item.linkId} ${valueCoding.code}`,
      both(displayOf(valueCoding, 'vi'), displayOf(valueCoding, 'en')),
    ]),
  ])
  const made = new Map(said)
  formWords.set(form, made)
  return made
}

const FORM = formOfVersion('2026-11')

const labWords = (code: string): Words | undefined => {
  const test = labTestByLoinc(code)
  return MEASURES[code] ?? (test && both(test.name, test.nameEn))
}

let byCvx: ReadonlyMap<string, Words> | undefined
function vaccineWords(code: string): Words | undefined {
  const vaccine = vaccineOf(code)
  if (vaccine) return both(vaccine.name, vaccine.nameEn)
  byCvx ??= new Map(allVaccines().flatMap((one) => (one.cvx ? [[one.cvx, both(one.name, one.nameEn)]] : [])))
  return byCvx.get(code)
}

function icdWords(code: string): Words | undefined {
  const vi = icd10Name(code)
  if (vi === undefined) return undefined
  const en = ICD10_EN[code] ?? ICD10_EN[code.slice(0, 3)]
  return both(vi, en ?? vi)
}

const allergenWords = (code: string): Words | undefined => {
  const found = allergenOf(code)
  return found && both(found.name, found.nameEn)
}

const medicineWords = (code: string): Words | undefined => {
  const [found] = medicinesOf(code)
  return found && both(found.name, found.inn)
}

/** By what a system is known: its end, since senders write http and https, with and without a version. */
const SYSTEMS: readonly (readonly [end: RegExp, words: (code: string) => Words | undefined])[] = [
  [/loinc\.org$/, labWords],
  [/icd-10/, icdWords],
  [/whocc\.no\/atc$/, medicineWords],
  [/:allergen$/, allergenWords],
  [/:vaccine$|\/cvx$/, vaccineWords],
  [/absent-unknown-uv-ips$/, (code) => ABSENT[code]],
]

const formCoded = (coding: unknown): Words | undefined =>
  FORM && wordsOfForm(FORM).get(`${textAt(coding, 'system')} ${textAt(coding, 'code')}`)

function codedWords(coding: unknown): Words | undefined {
  const [system, code] = [textAt(coding, 'system'), textAt(coding, 'code')]
  return code === '' ? undefined : SYSTEMS.find(([end]) => end.test(system))?.[1](code)
}

const isWords = (words: Words | undefined): words is Words => words !== undefined

/**
 * A CodeableConcept in both languages: in Vietnamese as its source wrote it, in English as the code lists have it;
 * where they have nothing, in the words of the source too.
 */
export function conceptWords(concept: unknown): Words {
  const codings = listAt(concept, 'coding')
  // the form's own words are everyday ones
  const coded = codings.map(formCoded).find(isWords) ?? codings.map(codedWords).find(isWords)
  const display = codings.map((coding) => textAt(coding, 'display')).find((text) => text !== '')
  const code = codings.map((coding) => textAt(coding, 'code')).find((text) => text !== '')
  const written = textAt(concept, 'text') || display || coded?.vi || code || ''
  return both(written, coded?.en ?? written)
}

/** What is measured: by the list's short name, since laboratories write the same test in many ways. */
export const testWords = (code: string, concept: unknown): Words => labWords(code) ?? conceptWords(concept)

/** Where the time of a day stands in a written date, it is left out: '2026-10-16T08:30:00+07:00' is 16/10/2026. */
export const dayWords = (date: string): string => date.slice(0, 10).split('-').reverse().join('/')
