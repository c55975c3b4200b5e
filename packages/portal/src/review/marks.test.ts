import { expect, test } from 'vitest'
import { piecesOf } from './marks.ts'

const marked = (...given: Parameters<typeof piecesOf>): string =>
  piecesOf(...given)
    .map(({ text, is }) => (is === 'same' ? text : `${is}:${text}`))
    .join(' ')

test('of a name only the words that differ are marked, and marks alone are told from another word', () => {
  expect(marked('name', 'Nguyễn Thị Thu Hà', 'Nguyễn Thị Thu Hà')).toBe('Nguyễn Thị Thu Hà')
  expect(marked('name', 'Nguyen Thu Hạ', 'Nguyễn Thị Thu Hà')).toBe('near:Nguyen Thu near:Hạ')
  expect(marked('name', 'Hà Thu Thị Nguyễn', 'Nguyễn Thị Thu Hà')).toBe('Hà Thu Thị Nguyễn')
  expect(marked('name', 'Nguyễn Thị Thu Hoa', 'Nguyễn Thị Thu Hà')).toBe('Nguyễn Thị Thu other:Hoa')
})

test('of a date the part that differs is marked; day and month that changed places are near', () => {
  expect(marked('birthDate', '1961-04-30', '1961-04-30')).toBe('30 04 1961')
  expect(marked('birthDate', '1961-04-03', '1961-03-04')).toBe('near:03 near:04 1961')
  expect(marked('birthDate', '1961-04-29', '1961-04-30')).toBe('other:29 04 1961')
  expect(marked('birthDate', '1961', '1961-04-30')).toBe('1961')
  expect(marked('birthDate', '1960', '1961-04-30')).toBe('near:1960')
})

test('where the first column says nothing, nothing differs', () => {
  expect(marked('address', '12 Bình Quới', undefined)).toBe('12 Bình Quới')
  expect(marked('sex', 'male', 'female')).toBe('other:male')
})
