import {
  type Answer,
  answersOf,
  checkResponse,
  chosen,
  codesOf,
  emptyResponse,
  enabled,
  followUpsOf,
  instancesOf,
  placesOf,
  progress,
  type QuestionnaireResponse,
  tidied,
  toggled,
  withAnswer,
  withoutInstance,
} from '@sokhoe/model/questionnaire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyResponse } from '../../model/test/response-arbitrary.ts'
import { formOf } from './form.ts'

const form = formOf('2026-11-20')
const day = '2026-11-20'
const code = (one: string): Answer => ({ valueCoding: { code: one } })
const fill = (answers: Readonly<Record<string, readonly Answer[]>>): QuestionnaireResponse =>
  Object.entries(answers).reduce(
    (response, [linkId, given]) => withAnswer(form, response, linkId, given),
    emptyResponse(form),
  )
const ha = fill({
  'A.01': [{ valueString: 'Nguyễn Thị Thu Hà' }],
  'A.02': [code('2')],
  'A.05': [{ valueDate: '1961' }],
})
const rulesOf = (response: unknown, options = {}) =>
  checkResponse(form, response, { day, ...options }).map(({ linkId, rule }) => `${linkId} ${rule}`)

test('name, sex and birth year are enough', () => {
  expect(rulesOf(ha)).toEqual([])
  expect(rulesOf(emptyResponse(form))).toEqual(['A.01 required', 'A.02 required', 'A.05 required'])
  expect(rulesOf(emptyResponse(form), { partial: true })).toEqual([])
})

test('each rule names the question, and no more', () => {
  const faults: [string, readonly Answer[], string][] = [
    ['D2.1.6', [{ valueDecimal: 1700 }], 'D2.1.6 out-of-range'],
    ['D2.1.6', [{ valueDecimal: Number.NaN }], 'D2.1.6 wrong-type'],
    ['D2.1.6', [{ valueString: '170' }], 'D2.1.6 wrong-type'],
    ['D2.1.3', [{ valueInteger: 120.5 }], 'D2.1.3 wrong-type'],
    ['B3.2.1', [code('99')], 'B3.2.1 not-an-option'],
    ['B3.2.1', [code('2'), code('none')], 'B3.2.1 exclusive'],
    ['B2.1.a', [code('0'), code('1')], 'B2.1.a repeats'],
    ['A.05', [{ valueDate: '2027' }], 'A.05 future-date'],
    ['A.05', [{ valueDate: '1990-02-30' }], 'A.05 wrong-type'],
    ['A.05', [{ valueDate: '1890' }], 'A.05 out-of-range'],
    ['A.11', [{ valueString: '12345' }], 'A.11 malformed'],
    ['A.01', [{ valueString: 'a'.repeat(101) }], 'A.01 too-long'],
    ['A.01', [{ valueString: '   ' }], 'A.01 malformed'],
    ['B3.2.3.2', [{ valueInteger: 2015 }], 'B3.2.3.2 not-enabled'],
    ['consent.research', [code('yes')], 'consent.research wrong-type'],
  ]
  for (const [linkId, answers, fault] of faults) {
    expect(rulesOf(withAnswer(form, ha, linkId, answers))).toEqual([fault])
  }
  const ill = withAnswer(form, ha, 'B3.2.1', [code('2')])
  expect(rulesOf(withAnswer(form, ill, 'B3.2.3.2', [{ valueInteger: 2027 }]))).toEqual([
    'B3.2.3.2 future-date',
  ])
})

test('answers may stand without the groups around them, but a repeated group keeps its own together', () => {
  const flat = { ...ha, item: (ha.item ?? []).flatMap(({ item }) => item ?? []) }
  expect(rulesOf(flat)).toEqual([])
  const stray = { ...flat, item: [...flat.item, { linkId: 'A.22.2', answer: [{ valueString: 'Lan' }] }] }
  expect(rulesOf(stray)).toEqual(['A.22.2 wrong-place'])
  const twice = { ...flat, item: [...flat.item, { linkId: 'A.02', answer: [code('1')] }] }
  expect(rulesOf(twice)).toEqual(['A.02 repeats'])
  expect(rulesOf({ ...ha, item: [...(ha.item ?? []), { linkId: 'Z.1' }] })).toEqual(['Z.1 unknown-item'])
})

test('a relative without a name is not a relative yet', () => {
  const phone = [{ valueString: '0901234567' }]
  expect(rulesOf(withAnswer(form, ha, 'A.22.5', phone))).toEqual(['A.22.2 required'])
})

test('another form, or no response at all, is refused as a whole', () => {
  expect(rulesOf({ ...ha, questionnaire: 'urn:other' })).toEqual([' wrong-form'])
  for (const junk of [null, 7, 'text', [], {}, { ...ha, item: 'x' }, { ...ha, item: [null] }]) {
    expect(rulesOf(junk)).toEqual([' not-a-response'])
  }
  let deep: object = { linkId: 'A' }
  for (let level = 0; level < 20; level += 1) deep = { linkId: 'A', item: [deep] }
  expect(rulesOf({ ...ha, item: [deep] })).toEqual([' too-deep'])
  const many = Array.from({ length: 700 }, () => ({ linkId: 'A' }))
  expect(rulesOf({ ...ha, item: many })).toEqual([' too-many'])
})

test('whatever JSON arrives, the check answers and never breaks', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), (text) => {
      const junk: unknown = JSON.parse(text)
      expect(rulesOf(junk).length).toBeGreaterThan(0)
      expect(
        rulesOf({
          ...ha,
          item: [
            { linkId: 'A.01', answer: [junk] },
            { linkId: 'first', item: junk },
          ],
        }).length,
      ).toBeGreaterThan(0)
    }),
  )
})

test('numbers keep their written form and are still measured', () => {
  expect(rulesOf(withAnswer(form, ha, 'D2.1.7', [{ valueDecimal: { rawJSON: '62.50' } }]))).toEqual([])
  expect(rulesOf(withAnswer(form, ha, 'D2.1.7', [{ valueDecimal: { rawJSON: '6250.0' } }]))).toEqual([
    'D2.1.7 out-of-range',
  ])
})

test('questions about pregnancies open for women only', () => {
  expect(enabled(form, ha)).toContain('B7.3')
  expect(enabled(form, withAnswer(form, ha, 'A.02', [code('1')]))).not.toContain('B7.3')
})

test('ticking a disease opens its follow-ups', () => {
  const ill = withAnswer(form, ha, 'B3.2.1', [code('2')])
  expect(followUpsOf(form, 'B3.2.1', '2').map(({ linkId }) => linkId)).toEqual(['medicine.2', 'B3.2.3.2'])
  expect(enabled(form, ill)).toContain('medicine.2')
  expect(enabled(form, ill)).not.toContain('medicine.3')
})

test('"Không có" and a disease push each other out', () => {
  const item = placesOf(form).get('B3.2.1')?.item
  const option = (one: string) => item?.answerOption?.find(({ valueCoding }) => valueCoding.code === one)
  const [ill, none] = [option('2'), option('none')]
  if (!item || !ill || !none) throw new Error('the form lost its options')
  expect(toggled(item, [code('3')], ill).map(({ valueCoding }) => valueCoding?.code)).toEqual(['3', '2'])
  expect(toggled(item, [code('3'), code('2')], none)).toEqual([chosen(none)])
  expect(toggled(item, [chosen(none)], ill)).toEqual([chosen(ill)])
  expect(toggled(item, [code('2')], ill)).toEqual([])
})

test('progress counts what is asked now', () => {
  const before = progress(form, ha, 'first')
  const ill = withAnswer(form, ha, 'B3.2.1', [code('2')])
  expect(progress(form, ill, 'first')).toEqual({ answered: before.answered + 1, asked: before.asked + 2 })
  expect(before.asked).toBeLessThanOrEqual(14)
})

test('changing an answer leaves the response before it as it was', () => {
  const before = JSON.stringify(ha)
  const next = withAnswer(form, ha, 'A.01', [{ valueString: 'Lan' }])
  expect(JSON.stringify(ha)).toBe(before)
  expect(answersOf(next, 'A.01')).toEqual([{ valueString: 'Lan' }])
  expect(JSON.stringify(withAnswer(form, next, 'A.01', [{ valueString: 'Nguyễn Thị Thu Hà' }]))).toBe(before)
})

test('operations are kept apart, and one can be taken out', () => {
  const any = withAnswer(form, ha, 'surgery.any', [code('yes')])
  const one = withAnswer(form, any, 'B5.1.1', [{ valueString: 'Ruột thừa' }], 0)
  const two = withAnswer(form, one, 'B5.1.1', [{ valueString: 'Mắt' }], 1)
  expect(rulesOf(two)).toEqual([])
  expect(instancesOf(two, 'B5.1')).toHaveLength(2)
  expect(answersOf(withoutInstance(form, two, 'B5.1', 0), 'B5.1.1')).toEqual([{ valueString: 'Mắt' }])
})

test('what is no longer asked is not sent', () => {
  const ill = withAnswer(form, withAnswer(form, ha, 'B3.2.1', [code('2')]), 'medicine.2', [code('yes')])
  const well = withAnswer(form, ill, 'B3.2.1', [code('none')])
  expect(rulesOf(well)).toEqual(['medicine.2 not-enabled'])
  expect(rulesOf(tidied(form, well))).toEqual([])
  expect(codesOf(tidied(form, well), 'B3.2.1')).toEqual(['none'])
})

test('any answers a resident may give pass, whole or written to JSON and read again', () => {
  fc.assert(
    fc.property(anyResponse(form), (response) => {
      expect(rulesOf(response)).toEqual([])
      expect(rulesOf(JSON.parse(JSON.stringify(response)))).toEqual([])
      expect(tidied(form, response)).toEqual(response)
    }),
    { numRuns: 60 },
  )
})

test('answers given in any order make the same response', () => {
  fc.assert(
    fc.property(anyResponse(form), fc.infiniteStream(fc.nat()), (response, luck) => {
      const leaves = [...placesOf(form).values()].filter(
        ({ item, inRepeating }) => item.type !== 'group' && !inRepeating,
      )
      const said = leaves.map(({ item }) => ({
        linkId: item.linkId,
        answers: answersOf(response, item.linkId),
      }))
      const mixed = said.map((one) => ({ one, at: luck.next().value })).toSorted((a, b) => a.at - b.at)
      const again = mixed.reduce(
        (sum, { one }) => withAnswer(form, sum, one.linkId, one.answers),
        emptyResponse(form),
      )
      for (const { linkId, answers } of said) expect(answersOf(again, linkId)).toEqual(answers)
      expect(again).toEqual(
        said.reduce((sum, one) => withAnswer(form, sum, one.linkId, one.answers), emptyResponse(form)),
      )
    }),
    { numRuns: 30 },
  )
})
