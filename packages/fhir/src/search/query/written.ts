/**
 * How values stand in an address: commas part alternatives, bars and dollars the parts of one value, a backslash takes
 * their meaning from them.
 *
 * @see https://hl7.org/fhir/R4/search.html#escaping
 */

/** Cuts where the mark stands by itself; what is escaped stays escaped. */
export function cut(text: string, mark: ',' | '|' | '$'): string[] {
  const parts: string[] = []
  let from = 0
  for (let at = 0; at < text.length; at += 1) {
    const c = text[at]
    if (c === '\\') at += 1
    else if (c === mark) {
      parts.push(text.slice(from, at))
      from = at + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

/** Takes the backslashes off; one that escapes nothing stays. */
export const plain = (text: string): string =>
  text.includes('\\') ? text.replace(/\\([\\,|$])/g, '$1') : text

export const PREFIXES = ['eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb', 'ap'] as const
export type Prefix = (typeof PREFIXES)[number]

const isPrefix = (text: string): text is Prefix => PREFIXES.some((prefix) => prefix === text)

/** A comparison and what it compares with; without one, equality. */
export function prefixed(text: string): { readonly prefix: Prefix; readonly rest: string } {
  const head = text.slice(0, 2)
  return isPrefix(head) ? { prefix: head, rest: text.slice(2) } : { prefix: 'eq', rest: text }
}
