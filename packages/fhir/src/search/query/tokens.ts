import {
  bad,
  type Found,
  good,
  isRecord,
  listOf,
  type Matcher,
  type Read,
  type Tools,
  textOf,
} from './types.ts'
import { cut, plain } from './written.ts'

/** @see https://hl7.org/fhir/R4/search.html#token */

/** A code, or a number of somebody, with what it belongs to. */
export interface Token {
  /** undefined: of any system; '': of none. */
  readonly system: string | undefined
  /** undefined: any code of the system. */
  readonly code: string | undefined
}

export function readToken(written: string): Read<Token> {
  const parts = cut(written, '|').map(plain)
  const [first = '', second] = parts
  if (parts.length > 2) return bad('has too many bars: write code, system|code, |code or system|')
  if (first === '' && (second === undefined || second === ''))
    return bad('is empty: write code, system|code, |code or system|')
  if (second === undefined) return good({ system: undefined, code: first })
  return good({ system: first, code: second === '' ? undefined : second })
}

/** One coded thing in an element. */
interface Coded {
  readonly system: string | undefined
  readonly code: string | undefined
  /** The system is what the element is bound to, which is not written in it. */
  readonly isBound?: boolean
  readonly texts: readonly string[]
}

const texts = (...values: readonly unknown[]): string[] => values.filter((value) => typeof value === 'string')

const codingOf = (value: Readonly<Record<string, unknown>>): Coded => ({
  system: textOf(value['system']),
  code: textOf(value['code']),
  texts: texts(value['display']),
})

/** A telephone number and the like: by its use or its kind. */
function contactsOf(value: Readonly<Record<string, unknown>>): Coded[] {
  const code = textOf(value['value'])
  return [value['use'], value['system']].map((system) => ({ system: textOf(system), code, texts: [] }))
}

function identifierOf(value: Readonly<Record<string, unknown>>): Coded {
  const { type } = value
  return {
    system: textOf(value['system']),
    code: textOf(value['value']),
    texts: isRecord(type) ? texts(type['text']) : [],
  }
}

function conceptOf(value: Readonly<Record<string, unknown>>): Coded[] {
  const codings = listOf(value['coding']).filter(isRecord).map(codingOf)
  const { text } = value
  return typeof text === 'string'
    ? [...codings, { system: undefined, code: undefined, texts: [text] }]
    : codings
}

const CONTACT_KINDS = ['phone', 'fax', 'email', 'pager', 'url', 'sms', 'other']

const isContact = (value: Readonly<Record<string, unknown>>, type: string): boolean =>
  type === 'ContactPoint' ||
  (type === '' && CONTACT_KINDS.some((kind) => kind === value['system']) && 'value' in value)

function codedIn({ value, type }: Found): readonly Coded[] {
  if (typeof value === 'boolean')
    return [{ system: undefined, code: String(value), isBound: true, texts: [] }]
  if (typeof value === 'string') return [{ system: undefined, code: value, isBound: true, texts: [value] }]
  if (!isRecord(value)) return []
  if ('coding' in value || type === 'CodeableConcept') return conceptOf(value)
  if (isContact(value, type)) return contactsOf(value)
  return 'value' in value || type === 'Identifier' ? [identifierOf(value)] : [codingOf(value)]
}

/** Systems whose codes mean something else in other letters. */
const CASE_COUNTS = ['http://unitsofmeasure.org', 'urn:ietf:bcp:13', 'http://varnomen.hgvs.org']

/** In doubt letters in another case are the same code, as the specification asks: too much is safer than too little. */
const isSameCode = (a: string, b: string, system: string | undefined): boolean =>
  a === b || (!CASE_COUNTS.includes(system ?? '') && a.toLowerCase() === b.toLowerCase())

const FHIR_SYSTEMS = 'http://hl7.org/fhir/'
const TERMINOLOGY = 'http://terminology.hl7.org/'

function isSystem({ system, isBound = false }: Coded, asked: Token): boolean {
  if (asked.system === undefined) return true
  if (isBound) return asked.system.startsWith(FHIR_SYSTEMS) || asked.system.startsWith(TERMINOLOGY)
  return (system ?? '') === asked.system
}

const fitsToken =
  (asked: Token) =>
  (coded: Coded): boolean =>
    isSystem(coded, asked) &&
    (asked.code === undefined
      ? coded.code !== undefined
      : coded.code !== undefined && isSameCode(coded.code, asked.code, coded.system))

function textMatcher(written: string, fold: Tools['fold']): Read<Matcher> {
  const asked = fold(plain(written))
  if (asked === '') return bad('holds no letter to look for')
  return good((found) =>
    codedIn(found).some((coded) =>
      coded.texts.some((text) => {
        const folded = fold(text)
        return folded.startsWith(asked) || folded.includes(` ${asked}`)
      }),
    ),
  )
}

function setMatcher(written: string, memberOf: Tools['memberOf']): Read<Matcher> {
  const isMember = memberOf(plain(written))
  if (!isMember) return bad('names a value set that is not known here', 'not-supported')
  return good((found) =>
    codedIn(found).some(({ system, code }) => code !== undefined && isMember(system, code)),
  )
}

/** The kind of number, then the number: system|code|value. */
function typedMatcher(written: string): Read<Matcher> {
  const [system = '', code = '', value = '', ...more] = cut(written, '|').map(plain)
  if (code === '' || value === '' || more.length > 0)
    return bad('is not a number of a kind: write system|code|value')
  const kind = fitsToken({ system: system === '' ? undefined : system, code })
  return good(
    (found) =>
      isRecord(found.value) &&
      found.value['value'] === value &&
      isRecord(found.value['type']) &&
      conceptOf(found.value['type']).some(kind),
  )
}

/** By what the system itself says of which code contains which. */
function hierarchyMatcher(
  written: string,
  modifier: 'above' | 'below',
  ancestorsOf: Tools['ancestorsOf'],
): Read<Matcher> {
  const read = readToken(written)
  if (!read.ok) return read
  const { system, code } = read.value
  if (!system || code === undefined) return bad('asks for system|code')
  const ancestors = ancestorsOf(system)
  if (!ancestors) return bad('names a system whose order is not known here', 'not-supported')
  const over = new Set(ancestors(code))
  return good((found) =>
    codedIn(found).some(
      (coded) =>
        coded.system === system &&
        coded.code !== undefined &&
        (coded.code === code ||
          (modifier === 'above' ? over.has(coded.code) : ancestors(coded.code).includes(code))),
    ),
  )
}

/** 'not' and 'not-in' are the same as without, turned round over the whole resource: whoever asks does that. */
export function tokenMatcher(written: string, modifier: string | undefined, tools: Tools): Read<Matcher> {
  if (modifier === 'text') return textMatcher(written, tools.fold)
  if (modifier === 'in' || modifier === 'not-in') return setMatcher(written, tools.memberOf)
  if (modifier === 'of-type') return typedMatcher(written)
  if (modifier === 'above' || modifier === 'below')
    return hierarchyMatcher(written, modifier, tools.ancestorsOf)
  const read = readToken(written)
  if (!read.ok) return read
  const fits = fitsToken(read.value)
  return good((found) => codedIn(found).some(fits))
}
