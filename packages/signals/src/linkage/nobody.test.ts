import { expect, test } from 'vitest'
import { candidateKeys, cityModel, decide, prepare } from './index.ts'
import type { Said } from './said.ts'

const unknownMan = { name: 'Không rõ tên', sex: 'male', birthDate: '1980' } as const

test('two of whom nobody knows the name are never one by that', () => {
  const [one, other] = [prepare(unknownMan), prepare({ ...unknownMan, name: 'BN VO DANH' })]
  expect(decide(one, other, cityModel()).verdict).not.toBe('same')
  expect(decide(one, prepare(unknownMan), cityModel()).verdict).not.toBe('same')
  const keys = candidateKeys(one)
  expect(keys.some((key) => /khong|danh/.test(key))).toBe(false)
})

const PHONE = { phones: ['0901234567'] }
const MINH = { name: 'Nguyễn Văn Minh', birthDate: '1990-05-06', sex: 'male' } as const
const CARD = { numbers: [{ system: 'bhxh', value: '7912345678' }] } as const
const NEWBORN = { birthDate: '2026-01-05', sex: 'female', ...PHONE } as const
const MOTHERS = { numbers: [{ system: 'cccd', value: '079190004321' }] } as const

test.each<[string, Said, Said]>([
  [
    'twins under their mother’s name, with her telephone',
    { ...NEWBORN, name: 'CB1 Nguyễn Thị Lan' },
    { ...NEWBORN, name: 'CB2 Nguyễn Thị Lan' },
  ],
  [
    'twins under their mother’s name, with her number',
    { ...NEWBORN, ...MOTHERS, name: 'Bé gái Nguyễn Thị Lan' },
    { ...NEWBORN, ...MOTHERS, name: 'Bé gái Nguyễn Thị Lan' },
  ],
  [
    'a newborn of no known day, and the mother whose number it bears',
    { ...PHONE, ...MOTHERS, name: 'CB Nguyễn Thị Lan' },
    { ...PHONE, ...MOTHERS, name: 'Nguyễn Thị Lan', birthDate: '1990-05-05' },
  ],
  [
    'a couple with one insurance number',
    { ...MINH, ...PHONE, ...CARD },
    { ...PHONE, ...CARD, name: 'Lê Thị Hoa', birthDate: '1991-02-03', sex: 'female' },
  ],
  [
    'brothers with one insurance number',
    { ...MINH, ...PHONE, ...CARD },
    { ...MINH, ...PHONE, ...CARD, name: 'Nguyễn Văn Tuấn', birthDate: '1992-02-03' },
  ],
  [
    'father and son of one name, of whom one says no birth date',
    { ...MINH, ...PHONE, address: '12 Hoa Sứ', wards: ['26911'] },
    { ...PHONE, name: MINH.name, sex: 'male', address: '12 Hoa Sứ', wards: ['26911'] },
  ],
  ['digits in place of a name', { ...PHONE, ...NEWBORN, name: '123456' }, { ...NEWBORN, name: '123456' }],
  [
    'what was typed to get past a form',
    { ...MINH, numbers: [{ system: 'cccd', value: '012345678901' }] },
    { ...MINH, numbers: [{ system: 'cccd', value: '012345678901' }] },
  ],
  [
    'words in place of a number',
    { ...MINH, numbers: [{ system: 'passport', value: 'KHONGCO' }] },
    { ...MINH, numbers: [{ system: 'passport', value: 'KHONGCO' }] },
  ],
])('%s are never one by that', (_who, one, other) => {
  expect(decide(prepare(one), prepare(other), cityModel()).verdict).not.toBe('same')
})

test('who is called Võ is called so', () => {
  expect(candidateKeys(prepare({ name: 'Võ Danh', birthDate: '1980-02-03' })).length).toBeGreaterThan(0)
})
