import { good, type Matcher, type Read, textOf } from './types.ts'
import { plain } from './written.ts'

/** @see https://hl7.org/fhir/R4/search.html#uri: compared letter by letter, above and below by whole steps of the path */
const isBelow = (address: string, above: string): boolean =>
  address === above || address.startsWith(above.endsWith('/') ? above : `${above}/`)

export function uriMatcher(written: string, modifier: string | undefined): Read<Matcher> {
  const asked = plain(written)
  const fits = {
    below: (value: string) => isBelow(value, asked),
    above: (value: string) => isBelow(asked, value),
    '': (value: string) => value === asked,
  }[modifier === 'below' || modifier === 'above' ? modifier : '']
  return good(({ value }) => {
    const text = textOf(value)
    return text !== undefined && fits(text)
  })
}
