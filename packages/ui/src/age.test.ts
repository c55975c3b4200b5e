import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAge, older } from './age.ts'
import type { Vault } from './vault.ts'

const DAY = 24 * 3600 * 1000
const START = Date.parse('2026-11-25T02:00:00Z')

function vaultOf(): { vault: () => Promise<Vault>; kept: Map<string, unknown> } {
  const kept = new Map<string, unknown>()
  const vault: Vault = {
    lasting: true,
    get: async <T>(name: string) => kept.get(name) as T | undefined,
    set: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
    names: async () => [...kept.keys()],
    clear: async () => kept.clear(),
  }
  return { vault: async () => vault, kept }
}

test('copies may be read for seven days after the last answer, and not a moment longer', async () => {
  const age = createAge(vaultOf().vault, 7 * DAY)
  await age.renew(START)
  expect(await age.isOver(START + 7 * DAY)).toBe(false)
  expect(await age.isOver(START + 7 * DAY + 1)).toBe(true)
  await age.renew(START + 8 * DAY)
  expect(await age.isOver(START + 9 * DAY)).toBe(false)
})

test('a clock set back prolongs nothing: five days stay five days', async () => {
  const age = createAge(vaultOf().vault, 7 * DAY)
  await age.renew(START)
  expect(await age.isOver(START + 5 * DAY)).toBe(false)
  expect(await age.isOver(START)).toBe(false)
  expect(await age.isOver(START + 2 * DAY)).toBe(false)
  expect(await age.isOver(START + 2 * DAY + 1)).toBe(true)
})

test('copies of which nobody knows the age are too old', async () => {
  const { vault, kept } = vaultOf()
  const age = createAge(vault, 7 * DAY)
  expect(await age.isOver(START)).toBe(true)
  await age.renew(START)
  kept.clear()
  expect(await age.isOver(START)).toBe(true)
})

test('whatever the clock shows, time never goes backwards', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 30 * DAY })), (shown) => {
      let age = { seen: START, passed: 0 }
      for (const ms of shown) {
        const next = older(age, START + ms)
        expect(next.passed).toBeGreaterThanOrEqual(age.passed)
        age = next
      }
      expect(age.passed).toBeGreaterThanOrEqual(Math.max(0, ...shown))
    }),
  )
})
