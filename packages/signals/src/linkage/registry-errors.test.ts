import { expect, test } from 'vitest'
import { cityModel } from './city.ts'
import { decide, judge } from './decide.ts'
import { candidateKeys } from './keys.ts'
import { prepare } from './prepare.ts'
import type { Said } from './said.ts'

const MINH: Said = {
  name: 'Trần Hoàng Minh Châu',
  birthDate: '1990-11-05',
  sex: 'female',
  phones: ['0912 345 678'],
  numbers: [
    { system: 'cccd', value: '079190004321' },
    { system: 'bhyt', value: 'DN4797912345678' },
  ],
  wards: ['27298'],
  address: '45/2 Nguyễn Thị Minh Khai',
}

const of = (change: Partial<Said>) => decide(prepare(MINH), prepare({ ...MINH, ...change }), cityModel())

test.each<[string, Partial<Said>]>([
  [
    'an old number of nine digits stands in the field of the new one',
    { numbers: [{ system: 'cccd', value: '024567890' }] },
  ],
  ['the ward is the old one, whose ground lies in two of today', { wards: ['27292', '27298'], numbers: [] }],
  ['an insurance number was issued anew', { numbers: [{ system: 'bhyt', value: 'GD4790000111222' }] }],
  [
    'the insurance number is written by its ten digits',
    { numbers: [{ system: 'bhxh', value: '7912345678' }], phones: [] },
  ],
  ['the identity number has one digit wrong', { numbers: [{ system: 'cccd', value: '079190004327' }] }],
  [
    'two digits of the identity number are exchanged',
    { numbers: [{ system: 'cccd', value: '079190003421' }] },
  ],
  ['the phone is another one', { phones: ['0987 654 321'] }],
  ['the phone is written with +84', { phones: ['+84 912 345 678'], numbers: [] }],
  ['the name is in the code page VNI', { name: 'Traàn Hoaøng Minh Chaâu', numbers: [] }],
  ['the name holds \\u escapes', { name: 'Tr\\u1ea7n Ho\\u00e0ng Minh Ch\\u00e2u', numbers: [] }],
  ['the name is shortened to family and given name', { name: 'Trần Châu', numbers: [] }],
  ['the middle names are initials', { name: 'Trần H. M. Châu', numbers: [] }],
  ['the family name is written as it is heard', { name: 'Chần Hoàng Minh Châu', numbers: [] }],
  ['the given name stands first', { name: 'Châu Trần Hoàng Minh', numbers: [] }],
  [
    'the parts come apart, as FHIR sends them',
    { name: '', familyName: 'Trần', givenName: 'Hoàng Minh Châu', numbers: [] },
  ],
])('she is recognised where %s', (_error, change) => {
  expect(of(change).verdict).toBe('same')
  const keys = new Set(candidateKeys(prepare(MINH)))
  expect(candidateKeys(prepare({ ...MINH, ...change })).some((key) => keys.has(key))).toBe(true)
})

test.each<[string, Partial<Said>, string]>([
  [
    'her sister on the same phone',
    { name: 'Trần Hoàng Minh Thư', birthDate: '1993-02-14', numbers: [] },
    'different',
  ],
  ['her twin with a plainly other name', { name: 'Trần Hoàng Minh Thư', numbers: [] }, 'different'],
  ['her twin whose name is one letter away', { name: 'Trần Hoàng Minh Chân', numbers: [] }, 'review'],
  [
    'her child under her name before the birth certificate',
    { name: 'CB Trần Hoàng Minh Châu', birthDate: '2025-06-01', numbers: [] },
    'review',
  ],
  ['her child with her number', { name: 'Lê Gia Bảo', birthDate: '2019-06-01', sex: 'male' }, 'review'],
  [
    'somebody of her name and birth date in another ward',
    { phones: ['0987654321'], numbers: [], wards: ['25747'], address: '9 Lê Lợi' },
    'different',
  ],
])('%s is never taken for her', (_who, change, verdict) => {
  const decision = of(change)
  expect(decision.verdict).not.toBe('same')
  expect(decision.verdict).toBe(verdict)
})

test('a judgement is the decision without its reasons, where there is anything to decide', () => {
  for (const change of [{}, { phones: [] }, { name: 'Trần Châu' }, { birthDate: '2019-06-01' }]) {
    const { reasons: _, ...decision } = of(change)
    expect(judge(prepare(MINH), prepare({ ...MINH, ...change }), cityModel())).toEqual(decision)
  }
  const stranger = prepare({ name: 'Lê Gia Bảo', birthDate: '2019-06-01' })
  expect(judge(prepare(MINH), stranger, cityModel()).verdict).toBe('different')
})
