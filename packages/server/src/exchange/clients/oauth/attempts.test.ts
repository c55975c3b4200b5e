import { expect, test } from 'vitest'
import { openLimit } from './attempts.ts'

test('whoever is refused again and again waits to the end of the minute, and nobody else with her', () => {
  let now = 0
  const limit = openLimit(() => now)
  for (let i = 0; i < 600; i++) {
    expect(limit.waits('10.0.0.1')).toBeUndefined()
    limit.count('10.0.0.1')
  }
  now = 20_000
  expect(limit.waits('10.0.0.1')).toBe(40)
  expect(limit.waits('10.0.0.2')).toBeUndefined()
  now = 60_000
  expect(limit.waits('10.0.0.1')).toBeUndefined()
})
