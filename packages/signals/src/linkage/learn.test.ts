import { expect, test } from 'vitest'
import { decide } from './decide.ts'
import { fileKeys } from './keys.ts'
import { learn } from './learn.ts'
import { prepare } from './prepare.ts'
import type { Said } from './said.ts'

/** Six hundred people of rare names, each written twice, the second time every fifth with a slip in the postcode. */
const people = (): Said[] =>
  Array.from({ length: 600 }, (_, at) => {
    const letters = [at, at * 7 + 3, at * 31 + 11].map((n) => String.fromCharCode(97 + (n % 26))).join('')
    const said = {
      familyName: `${letters}son`,
      givenName: ['mary', 'john', 'ellen', 'hugh', 'ruth', 'ivan'][at % 6] ?? '',
      birthDate: `${1940 + (at % 60)}-${String(2 + (at % 11)).padStart(2, '0')}-${String(1 + (at % 28)).padStart(2, '0')}`,
      postcode: String(2000 + ((at * 37) % 900)),
    }
    return [said, at % 5 === 0 ? { ...said, postcode: `${said.postcode.slice(0, 3)}x` } : said]
  }).flat()

test('a file teaches its own weights: how often a postcode is miswritten, and that a name tells', () => {
  const records = people().map(prepare)
  const model = learn(records)
  const [right = 0, slip = 0] = model.levels.postcode.m
  expect(right).toBeGreaterThan(0.7)
  expect(slip).toBeGreaterThan(0.1)
  expect(model.crowded).toBe(false)
  const pairs = Array.from({ length: 600 }, (_, at) => [records[2 * at], records[2 * at + 1]] as const)
  const same = pairs.filter(([a, b]) => a && b && decide(a, b, model).verdict === 'same')
  expect(same.length).toBeGreaterThan(590)
})

test('the same records teach the same model', () => {
  const records = people().map(prepare)
  expect(learn(records)).toEqual(learn(records))
})

test('a few records teach nothing and are decided by what is believed', () => {
  const [a, b] = people().map(prepare)
  const model = learn(a && b ? [a, b] : [])
  expect(a && b && decide(a, b, model).verdict).toBe('same')
})

test('in a file two records of one person also find each other by their street', () => {
  const a = prepare({ givenName: 'mary', address: '7 wallaby place' })
  const b = prepare({ givenName: 'mary', address: '9 wallaby pl' })
  expect(fileKeys(a).some((key) => fileKeys(b).includes(key))).toBe(true)
})

test('the rules for a city of few names hold in a file of two Vietnamese rows as well', () => {
  const decided = (one: Said, other: Said) => {
    const [a, b] = [prepare(one), prepare(other)]
    return decide(a, b, learn([a, b])).verdict
  }
  const child = {
    birthDate: '2010-02-03',
    sex: 'male',
    phones: ['0907777777'],
    address: '12 Lê Lợi',
  } as const
  expect(decided({ name: 'Lê Quốc Bảo', ...child }, { name: 'Lê Quốc Bình', ...child })).not.toBe('same')
  const lan = { name: 'Nguyễn Thị Lan', birthDate: '1985-06-07', sex: 'female' } as const
  expect(decided(lan, lan)).toBe('review')
  const house = { name: 'Trần Văn Hùng', phones: ['0908888888'], address: '5 Hai Bà Trưng' } as const
  const [father, son] = [
    { ...house, birthDate: '1950-04-05' },
    { ...house, birthDate: '1978-09-01' },
  ]
  expect(decided(father, son)).toBe('review')
  expect(decided({ ...lan, phones: ['0901234567'] }, { ...lan, phones: ['0901234567'] })).toBe('same')
})

test('fewer names than rows do not make a file of another country one of few names', () => {
  const records = people().slice(0, 12).map(prepare)
  expect(learn([...records, ...records, ...records]).crowded).toBe(false)
})
