import { expect, test } from 'vitest'
import { isOpenTo, SENSITIVE, TOPICS, topicsOf, USUAL_TOPICS } from './topics.ts'

const filed = (type: string, code = '', restricted = false) => ({ type, code, restricted })

test('each kind of statement belongs to the part of the book where people look for it', () => {
  expect(topicsOf(filed('AllergyIntolerance'))).toEqual(['basics'])
  expect(topicsOf(filed('Observation', '4548-4'))).toEqual(['results'])
  expect(topicsOf(filed('Encounter'))).toEqual(['visits'])
  expect(topicsOf(filed('DocumentReference'))).toEqual(['documents'])
})

test('pregnancy, mental health and what is restricted need a word of their own', () => {
  expect(topicsOf(filed('Condition', 'F32.1'))).toContain('mental-health')
  expect(topicsOf(filed('Condition', 'O80'))).toContain('reproductive')
  expect(topicsOf(filed('Observation', '', true))).toContain('restricted')
  for (const sensitive of SENSITIVE) expect(USUAL_TOPICS).not.toContain(sensitive)
})

test('a whole questionnaire is open only to whoever sees every sensitive part', () => {
  expect(isOpenTo(USUAL_TOPICS, filed('QuestionnaireResponse'))).toBe(false)
  expect(isOpenTo(TOPICS, filed('QuestionnaireResponse'))).toBe(true)
  expect(isOpenTo(['results'], filed('Condition', 'I10'))).toBe(false)
})
