import { expect, test } from 'vitest'
import { bodyOf, EMPTY, wrongIn } from './typed.ts'

test('an empty form begins a campaign of the whole ward from today', () => {
  expect(wrongIn(EMPTY, true, false)).toEqual({})
  expect(bodyOf(EMPTY, true)).toEqual({
    kind: 'ward',
    title: null,
    alley: null,
    ends: null,
    target: null,
    phone: null,
    hours: null,
  })
})

test('days are read as they are written here, and thousands may have their dots', () => {
  const typed = { ...EMPTY, starts: '1/12/2026', ends: '31/12/2026', target: '1.200' }
  expect(wrongIn(typed, true, false)).toEqual({})
  expect(bodyOf(typed, true)).toMatchObject({ starts: '2026-12-01', ends: '2026-12-31', target: 1200 })
})

test.each([
  [{ kind: 'alley' }, 'alley'],
  [{ ends: '31/02/2027' }, 'ends'],
  [{ starts: '2/12/2026', ends: '1/12/2026' }, 'ends'],
  [{ target: '0' }, 'target'],
  [{ target: 'nhiều' }, 'target'],
  [{ starts: 'mai' }, 'starts'],
] as const)('%o is told under its field', (typed, name) => {
  expect(Object.keys(wrongIn({ ...EMPTY, ...typed }, true, false))).toEqual([name])
})

test('the Department says the ward, and a campaign that is changed keeps a name', () => {
  expect(Object.keys(wrongIn(EMPTY, true, true))).toEqual(['ward'])
  expect(Object.keys(wrongIn(EMPTY, false, false))).toEqual(['title'])
})
