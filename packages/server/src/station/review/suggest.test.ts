import type { Decision } from '@sokhoe/signals/linkage'
import { expect, test } from 'vitest'
import { suggestion } from './suggest.ts'

const compared = (verdict: Decision['verdict'], score: number, rule?: string): Decision => ({
  verdict,
  score,
  reasons: [],
  ...(rule !== undefined && { rule }),
})

test('two verified numbers are never suggested to be one person, whatever the score', () => {
  expect(suggestion([compared('different', 40, 'two-verified-numbers')])).toBe('different')
})

test('where nothing but name and birth date speaks for it, asking is suggested', () => {
  expect(suggestion([compared('review', 12, 'nothing-else-to-tell')])).toBe('later')
})

test('without a rule the weights lean to one side, and name and birth date alone are to be asked about', () => {
  const address = [{ field: 'address', level: 'same-door', weight: 6 }] as const
  expect(suggestion([{ ...compared('review', 4), reasons: address }])).toBe('same')
  expect(suggestion([compared('review', 4)])).toBe('later')
  expect(suggestion([compared('review', -4)])).toBe('different')
})

test('of three some may be one; where one could not be compared nothing is suggested', () => {
  expect(suggestion([compared('same', 30), compared('different', -9)])).toBe('partly')
  expect(suggestion([compared('same', 30), compared('same', 20)])).toBe('same')
  expect(suggestion([compared('same', 30), undefined])).toBeUndefined()
  expect(suggestion([])).toBeUndefined()
})
