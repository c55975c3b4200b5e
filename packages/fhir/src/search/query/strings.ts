import { bad, type Found, good, isRecord, listOf, type Matcher, type Read, type Tools } from './types.ts'
import { plain } from './written.ts'

/** @see https://hl7.org/fhir/R4/search.html#string */

/** The texts in a name or an address that are searched. */
const PARTS = [
  'text',
  'family',
  'given',
  'prefix',
  'suffix',
  'line',
  'city',
  'district',
  'state',
  'postalCode',
  'country',
]

export function textsOf({ value }: Found): readonly string[] {
  if (typeof value === 'string') return [value]
  if (!isRecord(value)) return []
  return PARTS.flatMap((part) => listOf(value[part])).filter((text) => typeof text === 'string')
}

type Compare = (text: string, asked: string) => boolean

const starts: Compare = (text, asked) => text.startsWith(asked)

/** A Vietnamese name is called by its last word: names and addresses are found by the beginning of any word. */
const startsWord: Compare = (text, asked) => text.startsWith(asked) || text.includes(` ${asked}`)

const includes: Compare = (text, asked) => text.includes(asked)

export function stringMatcher(
  written: string,
  modifier: string | undefined,
  { fold }: Pick<Tools, 'fold'>,
): Read<Matcher> {
  const text = plain(written)
  if (modifier === 'exact') {
    const asked = text.normalize('NFC')
    return good((found) => textsOf(found).some((each) => each.normalize('NFC') === asked))
  }
  const asked = fold(text)
  if (asked === '') return bad('holds no letter to look for')
  const compare = (found: Found): Compare =>
    modifier === 'contains' ? includes : isRecord(found.value) ? startsWord : starts
  return good((found) => {
    const fits = compare(found)
    return textsOf(found).some((each) => fits(fold(each), asked))
  })
}
