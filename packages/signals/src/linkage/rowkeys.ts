/**
 * Keys for whole files whose names and dates may be badly wrong. A city's live search cannot afford them; a file that is
 * read once can: each says two or three weak things together.
 */
import { asciiKey } from '@sokhoe/model/names'
import type { Said } from './said.ts'

const LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[^a-z]/g, ''],
  [/^(?:kn|gn)/, 'n'],
  [/^wr/, 'r'],
  [/ph/g, 'f'],
  [/ck|q|k/g, 'c'],
  [/sch|sh|z/g, 's'],
  [/th/g, 't'],
  [/(?!^)[aeiouyhw]/g, ''],
  [/^[aeiouy]/, 'a'],
  [/(.)\1+/g, '$1'],
]

/** The consonants of a word as they sound in European languages; its first vowel counts as any vowel. */
const skeleton = (word: string): string =>
  LETTERS.reduce((text, [found, by]) => text.replace(found, by), word).slice(0, 5)

const wordsOf = (text: string | undefined): string[] =>
  text === undefined
    ? []
    : asciiKey(text)
        .split(/[^a-z0-9]+/)
        .filter((word) => word !== '')

const joined = (kind: string, ...parts: readonly string[]): string[] =>
  parts.every((part) => part !== '') ? [`${kind}|${parts.join('|')}`] : []

/** Words of a name in the order of the alphabet: whoever swaps family and given name meets himself. */
function pairsOfWords(words: readonly string[]): string[] {
  const kept = [...new Set(words.map(skeleton).filter((word) => word.length > 1))].sort().slice(0, 6)
  return kept.flatMap((word, at) => kept.slice(at + 1).map((other) => `${word}+${other}`))
}

interface Parts {
  readonly given: string
  readonly family: string
  readonly words: readonly string[]
}

function partsOf(said: Said): Parts {
  const words = wordsOf(said.name)
  const given = wordsOf(said.givenName)
  const family = wordsOf(said.familyName)
  return {
    given: given[0] ?? (family.length > 0 ? '' : (words[0] ?? '')),
    family: family.at(-1) ?? (given.length > 0 ? '' : (words.at(-1) ?? '')),
    words: [...new Set([...family, ...given, ...wordsOf(said.middleName), ...words])],
  }
}

interface Beside {
  readonly year: string
  readonly md: string
  readonly area: string
  readonly city: string
  readonly job: string
}

/** One word of the name beside one other thing; where the word is rare it is enough alone. */
function withWord(word: string, { year, md, area, city, job }: Beside): string[] {
  const sound = skeleton(word)
  return [
    ...joined('w', word),
    ...joined('ws', sound),
    ...joined('wy', sound, year),
    ...joined('wd', sound, md),
    ...joined('wa', sound, area),
    ...joined('wc', sound, city),
    ...joined('wo', sound, job),
  ]
}

/** Keys of one row; any may be shared by many rows, which the blocks' largest size answers. */
export function rowKeys(said: Said): string[] {
  const { given, family, words } = partsOf(said)
  const date = said.birthDate ?? ''
  const [year = '', month = '', day = ''] = date.split('-')
  const full = day === '' ? '' : date
  const md = day === '' ? '' : `${month}${day}`
  const postcode = wordsOf(said.postcode).join('')
  const area = postcode.replace(/\d[a-z]{2}$/, '')
  const city = wordsOf(said.city).join('')
  const job = wordsOf(said.occupation).join('')
  const address = wordsOf(said.address)
  const street = address.filter((word) => word.length > 2)
  const number = address.find((word) => /^\d/.test(word)) ?? ''
  return [
    ...pairsOfWords(words).flatMap((pair) => [
      ...joined('ny', pair, year),
      ...joined('np', pair, postcode),
      ...joined('nc', pair, skeleton(city)),
      ...joined('no', pair, job),
    ]),
    ...words.slice(0, 5).flatMap((word) => withWord(word, { year, md, area, city, job })),
    ...joined('n', skeleton(given), skeleton(family)),
    ...joined('d', full),
    ...joined('gp', skeleton(given), postcode),
    ...joined('fp', skeleton(family), postcode),
    ...joined('gm', given.slice(0, 3), month, day),
    ...joined('fm', family.slice(0, 3), month, day),
    ...joined('gy', skeleton(given), year, month),
    ...joined('fy', skeleton(family), year, month),
    ...joined('fy', skeleton(family), year, day),
    ...joined('s', number, skeleton(street[0] ?? '')),
    ...joined('sp', skeleton(street[0] ?? ''), skeleton(street.at(-1) ?? ''), postcode.slice(0, 2)),
    ...joined('sc', number, skeleton(city)),
    ...joined('pd', postcode, year),
    ...joined('cd', city, md),
    ...joined('ad', area, year, month),
    ...joined('jd', job, full),
  ]
}
