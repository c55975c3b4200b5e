import { describe, expect, test } from 'vitest'
import { linkFile } from './file.ts'
import { cityModel, decide, learn, prepare } from './index.ts'
import { profileOf } from './profile.ts'
import type { Said } from './said.ts'

const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Võ', 'Đặng', 'Bùi', 'Ngô']
const GIVEN = ['Lan', 'Hùng', 'Mai', 'Tuấn', 'Hoa', 'Dũng', 'Ngọc', 'Khang', 'Vy', 'Phúc', 'Nhi', 'Bình']
const MIDDLE = ['Minh', 'Gia', 'Thanh', 'Quốc', 'Kim', 'Hồng', 'Xuân']
const two = (n: number): string => String(n).padStart(2, '0')
const wardAt = (at: number): string => String(26_000 + 3 * (at % 40))
const number = (at: number): NonNullable<Said['numbers']> => [
  { system: 'cccd', value: `0790${two(50 + (at % 47))}${String(1_000_000 + at * 7919).slice(-6)}` },
]

const resident = (at: number): Said => ({
  name: `${FAMILIES[at % 10]} ${MIDDLE[at % 7]} ${GIVEN[at % 12]}`,
  birthDate: `${1950 + (at % 47)}-${two(1 + (at % 12))}-${two(2 + (at % 27))}`,
  phones: [`0909${String(100_000 + at * 37)}`],
  wards: [wardAt(at)],
})

/** Two hundred residents stated twice, every fifth with another telephone; and thirty who have namesakes of their day. */
const city = (wardOfNamesake: (at: number) => string): Said[] => [
  ...Array.from({ length: 200 }, (_, at) => ({ ...resident(at), numbers: number(at) })),
  ...Array.from({ length: 200 }, (_, at) => ({
    ...resident(at),
    ...(at % 5 === 0 && { phones: [`0387${String(100_000 + at * 41)}`] }),
    numbers: number(at),
  })),
  ...Array.from({ length: 30 }, (_, at) => ({
    ...resident(at),
    phones: [`0708${String(100_000 + at * 43)}`],
    wards: [wardOfNamesake(at)],
    numbers: number(at + 47 * 100),
  })),
]

const scattered = () => learn(city((at) => wardAt(at + 11)).map(prepare))

describe('two of one name and birth date in one ward, each with a telephone of his own', () => {
  const one = prepare({ ...resident(7), phones: ['0911111111'] })
  const other = prepare({ ...resident(7), phones: ['0922222222'] })

  test('are one person where namesakes live anywhere', () => {
    expect(decide(one, other, scattered()).verdict).toBe('same')
  })

  test('are for a person to see where namesakes share a ward', () => {
    expect(decide(one, other, learn(city(wardAt).map(prepare))).verdict).toBe('review')
  })

  test('are for a person to see where nothing was learned', () => {
    expect(decide(one, other, cityModel()).verdict).toBe('review')
  })
})

const CHILD = {
  name: 'Trần Gia Bảo',
  birthDate: '2012-04-17',
  phones: ['0909123456'],
  wards: ['26791'],
} as const
const FATHERS = [{ system: 'cccd', value: '079083004561' }] as const
const OWN = [{ system: 'cccd', value: '079212004561' }] as const

test("a parent's number on one row of a child does not part her from her other rows", () => {
  const one = prepare({ ...CHILD, numbers: FATHERS })
  expect(decide(one, prepare({ ...CHILD, numbers: OWN }), cityModel()).verdict).toBe('same')
  const own = [{ system: 'cccd', value: '079212881200' }] as const
  expect(
    decide(prepare({ ...CHILD, numbers: own }), prepare({ ...CHILD, numbers: OWN }), cityModel()),
  ).toMatchObject({ verdict: 'review', rule: 'two-numbers' })
})

test("a parent's number on two children makes them no one person", () => {
  const sister = { ...CHILD, name: 'Trần Gia Hân', numbers: FATHERS }
  expect(decide(prepare({ ...CHILD, numbers: FATHERS }), prepare(sister), cityModel()).verdict).not.toBe(
    'same',
  )
})

test.each<[string, string]>([
  ['Trần Thị Dung', 'Dung Thị Trần Thị'],
  ['Nguyễn Bảo Phượng', 'Bảo Phượng Nguyễn'],
  ['Trịnh Tú Lan', 'Tú Lan Trịng'],
])('a name turned round is the same name: %s, %s', (one, other) => {
  const at = { birthDate: '1989-05-06', phones: ['0909123456'], address: '24/6 Tô Ký' }
  expect(decide(prepare({ ...at, name: one }), prepare({ ...at, name: other }), cityModel()).verdict).toBe(
    'same',
  )
})

test('two given names without marks are two names: a brother’s number and a twin’s door make nobody one', () => {
  const at = { wards: ['26782'], numbers: [{ system: 'cccd', value: '079085665988' }] } as const
  const hue: Said = { ...at, name: 'Ngo Thi Hue', birthDate: '2017-03-09', sex: 'female' }
  const hoang: Said = { ...at, name: 'Ngô Văn Hoàng', birthDate: '2019-10-17', sex: 'male' }
  expect(decide(prepare(hue), prepare(hoang), cityModel()).verdict).not.toBe('same')
  const door = { birthDate: '1996-12-29', sex: 'male', wards: ['27664'], address: '21/74 Gò Dầu' } as const
  const trieu: Said = { ...door, name: 'Vuong Van Trieu Nguyen' }
  expect(
    decide(prepare(trieu), prepare({ ...door, name: 'Nguyễn Vương Bào' }), cityModel()).verdict,
  ).not.toBe('same')
})

test('of a whole file so many questions are asked as a station can answer, and rows of one person count as a whole', () => {
  const strangers = Array.from({ length: 200 }, (_, at): Said => ({ ...resident(at), phones: [], wards: [] }))
  const { groups, review } = linkFile([...city((at) => wardAt(at + 11)), ...strangers, ...strangers])
  const asked = new Set([...review.a, ...review.b])
  expect(asked.size).toBeGreaterThan(20)
  expect(asked.size).toBeLessThanOrEqual(Math.max(40, 0.045 * (430 + 400)))
  expect(groups.length).toBeGreaterThan(150)
})

test('rows of one person say together what most of them say, and every number and telephone', () => {
  const rows: Said[] = [
    { ...CHILD, numbers: FATHERS },
    { ...CHILD, name: 'TRAN GIA BAO', phones: ['0387654321'], numbers: OWN },
    { ...CHILD, name: 'Trần Gia Bả', birthDate: '2012-07-14' },
  ]
  const [profile, ...others] = profileOf(rows.map(prepare), cityModel())
  expect(others).toEqual([])
  expect(profile).toMatchObject({ name: prepare(CHILD).name, birth: { year: 2012, month: 4, day: 17 } })
  expect(profile?.phones).toEqual(['0909123456', '0387654321'])
  expect(profile?.numbers.map(({ value, foreign }) => [value, foreign])).toEqual([
    [FATHERS[0].value, true],
    [OWN[0].value, false],
  ])
})
