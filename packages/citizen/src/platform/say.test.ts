import { expect, test } from 'vitest'
import { en } from './en.ts'
import { fill } from './say.ts'
import { vi } from './vi.ts'

const gapsOf = (phrase: string): string[] =>
  [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

test('every phrase has the same gaps in Vietnamese and in English', () => {
  for (const [key, phrase] of Object.entries(vi))
    expect([key, gapsOf(en[key as keyof typeof vi])]).toEqual([key, gapsOf(phrase)])
})

test('no sentence for residents is longer than twenty words or shouts', () => {
  for (const phrase of Object.values(vi)) {
    expect(phrase).not.toContain('!')
    for (const sentence of phrase.split(/[.?:;] /))
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(26)
  }
})

test('Vietnamese letters are composed, so that search and fonts find them', () => {
  for (const phrase of Object.values(vi)) expect(phrase).toBe(phrase.normalize('NFC'))
})

test('a gap without a value stays visible instead of saying "undefined"', () => {
  expect(fill('Còn thử được {n} lần', {})).toBe('Còn thử được {n} lần')
  expect(fill('Còn thử được {n} lần', { n: 0 })).toBe('Còn thử được 0 lần')
})
