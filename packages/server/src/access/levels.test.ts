import { isConfirmed, LEVELS } from '@sokhoe/model/levels'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { levelLets, levelShows, type Word, wordOf } from './levels.ts'

const WORDS: readonly Word[] = ['own', 'present', 'sent']

test('a claim never shows what facilities have sent, a confirmed book shows all', () => {
  for (const level of LEVELS)
    for (const restricted of [false, true])
      expect([level, levelShows(level, 'sent', restricted)]).toEqual([level, isConfirmed(level)])
  expect(LEVELS.map((level) => levelShows(level, 'present', true))).toEqual([false, true, true, true])
})

test('the surer a book is, the more it shows, and what is restricted never more than what is open', () => {
  for (const [i, level] of LEVELS.entries())
    for (const word of WORDS) {
      const [above = level] = LEVELS.slice(i + 1)
      if (levelShows(level, word)) expect(levelShows(above, word)).toBe(true)
      if (levelShows(level, word, true)) expect(levelShows(above, word, true)).toBe(true)
      if (levelShows(level, word, true)) expect(levelShows(level, word)).toBe(true)
    }
})

test('a level that nobody knows sees nothing and does nothing', () => {
  const unknown = fc
    .oneof(fc.string(), fc.constantFrom('constructor', 'toString', '__proto__', '', 'Verified', 'admin'))
    .filter((text) => ![...LEVELS, 'named'].includes(text))
  fc.assert(
    fc.property(unknown, fc.constantFrom(...WORDS), fc.boolean(), (level, word, restricted) => {
      expect(levelShows(level, word, restricted)).toBe(false)
      expect(levelLets(level)).toBe(false)
    }),
  )
})

test('only a station writes in her presence, and only into the home of her book', () => {
  expect(wordOf('self', true)).toBe('own')
  expect(wordOf('TYT-26911', true)).toBe('present')
  expect(wordOf('TYT-26911', false)).toBe('sent')
  expect(wordOf('HCM-001', true)).toBe('sent')
  expect(wordOf('TYT-', true)).toBe('sent')
})
