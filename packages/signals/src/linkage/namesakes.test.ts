import { describe, expect, test } from 'vitest'
import { linkFile } from './file.ts'
import { cityModel, decide, prepare } from './index.ts'
import type { Said } from './said.ts'

const HOME = { address: '24/6 Tô Ký', wards: ['26791'], phones: ['0909123456'] } as const
const BORN = { birthDate: '2012-04-17' } as const

const verdict = (a: Said, b: Said) => decide(prepare(a), prepare(b), cityModel()).verdict

describe('under one roof, with one telephone, are never one by that', () => {
  test.each<[string, Said, Said]>([
    [
      'twins called Anh and Ánh',
      { ...HOME, ...BORN, name: 'Lê Ngọc Anh' },
      { ...HOME, ...BORN, name: 'Lê Ngọc Ánh' },
    ],
    [
      'twins called Hân and Hận',
      { ...HOME, ...BORN, name: 'Lê Gia Hân' },
      { ...HOME, ...BORN, name: 'Lê Gia Hận' },
    ],
    [
      'twins whose numbers follow each other',
      { ...HOME, ...BORN, name: 'Lê Gia Hân', numbers: [{ system: 'cccd', value: '079312004561' }] },
      { ...HOME, ...BORN, name: 'Lê Gia Hận', numbers: [{ system: 'cccd', value: '079312004562' }] },
    ],
    [
      'brothers of one given name, a year apart to the day',
      { ...HOME, name: 'Lê Văn Tài', birthDate: '2012-04-17' },
      { ...HOME, name: 'Lê Hữu Tài', birthDate: '2013-04-17' },
    ],
    [
      'one of them written without a middle name',
      { ...HOME, phones: [], name: 'Lê Tài', birthDate: '2012-04-17' },
      { ...HOME, phones: [], name: 'Lê Hữu Tài', birthDate: '2013-04-17' },
    ],
    [
      'two who bear two different identity numbers',
      { ...HOME, ...BORN, name: 'Lê Gia Hân', numbers: [{ system: 'cccd', value: '079312004561' }] },
      { ...HOME, ...BORN, name: 'Lê Gia Hân', numbers: [{ system: 'cccd', value: '079312881200' }] },
    ],
    [
      'two names without marks on two insurance cards',
      { ...HOME, ...BORN, name: 'LE GIA HAN', numbers: [{ system: 'bhxh', value: '7912345678' }] },
      { ...HOME, ...BORN, name: 'LE GIA HAN', numbers: [{ system: 'bhxh', value: '7965120034' }] },
    ],
  ])('%s', (_who, one, other) => {
    expect(verdict(one, other)).not.toBe('same')
    expect(verdict(other, one)).not.toBe('same')
  })
})

describe('one ward is not enough for name and birth date', () => {
  const one = { name: 'Lê Nguyệt Hà', birthDate: '2004-09-13', wards: ['26929'] } as const

  test.each<[string, Partial<Said>, Partial<Said>]>([
    ['where each has a telephone of his own', { phones: ['0909123456'] }, { phones: ['0387654321'] }],
    ['where they live in two streets', { address: '566 Cây Bàng' }, { address: '12/3 Hoa Sen' }],
    ['where they live at two doors of one street', { address: '566 Cây Bàng' }, { address: '12 Cây Bàng' }],
    [
      'where each has an insurance card of his own',
      { numbers: [{ system: 'bhxh', value: '7912345678' }] },
      { numbers: [{ system: 'bhxh', value: '7965120034' }] },
    ],
  ])('%s', (_where, mine, theirs) => {
    expect(verdict({ ...one, ...mine }, { ...one, ...theirs })).toBe('review')
  })
})

describe('who is still recognised', () => {
  test.each<[string, Said, Said]>([
    [
      'the flat written before the house or left out',
      { ...BORN, name: 'Lê Gia Hân', address: 'Căn hộ C4-08, 89/22 Bùi Đình Túy' },
      { ...BORN, name: 'Lê Gia Hân', address: '89/22 Đ. Bùi Đình Túy' },
    ],
    [
      'Văn shortened to its first letter',
      { ...HOME, ...BORN, name: 'Trần V. Cường' },
      { ...HOME, ...BORN, name: 'Trần Văn Cường' },
    ],
    [
      'the family name put last, behind Thị and the given name',
      { ...HOME, ...BORN, name: 'THỊ HỢP LÂM' },
      { ...HOME, ...BORN, name: 'Lâm Thị Hợp' },
    ],
  ])('%s', (_how, one, other) => {
    expect(verdict(one, other)).toBe('same')
  })
})

/** A file of some hundred families, so that its names are learned as a city's are. */
const FAMILIES = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Huỳnh', 'Phan', 'Võ', 'Đặng', 'Bùi', 'Ngô']
const GIVEN = ['Lan', 'Hùng', 'Mai', 'Tuấn', 'Hoa', 'Dũng', 'Ngọc', 'Khang', 'Vy', 'Phúc', 'Nhi', 'Bình']
const two = (n: number): string => String(n).padStart(2, '0')
const people = Array.from({ length: 300 }, (_, at): Said => {
  const [family, given] = [FAMILIES[at % FAMILIES.length], GIVEN[at % GIVEN.length]]
  return {
    name: `${family} Minh ${given}`,
    birthDate: `${1950 + (at % 60)}-${two(1 + (at % 12))}-${two(2 + (at % 27))}`,
    phones: [`0909${String(100_000 + at * 37)}`],
    address: `${1 + at} Tô Ký`,
  }
})

test('a name without marks that fits two twins is given to neither of them', () => {
  const twins = [
    { ...HOME, ...BORN, name: 'Lê Thị Thúy' },
    { ...HOME, ...BORN, name: 'Lê Thị Thùy' },
    { ...HOME, ...BORN, name: 'LE THI THUY' },
  ]
  const rows = [...people, ...people, ...twins]
  const { groups } = linkFile(rows)
  expect(groups.length).toBeGreaterThan(200)
  expect(groups.filter((rows) => rows.some((row) => row >= 2 * people.length))).toEqual([])
})
