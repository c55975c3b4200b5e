import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Problem, problemCodes } from './problem.ts'

test('docs/problems.md tells every refusal, and none that is not', () => {
  const text = readFileSync(new URL('../../../../docs/problems.md', import.meta.url), 'utf8')
  const told = [...text.matchAll(/^\| `([a-z]+\.[a-z-]+)` \| (\d+) \|/gm)].map(([, code]) => code)

  expect(told).toEqual(problemCodes)
})

test('a problem says what, where and when to come again, and nothing else', () => {
  const problem = new Problem('identity.blocked', { retryAfter: 900, at: ['/code'] })

  expect(problem.toJSON()).toEqual({
    type: '/problems/identity.blocked',
    title: 'Too many wrong codes; wait before trying again',
    status: 429,
    at: ['/code'],
    retryAfter: 900,
  })
})
