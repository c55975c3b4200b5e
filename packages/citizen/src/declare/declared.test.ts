import { formOf } from '@sokhoe/codes'
import {
  answersOf,
  codesOf,
  emptyResponse,
  type QuestionnaireResponse,
  withAnswer,
} from '@sokhoe/model/questionnaire'
import { isUnder18, readScanned } from '@sokhoe/ui/form/identity.ts'
import { expect, test } from 'vitest'
import type { Bundle, Resource } from '../platform/api.ts'
import { baseFor, declaredIn } from './declared.ts'

const form = formOf('2026-11-23')
const named = withAnswer(form, emptyResponse(form), 'A.01', [{ valueString: 'Nguyễn Thị Thu Hà' }])
const sick = (response: QuestionnaireResponse, code: string) =>
  withAnswer(form, response, 'B3.2.1', [{ valueCoding: { code } }])
const on = (response: QuestionnaireResponse, authored: string) => ({
  ...response,
  status: 'completed' as const,
  authored,
})
const bundleOf = (...responses: QuestionnaireResponse[]): Bundle => ({
  entry: responses.map((resource) => ({ resource: resource as unknown as Resource })),
})

test('the last declaration of a part is what counts, in whatever order they arrive', () => {
  const first = on(sick(named, '2'), '2026-11-01T00:00:00Z')
  const later = on(sick(named, '3'), '2026-11-20T00:00:00Z')
  expect(codesOf(declaredIn(form, bundleOf(later, first)), 'B3.2.1')).toEqual(['3'])
})

test('an answer left out of a later declaration was taken back; other parts stay', () => {
  const first = on(
    sick(withAnswer(form, named, 'D2.1.6', [{ valueDecimal: 156 }]), '2'),
    '2026-11-01T00:00:00Z',
  )
  const waist = on(withAnswer(form, named, 'D2.1.9', [{ valueDecimal: 84 }]), '2026-11-10T00:00:00Z')
  const later = on(sick(named, '3'), '2026-11-20T00:00:00Z')
  const declared = declaredIn(form, bundleOf(first, waist, later))
  expect(answersOf(declared, 'D2.1.6')).toEqual([])
  expect(answersOf(declared, 'D2.1.9')).toEqual([{ valueDecimal: 84 }])
})

test('a new draft of a part begins with who I am and what I said in that part, and nothing else', () => {
  const declared = declaredIn(
    form,
    bundleOf(on(withAnswer(form, sick(named, '2'), 'D2.1.9', [{ valueDecimal: 84 }]), '2026-11-01')),
  )
  const base = baseFor(form, declared, 'risk')
  expect(answersOf(base, 'A.01')).toHaveLength(1)
  expect(answersOf(base, 'D2.1.9')).toHaveLength(1)
  expect(codesOf(base, 'B3.2.1')).toEqual([])
})

test('a card answers name, sex, birth date and number as it says them', () => {
  const read = readScanned(
    form,
    '079161004238|024123456|Nguyễn Thị Thu Hà|14031961|Nữ|12 Lê Lợi|20052021',
    '2026-11-23',
  )
  if (!read.ok) throw new Error('the card should be readable')
  const given = Object.fromEntries(read.given)
  expect(given['A.01']).toEqual({ valueString: 'Nguyễn Thị Thu Hà' })
  expect(given['A.02']?.valueCoding?.code).toBe('2')
  expect(given['A.05']).toEqual({ valueDate: '1961-03-14' })
  expect(given['A.11']).toEqual({ valueString: '079161004238' })
})

test('a code of a milk carton is no card', () => {
  expect(readScanned(form, '8934673573399', '2026-11-23')).toEqual({ ok: false })
})

test('somebody is under 18 until the birthday, and the doubtful go on', () => {
  const born = (valueDate: string) => withAnswer(form, emptyResponse(form), 'A.05', [{ valueDate }])
  expect(isUnder18(born('2008-11-24'), '2026-11-23')).toBe(true)
  expect(isUnder18(born('2008-11-23'), '2026-11-23')).toBe(false)
  expect(isUnder18(born('2008'), '2026-11-23')).toBe(false)
  expect(isUnder18(born('2009'), '2026-11-23')).toBe(true)
  expect(isUnder18(emptyResponse(form), '2026-11-23')).toBe(false)
})
