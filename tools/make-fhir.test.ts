import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { makeR4, textOf } from './make-fhir.ts'

test('the definitions carried are those of the official packages', () => {
  const carried = readFileSync(new URL('../packages/fhir/data/r4.json', import.meta.url), 'utf8')
  expect(carried === textOf(makeR4())).toBe(true)
}, 60_000)
