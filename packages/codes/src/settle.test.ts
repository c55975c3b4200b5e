import {
  type Answer,
  answersOf,
  checkResponse,
  conflictsOf,
  emptyResponse,
  givenUp,
  instancesOf,
  type QuestionnaireResponse,
  settled,
  withAnswer,
} from '@sokhoe/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyResponse } from '../../model/test/response-arbitrary.ts'
import { formOf } from './form.ts'

const form = formOf('2026-11-23')
const [BEFORE, BASE, AFTER] = ['2026-11-22T01:00:00Z', '2026-11-23T00:00:00Z', '2026-11-23T08:00:00Z']
const code = (one: string): Answer => ({ valueCoding: { code: one } })
const says = (answers: Record<string, readonly Answer[]>): QuestionnaireResponse =>
  Object.entries(answers).reduce(
    (response, [linkId, given]) => withAnswer(form, response, linkId, given),
    emptyResponse(form),
  )
const kept = (answers: Record<string, readonly Answer[]>, at: string) => ({ response: says(answers), at })

test('what only one side said, and what both say alike, is no conflict', () => {
  const book = [
    kept({ 'D2.1.6': [{ valueDecimal: 160 }], 'B3.2.1': [code('2')] }, BEFORE),
    kept({ 'B3.2.1': [code('2'), code('3')], 'D2.1.7': [{ valueDecimal: 54 }] }, AFTER),
  ]
  const visit = says({ 'B3.2.1': [code('3'), code('2')], 'D2.1.6': [{ valueDecimal: 161 }] })
  expect(conflictsOf(form, visit, book, BASE)).toEqual([])
})

test('a question that both answered anew and differently is shown with both answers', () => {
  const book = [
    kept({ 'B3.2.1': [code('2')] }, BEFORE),
    kept({ 'B3.2.1': [code('none')], 'B7.4': [{ valueInteger: 1 }], 'A.02': [code('2')] }, AFTER),
  ]
  const visit = says({ 'B3.2.1': [code('3')], 'B7.4': [{ valueInteger: 2 }], 'A.02': [code('2')] })
  expect(conflictsOf(form, visit, book, BASE)).toMatchObject([
    { linkId: 'B3.2.1', book: [{ answer: [code('none')] }], at: AFTER, withheld: false },
    { linkId: 'B7.4', book: [], withheld: true },
  ])
})

test('what is taken from the book comes with its follow-up questions, and what was given up stays written', () => {
  const book = [kept({ 'B3.2.1': [code('2')], 'B3.2.3.2': [{ valueInteger: 2015 }] }, AFTER)]
  const visit = says({ 'B3.2.1': [code('3')], 'B3.2.3.3': [{ valueInteger: 2001 }] })
  const taken = settled(form, visit, book, { 'B3.2.1': 'book' })
  expect(answersOf(taken, 'B3.2.1')).toEqual([code('2')])
  expect(answersOf(taken, 'B3.2.3.2')).toEqual([{ valueInteger: 2015 }])
  expect(answersOf(taken, 'B3.2.3.3')).toEqual([])
  expect(givenUp(form, visit, taken).map(({ linkId }) => linkId)).toEqual(['B3.2.1', 'B3.2.3.3'])
})

test('a repeating group is compared and taken as a whole', () => {
  const two = withAnswer(
    form,
    says({ allergy: [code('other')], 'B3.1.2': [{ valueString: 'Tôm' }] }),
    'B3.1.2',
    [{ valueString: 'Cua' }],
    1,
  )
  const visit = says({ allergy: [code('other')], 'B3.1.2': [{ valueString: 'Phấn hoa' }] })
  const book = [{ response: two, at: AFTER }]
  expect(conflictsOf(form, visit, book, BASE).map(({ linkId }) => linkId)).toEqual(['B3.1'])
  const taken = settled(form, visit, book, { 'B3.1': 'book' })
  expect(instancesOf(taken, 'B3.1').map((each) => answersOf(each, 'B3.1.2')[0]?.valueString)).toEqual([
    'Tôm',
    'Cua',
  ])
})

test('whatever was said: settled for the book nothing differs any more, and the answers still fit the form', () => {
  fc.assert(
    fc.property(anyResponse(form), anyResponse(form), fc.boolean(), (visit, other, known) => {
      const book = [{ response: other, at: AFTER }]
      const found = conflictsOf(form, visit, book, known ? BASE : undefined)
      const all = (to: 'visit' | 'book') => Object.fromEntries(found.map(({ linkId }) => [linkId, to]))
      const taken = settled(form, visit, book, all('book'))
      expect(conflictsOf(form, taken, book, BASE)).toEqual([])
      expect(checkResponse(form, taken, { day: '2026-11-23', partial: true })).toEqual([])
      expect(givenUp(form, visit, settled(form, visit, book, all('visit')))).toEqual([])
    }),
    { numRuns: 60 },
  )
})
