/**
 * JSON that keeps every number as it was written: in FHIR 10.00 is not 10.
 *
 * @see https://hl7.org/fhir/R4/json.html#primitive: "the precision of the decimal value has significance"
 */

/** A number whose written form JavaScript would lose, such as 10.00. */
export interface WrittenNumber {
  readonly rawJSON: string
}

/** Why a text is refused; the message of the SyntaxError thrown. It never quotes the text. */
export type JsonFault = 'not-json' | 'too-large' | 'too-deep' | 'duplicate-key' | 'lone-surrogate'

export interface JsonLimits {
  /** UTF-16 units at most; default 16 million. */
  readonly length?: number
  /** Objects and arrays within each other at most; default 64. */
  readonly depth?: number
}

/** What ECMAScript's "JSON.parse source text access" adds. */
interface SourceTextJson {
  readonly rawJSON: (text: string) => WrittenNumber
  readonly isRawJSON: (value: unknown) => value is WrittenNumber
  readonly parse: (
    text: string,
    reviver: (key: string, value: unknown, context: { source?: string }) => unknown,
  ) => unknown
}
const withSource = JSON as unknown as SourceTextJson

const fault = (code: JsonFault): SyntaxError => new SyntaxError(code)

const [QUOTE, BACKSLASH, COLON, MINUS] = [0x22, 0x5c, 0x3a, 0x2d]
/** One deeper at { and [, one less at } and ]. */
const stepOf = (c: number): number => (c === 0x7b || c === 0x5b ? 1 : c === 0x7d || c === 0x5d ? -1 : 0)
const isDigit = (c: number): boolean => c >= 0x30 && c <= 0x39

/** @returns where the string that begins at `start` ends, past its quote */
function pastString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1)
  while (end !== -1) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before -= 1
    if ((end - before) % 2 === 1) return end + 1
    end = text.indexOf('"', end + 1)
  }
  throw fault('not-json')
}

const NUMBER = /-?[0-9.eE+-]+/y

interface Shape {
  readonly keys: number
  /** Whether some number would come back written otherwise. */
  readonly loses: boolean
}

/** Looks at the text without building anything: how deep, how many keys, whether a number would change its form. */
function survey(text: string, depth: number): Shape {
  let [keys, level, loses, at] = [0, 0, false, 0]
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c === QUOTE) {
      at = pastString(text, at)
      continue
    }
    if (isDigit(c) || c === MINUS) {
      NUMBER.lastIndex = at
      const [written = '-'] = NUMBER.exec(text) ?? []
      loses ||= String(Number(written)) !== written
      at += written.length
      continue
    }
    keys += c === COLON ? 1 : 0
    level += stepOf(c)
    if (level > depth) throw fault('too-deep')
    at += 1
  }
  return { keys, loses }
}

/** @returns how many keys the value has in all; with `strict` every string is also held to be whole Unicode */
function countKeys(value: unknown, strict: boolean): number {
  if (typeof value === 'string') {
    if (strict && !value.isWellFormed()) throw fault('lone-surrogate')
    return 0
  }
  if (typeof value !== 'object' || value === null || withSource.isRawJSON(value)) return 0
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + countKeys(each, strict), 0)
  const names = Object.keys(value)
  if (strict && !names.every((name) => name.isWellFormed())) throw fault('lone-surrogate')
  return Object.values(value).reduce<number>((sum, each) => sum + countKeys(each, strict), names.length)
}

function parseKeeping(text: string, loses: boolean): unknown {
  try {
    if (!loses) return JSON.parse(text)
    return withSource.parse(text, (_key, value, { source }) =>
      typeof value === 'number' && source !== undefined && String(value) !== source
        ? withSource.rawJSON(source)
        : value,
    )
  } catch {
    throw fault('not-json')
  }
}

/**
 * Reads JSON of foreign origin. Numbers that JavaScript writes otherwise come back as WrittenNumber; `writeJson` gives
 * them back untouched, `numberOf` gives their value.
 *
 * @throws {SyntaxError} whose message is a JsonFault: what is no JSON, a key given twice, a half character, too much
 */
export function parseJson(text: string, { length = 16_000_000, depth = 64 }: JsonLimits = {}): unknown {
  if (text.length > length) throw fault('too-large')
  if (!text.isWellFormed()) throw fault('lone-surrogate')
  const { keys, loses } = survey(text, depth)
  const value = parseKeeping(text, loses)
  // a key given twice is one key of the value: whoever checked the first must not act on the second
  if (countKeys(value, /\\u[dD]/.test(text)) !== keys) throw fault('duplicate-key')
  return value
}

/** Writes JSON without spaces, each number as it was read. */
export function writeJson(value: unknown): string {
  const text = JSON.stringify(value)
  if (text === undefined) throw new TypeError('not a JSON value')
  return text
}

/** A decimal with its written form, for values made here: `decimal('7.80')`. */
export function decimal(written: string): number | WrittenNumber {
  const value = Number(written)
  return String(value) === written ? value : withSource.rawJSON(written)
}

export const isWrittenNumber = (value: unknown): value is WrittenNumber => withSource.isRawJSON(value)

/** The value of a number however it was written; undefined for what is no number. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  return withSource.isRawJSON(value) ? Number(value.rawJSON) : undefined
}
