import { readFileSync } from 'node:fs'
import {
  displayOf,
  hintOf,
  isExclusive,
  PARTS,
  placesOf,
  type QuestionnaireItem,
  sensitivityOf,
  textOf,
} from '@sokhoe/model/questionnaire'
import { expect, test } from 'vitest'
import { allergenOf } from './allergens.ts'
import { formOf, formOfVersion } from './form.ts'
import { vaccineOf } from './vaccines.ts'

type Printed = {
  readonly linkId: string
  readonly selfDeclared: boolean
  readonly items?: readonly Printed[]
  readonly options?: readonly { readonly code: string }[]
}
const printed = JSON.parse(readFileSync(new URL('../data/form-831.json', import.meta.url), 'utf8')) as {
  sections: { items?: Printed[] }[]
}
const flat = (items: readonly Printed[]): Printed[] =>
  items.flatMap((item) => [item, ...flat(item.items ?? [])])
const paper = flat(printed.sections.flatMap(({ items }) => items ?? []))

const form = formOf('2026-11-20')
const items = [...placesOf(form).values()].map(({ item }) => item)
const has = (linkId: string) => placesOf(form).has(linkId)

/** Questions of the printed form that the resident is not asked, and why. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'A.09': 'religion: sensitive, and care does not need it',
  'A.17.2': 'the ward of an old address is told inside the address',
  'A.17.3': 'districts ended on 2025-07-01',
  'A.18.3': 'districts ended on 2025-07-01',
  'A.18.4': 'follows from the ward',
  'A.22.3': 'the identity number of somebody else, who was not asked',
  'A.22.4': 'one telephone is enough to reach a relative',
  'B2.4': 'its one question stands directly in the part',
  'B3.2.2': 'asked under the diseases that heal',
  'B3.2.3': 'asked under the diseases that need it',
  'B4.1': 'its questions stand directly in the part',
  'B6.2.3': 'asked where the answer counts, under diabetes',
}

test('every question a resident may answer on form 831 is asked, or left out for a reason', () => {
  const asked = paper.filter(({ selfDeclared }) => selfDeclared).map(({ linkId }) => linkId)
  expect(asked.filter((linkId) => !has(linkId)).toSorted()).toEqual(Object.keys(LEFT_OUT).toSorted())
})

test('nothing is asked that form 831 keeps for doctors', () => {
  const kept = paper.filter(({ selfDeclared }) => !selfDeclared).map(({ linkId }) => linkId)
  expect(kept.filter(has)).toEqual([])
})

test('options keep the codes of form 831', () => {
  for (const { linkId, options = [] } of paper) {
    const item = placesOf(form).get(linkId)?.item
    if (!item?.answerOption || options.length === 0) continue
    const codes = item.answerOption.map(({ valueCoding }) => valueCoding.code)
    expect(codes).toEqual(expect.arrayContaining(options.map(({ code }) => code)))
  }
})

test('name, sex and birth date are all that must be told to have a book', () => {
  const places = [...placesOf(form).values()].filter(({ inRepeating }) => !inRepeating)
  const required = places.filter(({ item }) => item.required).map(({ item }) => item.linkId)
  expect(required).toEqual(['A.01', 'A.02', 'A.05'])
})

test('every text is there in Vietnamese and in English', () => {
  const spoken = (item: QuestionnaireItem) => [
    (language: 'vi' | 'en') => textOf(item, language),
    ...(hintOf(item, 'vi') ? [(language: 'vi' | 'en') => hintOf(item, language) ?? ''] : []),
  ]
  const english = /^[\p{ASCII}“”’…−]*$/u
  for (const item of items) {
    for (const say of spoken(item)) {
      expect(say('vi').length).toBeGreaterThan(0)
      expect(say('en').replaceAll('Sổ Khỏe', '')).toMatch(english)
    }
    for (const { valueCoding } of item.answerOption ?? []) expect(displayOf(valueCoding, 'en')).not.toBe('')
  }
})

test('no consent is given beforehand, and each names the version of its words', () => {
  const consents = items.filter(({ linkId }) => linkId.startsWith('consent.'))
  expect(consents.map(({ linkId }) => linkId)).toEqual([
    'consent.treatment',
    'consent.programme',
    'consent.research',
  ])
  expect(JSON.stringify(form)).not.toContain('"initial"')
})

test('linkIds are unique, parts are known, and what opens a question stands before it', () => {
  const all = (list: readonly QuestionnaireItem[]): string[] =>
    list.flatMap(({ linkId, item = [] }) => [linkId, ...all(item)])
  const order = all(form.item)
  expect(new Set(order).size).toBe(order.length)
  expect(new Set([...placesOf(form).values()].map(({ part }) => part))).toEqual(new Set(PARTS))
  for (const { linkId, enableWhen = [] } of items) {
    for (const { question, answerCoding } of enableWhen) {
      expect(order.indexOf(question)).toBeLessThan(order.indexOf(linkId))
      const codes = placesOf(form)
        .get(question)
        ?.item.answerOption?.map(({ valueCoding }) => valueCoding)
      if (answerCoding) expect(codes).toContainEqual(expect.objectContaining(answerCoding))
    }
  }
})

test('what happens inside a repeated group does not hang on its own answers', () => {
  for (const { item, inRepeating } of placesOf(form).values())
    if (inRepeating) expect(item.enableWhen).toBeUndefined()
})

test('allergens and vaccines are those of the code lists', () => {
  const codes = (linkId: string) =>
    (placesOf(form).get(linkId)?.item.answerOption ?? [])
      .filter((option) => !isExclusive(option))
      .map(({ valueCoding }) => valueCoding.code ?? '')
  for (const code of codes('allergy').filter((one) => one !== 'other'))
    expect(allergenOf(code), code).toBeDefined()
  for (const code of ['C.1.1', 'C.2.1', 'C.3.1'].flatMap(codes)) expect(vaccineOf(code), code).toBeDefined()
})

test('questions about drugs, illness of the mind and the womb are marked as sensitive', () => {
  for (const linkId of ['B2.3.a', 'B2.3.b', 'B3.2.1', 'B7', 'B7.5']) {
    const item = placesOf(form).get(linkId)?.item
    expect(item && sensitivityOf(item), linkId).toBe('sensitive')
  }
})

test('the day chooses the version, and a version is found again by its name', () => {
  expect(formOf('2026-11-01').version).toBe('2026-11')
  expect(formOf('2031-01-01').version).toBe('2026-11')
  expect(formOfVersion('2026-11')).toBe(form)
  expect(formOfVersion('1999-01')).toBeUndefined()
})
