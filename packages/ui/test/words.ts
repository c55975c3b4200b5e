import { expect } from 'vitest'

type Phrases = Readonly<Record<string, string>>

const gapsOf = (phrase: string): string[] =>
  [...phrase.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').toSorted()

/** What every catalogue of an app keeps to: the same gaps in both languages, short calm sentences, composed letters. */
export function expectGoodWords(vi: Phrases, en: Phrases): void {
  expect(Object.keys(en).toSorted()).toEqual(Object.keys(vi).toSorted())
  for (const [key, phrase] of Object.entries(vi)) {
    expect([key, gapsOf(en[key] ?? '')]).toEqual([key, gapsOf(phrase)])
    expect(phrase).not.toContain('!')
    expect(phrase).toBe(phrase.normalize('NFC'))
    for (const sentence of phrase.split(/[.?:;] /))
      expect(sentence.split(' ').length, sentence).toBeLessThanOrEqual(26)
  }
}

/** A phrase belongs to one area: the areas are merged, and the later one would hide the earlier. */
export function expectOneAreaEach(areas: Readonly<Record<string, unknown>>): void {
  const keys = Object.entries(areas)
    .filter(([path]) => !path.endsWith('/index.ts'))
    .flatMap(([, module]) => Object.values(module as Readonly<Record<string, Phrases>>))
    .flatMap((area) => Object.keys(area))
  expect(keys.length).toBeGreaterThan(0)
  expect(keys.filter((key, at) => keys.indexOf(key) !== at)).toEqual([])
}
