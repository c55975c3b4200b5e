import { expect, test } from 'vitest'
import { expectGoodWords } from '../test/words.ts'
import { createSpeech, fill, sayOr } from './speech.ts'
import { en } from './words/en.ts'
import { vi } from './words/vi.ts'

test('the parts speak both languages in short calm sentences', () => {
  expectGoodWords(vi, en)
})

test('a gap without a value stays visible instead of saying "undefined"', () => {
  expect(fill('Còn thử được {n} lần', {})).toBe('Còn thử được {n} lần')
  expect(fill('Còn thử được {n} lần', { n: 0 })).toBe('Còn thử được 0 lần')
})

test('a code from outside is said by whichever catalogue knows it, or in the other words', () => {
  const { say } = createSpeech({ 'problem.x.y': 'Hết {n} lần' } as const, async () => ({
    'problem.x.y': 'Used {n} times',
  }))

  expect(say('problem.x.y', { n: 2 })).toBe('Hết 2 lần')
  expect(sayOr('problem.x.y', 'khác', { n: 1 })).toBe('Hết 1 lần')
  expect(sayOr('problem.toString', 'khác')).toBe('khác')
})
