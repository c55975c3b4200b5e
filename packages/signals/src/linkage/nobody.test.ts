import { expect, test } from 'vitest'
import { candidateKeys, cityModel, decide, prepare } from './index.ts'

const unknownMan = { name: 'Không rõ tên', sex: 'male', birthDate: '1980' } as const

test('two of whom nobody knows the name are never one by that', () => {
  const [one, other] = [prepare(unknownMan), prepare({ ...unknownMan, name: 'BN VO DANH' })]
  expect(decide(one, other, cityModel()).verdict).not.toBe('same')
  expect(decide(one, prepare(unknownMan), cityModel()).verdict).not.toBe('same')
  const keys = candidateKeys(one)
  expect(keys.some((key) => /khong|danh/.test(key))).toBe(false)
})

test('who is called Võ is called so', () => {
  expect(candidateKeys(prepare({ name: 'Võ Danh', birthDate: '1980-02-03' })).length).toBeGreaterThan(0)
})
