import { readFileSync } from 'node:fs'

const FILES = ['dictionary-1.txt']

/** What new packs are compressed with. A pack names its dictionary; none is ever changed or removed. */
export const NEWEST_DICTIONARY = FILES.length

const dictionaries = FILES.map((file) => readFileSync(new URL(file, import.meta.url)))

/** @throws {RangeError} a number this release does not have */
export function dictionaryOf(number: number): Buffer {
  const dictionary = dictionaries[number - 1]
  if (!dictionary) throw new RangeError(`no dictionary ${number}`)
  return dictionary
}
