import { tokenMatcher } from './tokens.ts'
import { bad, type Found, good, isRecord, type Matcher, type Read, type Tools, textOf } from './types.ts'
import { plain } from './written.ts'

/** @see https://hl7.org/fhir/R4/search.html#reference */
export interface Pointed {
  /** Of the resource on this server; undefined where only an id was written, or the address is elsewhere. */
  readonly type: string | undefined
  readonly id: string | undefined
  readonly version: string | undefined
  /** As written, where it does not point at this server. */
  readonly elsewhere: string | undefined
}

const LOCAL = /^(?:([A-Z][A-Za-z]{1,63})\/)?([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/

/** What a reference points at, whichever way it is written. */
export function pointed(text: string, base: string): Pointed {
  const inside = text.startsWith(`${base}/`) ? text.slice(base.length + 1) : text
  const parts = LOCAL.exec(inside)
  if (!parts) return { type: undefined, id: undefined, version: undefined, elsewhere: text }
  return { type: parts[1], id: parts[2], version: parts[3], elsewhere: undefined }
}

/** The reference in an element, unresolved; a canonical address is one too. */
const referenceIn = ({ value }: Found): string | undefined =>
  isRecord(value) ? textOf(value['reference']) : textOf(value)

const withoutVersion = (canonical: string): string => canonical.split('|')[0] ?? canonical

function isElsewhere(asked: string, is: string): boolean {
  return is === asked || (!asked.includes('|') && withoutVersion(is) === asked)
}

const isSameTarget = (asked: Pointed, is: Pointed): boolean =>
  asked.id === is.id &&
  (asked.type === undefined || asked.type === is.type) &&
  (asked.version === undefined || asked.version === is.version)

/**
 * @param modifier a type, 'identifier', or none
 * @param alike other references that mean the same: all Patients of one person
 */
export function referenceMatcher(
  written: string,
  modifier: string | undefined,
  tools: Tools,
  alike: (reference: string) => ReadonlySet<string> | undefined,
): Read<Matcher> {
  if (modifier === 'identifier') {
    const read = tokenMatcher(written, undefined, tools)
    if (!read.ok) return read
    return good(
      ({ value }) =>
        isRecord(value) &&
        isRecord(value['identifier']) &&
        read.value({ value: value['identifier'], type: 'Identifier' }),
    )
  }
  const text = plain(written)
  if (text === '') return bad('is empty: write Type/id')
  const asked = typed(pointed(text, tools.base), modifier)
  if (!asked) return bad('names two types: write Type/id, or the type as modifier and the id as value')
  return good((found) => {
    const reference = referenceIn(found)
    if (reference === undefined) return false
    const is = pointed(reference, tools.base)
    if (asked.elsewhere !== undefined) return isElsewhere(asked.elsewhere, reference)
    return isSameTarget(asked, is) || isAlike(asked, is, alike)
  })
}

function typed(asked: Pointed, modifier: string | undefined): Pointed | undefined {
  if (modifier === undefined || asked.elsewhere !== undefined) return asked
  return asked.type === undefined || asked.type === modifier ? { ...asked, type: modifier } : undefined
}

function isAlike(
  asked: Pointed,
  is: Pointed,
  alike: (reference: string) => ReadonlySet<string> | undefined,
): boolean {
  if (is.type !== 'Patient' || asked.version !== undefined) return false
  if (asked.type !== undefined && asked.type !== 'Patient') return false
  return alike(`Patient/${asked.id}`)?.has(`Patient/${is.id}`) ?? false
}

/** Every reference that an element holds, as 'Type/id' where it points at this server. */
export function targetOf(found: Found, base: string): string | undefined {
  const reference = referenceIn(found)
  if (reference === undefined) return undefined
  const { type, id } = pointed(reference, base)
  return type === undefined || id === undefined ? undefined : `${type}/${id}`
}
