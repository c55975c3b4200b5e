import { doubtsOf } from '@sokhoe/model'
import { type Answer, emptyResponse, withAnswer } from '@sokhoe/model/questionnaire'
import { expect, test } from 'vitest'
import { formOf } from './form.ts'

const form = formOf('2026-11-20')
const doubts = (answers: Readonly<Record<string, Answer>>) => {
  const response = Object.entries(answers).reduce(
    (sum, [linkId, answer]) => withAnswer(form, sum, linkId, [answer]),
    emptyResponse(form),
  )
  return doubtsOf(form, response).map(({ linkId, reason }) => `${linkId} ${reason}`)
}

test('usual numbers are not asked back', () => {
  expect(doubts({})).toEqual([])
  expect(doubts({ 'D2.1.6': { valueDecimal: 155 }, 'D2.1.7': { valueDecimal: 50 } })).toEqual([])
  expect(doubts({ 'D2.1.3': { valueInteger: 130 }, 'D2.1.4': { valueInteger: 80 } })).toEqual([])
})

test('rare numbers, exchanged numbers and numbers that do not go together are asked back once', () => {
  expect(doubts({ 'D2.1.6': { valueDecimal: 215 } })).toEqual(['D2.1.6 unlikely'])
  expect(doubts({ 'D2.1.3': { valueInteger: 80 }, 'D2.1.4': { valueInteger: 110 } })).toEqual([
    'D2.1.4 pressure-order',
  ])
  expect(doubts({ 'D2.1.6': { valueDecimal: 190 }, 'D2.1.7': { valueDecimal: 35 } })).toEqual([
    'D2.1.7 height-and-weight',
  ])
})
