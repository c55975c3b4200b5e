import { formOf } from '@sokhoe/codes'
import { emptyResponse, enabled, PARTS, placesOf, withAnswer } from '@sokhoe/model/questionnaire'
import { expect, test } from 'vitest'
import { furtherParts, linkIdsOf, stepsOf } from './steps.ts'

const form = formOf('2026-11-23')
const nothing = enabled(form, emptyResponse(form))
const woman = enabled(form, withAnswer(form, emptyResponse(form), 'A.02', [{ valueCoding: { code: '2' } }]))

test('the first declaration fits seven short screens', () => {
  const steps = stepsOf(form, 'first', nothing)
  expect(steps.map((step) => step.items[0]?.linkId)).toEqual([
    'B3.2',
    'allergy',
    'medicine',
    'B2.1',
    'D2.1.6',
    'B6.2',
    'consent',
  ])
})

test('the name of another medicine is asked on the screen of medicines', () => {
  expect(stepsOf(form, 'first', nothing).map(linkIdsOf)[2]).toEqual(['medicine', 'medicine.name'])
})

test('no question of a part is left out and none is asked twice', () => {
  for (const part of PARTS) {
    const inPart = [...placesOf(form)].filter(([, place]) => place.part === part && place.path.length > 0)
    expect(stepsOf(form, part, woman).flatMap(linkIdsOf)).toEqual(inPart.map(([linkId]) => linkId))
  }
})

test('reproductive health is offered to women only', () => {
  expect(furtherParts(form, nothing)).not.toContain('reproductive')
  expect(furtherParts(form, woman)).toContain('reproductive')
})
