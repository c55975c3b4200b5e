import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cityModel } from './city.ts'
import { decide } from './decide.ts'
import { explain } from './explain.ts'
import { candidateKeys } from './keys.ts'
import { prepare } from './prepare.ts'
import type { Said, Verdict } from './said.ts'

const LAN: Said = {
  name: 'Nguyễn Thị Ngọc Lan',
  birthDate: '1987-03-21',
  sex: 'female',
  phones: ['0901 234 567'],
  numbers: [{ system: 'cccd', value: '079187001234' }],
  wards: ['26740'],
  address: '12/3 Đường Số 4',
}

const verdictOf = (a: Said, b: Said): Verdict => decide(prepare(a), prepare(b), cityModel()).verdict
const found = (a: Said, b: Said): boolean => {
  const keys = new Set(candidateKeys(prepare(a)))
  return candidateKeys(prepare(b)).some((key) => keys.has(key))
}

const WITHOUT: Said = { ...LAN, numbers: [] }

describe('one woman, written twice, without her number, is the same woman', () => {
  test.each<[string, Partial<Said>]>([
    ['as she is', {}],
    ['without marks, in capitals', { name: 'NGUYEN THI NGOC LAN' }],
    ['with Thị dropped', { name: 'Nguyễn Ngọc Lan' }],
    ['in the old code page TCVN3', { name: 'NguyÔn ThÞ Ngäc Lan' }],
    ['with HTML entities', { name: 'Nguy&#7877;n Th&#7883; Ng&#7885;c Lan' }],
    ['with a number hung on', { name: 'Nguyễn Thị Ngọc Lan 2' }],
    ['with day and month swapped, as a date no calendar has', { birthDate: '1987-21-03' }],
    ['with the year only', { birthDate: '1987' }],
    ['with 1 January for the unknown day', { birthDate: '1987-01-01' }],
    ['with one digit of the birth date wrong', { birthDate: '1987-03-27' }],
    ['with l and n mixed up', { name: 'Nguyễn Thị Ngọc Nan' }],
    ['with the parts of the name the other way round', { name: 'Lan Nguyễn Thị Ngọc' }],
  ])('%s', (_name, change) => {
    const other = { ...WITHOUT, ...change }
    expect(verdictOf(WITHOUT, other)).toBe('same')
    expect(found(WITHOUT, other)).toBe(true)
  })
})

describe('above all never two persons in one book', () => {
  const other = (change: Partial<Said>): Verdict => verdictOf(LAN, { ...LAN, ...change })
  const verified = (value: string): NonNullable<Said['numbers']> => [
    { system: 'cccd', value, verified: true },
  ]

  test('two verified numbers are two people, whatever else agrees', () => {
    const a = { ...LAN, numbers: verified('079187001234') }
    const b = { ...LAN, numbers: verified('079187001235') }
    expect(decide(prepare(a), prepare(b), cityModel())).toMatchObject({
      verdict: 'different',
      rule: 'two-verified-numbers',
    })
  })

  test('a card that names the old number links both', () => {
    const old = { system: 'cccd', value: '079187001234', verified: true, ended: true } as const
    const a = { ...LAN, numbers: verified('079187001234') }
    const b = { ...LAN, numbers: [...verified('079187001235'), old] }
    expect(verdictOf(a, b)).toBe('same')
  })

  test('twins are never the same', () => {
    expect(verdictOf(WITHOUT, { ...WITHOUT, name: 'Nguyễn Thị Ngọc Mai' })).not.toBe('same')
    expect(other({ name: 'Nguyễn Thị Ngọc Mai' })).not.toBe('same')
  })

  test('father and son of one name are never the same', () => {
    expect(other({ birthDate: '2012-03-21', numbers: [] })).not.toBe('same')
    expect(other({ birthDate: '2012-11-02' })).toBe('review')
  })

  test("a child with its parent's number is for a person to review", () => {
    expect(other({ name: 'Trần Minh Khôi', birthDate: '2020-05-06', sex: 'male' })).toBe('review')
  })

  test("a child on its mother's phone is somebody else", () => {
    expect(other({ name: 'Trần Minh Khôi', birthDate: '2020-05-06', numbers: [] })).toBe('different')
  })

  test('one name and one birth date, and nothing else to tell, is for a person to review', () => {
    const bare = { name: 'Nguyễn Thị Ngọc Lan', birthDate: '1987-03-21' }
    expect(decide(prepare(bare), prepare(bare), cityModel())).toMatchObject({ verdict: 'review' })
  })

  test.each(['Phường Bình Thạnh, Thành phố Hồ Chí Minh', 'P. Bình Thạnh, TP.HCM', 'P.12, Q. Bình Thạnh'])(
    'so is it at two doors of one ward, however fully the addresses name it: %s',
    (units) => {
      const one = { name: 'Lê Nguyệt Hà', birthDate: '2004-09-13', wards: ['26929'] }
      const [a, b] = [`566 Cây Bàng, ${units}`, `12/3 Hoa Sen, ${units}`]
      expect(verdictOf({ ...one, address: a }, { ...one, address: b })).toBe('review')
    },
  )
})

const said: fc.Arbitrary<Said> = fc.record(
  {
    name: fc.oneof(
      fc
        .array(
          fc.constantFrom('Nguyễn', 'Trần', 'Văn', 'Thị', 'Lan', 'Nan', 'lan', 'Hoà', 'A', 'Huỳnh', 'Hoàng'),
          {
            minLength: 1,
            maxLength: 5,
          },
        )
        .map((words) => words.join(' ')),
      fc.string(),
    ),
    birthDate: fc.constantFrom(
      '1987-03-21',
      '1987-21-03',
      '1987',
      '1987-01-01',
      '2012-03-21',
      'x',
      '1988-03-21',
    ),
    sex: fc.constantFrom('male', 'female'),
    phones: fc.array(fc.constantFrom('0901234567', '0901234568', '+84901234567', '1'), { maxLength: 2 }),
    numbers: fc.array(
      fc.record({
        system: fc.constantFrom('cccd', 'cmnd', 'bhyt', 'id'),
        value: fc.constantFrom('079187001234', '079187001235', '024123456', 'DN4790123456789'),
        verified: fc.boolean(),
        ended: fc.boolean(),
      }),
      { maxLength: 2 },
    ),
    wards: fc.array(fc.constantFrom('1', '2', '3'), { maxLength: 2 }),
    address: fc.constantFrom('12/3 Đường Số 4', '12 Duong So 4', '7 wallaby place, delmar', ' '),
    city: fc.constantFrom('delmar', 'delmer', 'cleveland'),
    postcode: fc.constantFrom('2119', '2191', '70000'),
    multipleBirth: fc.boolean(),
  },
  { requiredKeys: [] },
)

test('a decision is the same from either side, its weights are finite', () => {
  fc.assert(
    fc.property(said, said, (a, b) => {
      const one = decide(prepare(a), prepare(b), cityModel())
      const other = decide(prepare(b), prepare(a), cityModel())
      expect(other).toEqual(one)
      expect(Number.isFinite(one.score)).toBe(true)
      for (const { weight } of one.reasons) expect(Number.isFinite(weight)).toBe(true)
    }),
    { numRuns: 500 },
  )
})

test('no two records with different verified active numbers are ever the same', () => {
  const withNumber = (base: Said, value: string): Said => ({
    ...base,
    numbers: [{ system: 'cccd', value, verified: true }],
  })
  fc.assert(
    fc.property(said, said, (a, b) => {
      expect(verdictOf(withNumber(a, '079187001234'), withNumber(b, '079187009999'))).toBe('different')
    }),
  )
})

test('at most twelve keys lead to a record', () => {
  fc.assert(
    fc.property(said, (a) => {
      expect(candidateKeys(prepare(a)).length).toBeLessThanOrEqual(12)
    }),
  )
})

test('an explanation names fields and weights, and no value', () => {
  const text = explain(decide(prepare(LAN), prepare(LAN), cityModel()), 'vi')
  expect(text).toMatch(/^Cùng một người \(\+\d+,\d\): .*họ tên trùng \+\d+,\d/)
  for (const value of ['Lan', '0901', '079187', '1987']) expect(text).not.toContain(value)
})
