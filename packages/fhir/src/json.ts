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
/** @see RFC 8259 section 6 */
const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/

/**
 * Stands before a number that would come back written otherwise: it is read as a text and made a number again. Drawn
 * when the process begins and never told, so that no text of foreign origin has it.
 */
const MARK = `number ${Math.random().toString(36).slice(2)}${Math.random().toString(36).slice(2)} `

interface Shape {
  readonly keys: number
  /** The text, its numbers that would come back written otherwise as marked texts; undefined where there is none. */
  readonly marked: string | undefined
}

/** A text that is copied as far as it changes. */
interface Copy {
  text: string
  done: number
}

/** @returns where the number ends that begins at `at` */
function pastNumber(text: string, at: number, copy: Copy): number {
  NUMBER.lastIndex = at
  const [written = '-'] = NUMBER.exec(text) ?? []
  const end = at + written.length
  if (String(Number(written)) === written) return end
  if (!JSON_NUMBER.test(written)) throw fault('not-json')
  copy.text += `${text.slice(copy.done, at)}"${MARK}${written}"`
  copy.done = end
  return end
}

/** Looks at the text before anything is built: how deep, how many keys, which numbers would change their form. */
function survey(text: string, depth: number): Shape {
  let [keys, level, at] = [0, 0, 0]
  const copy: Copy = { text: '', done: 0 }
  while (at < text.length) {
    const c = text.charCodeAt(at)
    if (c === QUOTE) {
      at = pastString(text, at)
      continue
    }
    if (isDigit(c) || c === MINUS) {
      at = pastNumber(text, at, copy)
      continue
    }
    keys += c === COLON ? 1 : 0
    level += stepOf(c)
    if (level > depth) throw fault('too-deep')
    at += 1
  }
  return { keys, marked: copy.done === 0 ? undefined : copy.text + text.slice(copy.done) }
}

/** What is to be done with each value on the one way through all of them. */
interface Walk {
  /** Some numbers are marked texts. */
  readonly marked: boolean
  /** Every text is held to be whole Unicode. */
  readonly strict: boolean
  keys: number
}

function textIn(text: string, { marked, strict }: Walk): string | WrittenNumber {
  if (strict && !text.isWellFormed()) throw fault('lone-surrogate')
  return marked && text.startsWith(MARK) ? withSource.rawJSON(text.slice(MARK.length)) : text
}

function checkName(name: string, { marked, strict }: Walk): void {
  if (strict && !name.isWellFormed()) throw fault('lone-surrogate')
  // a number in the place of a name
  if (marked && name.startsWith(MARK)) throw fault('not-json')
}

/** Counts keys, and makes numbers of marked texts again, in place. @returns the value itself, or what stands for it */
function walk(value: unknown, way: Walk): unknown {
  if (typeof value === 'string') return textIn(value, way)
  if (typeof value !== 'object' || value === null) return value
  const inside = value as Record<string, unknown>
  const names = Object.keys(inside)
  if (!Array.isArray(value)) {
    way.keys += names.length
    for (const name of names) checkName(name, way)
  }
  for (const name of names) {
    const before = inside[name]
    const after = walk(before, way)
    if (after !== before) inside[name] = after
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
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
  const { keys, marked } = survey(text, depth)
  const way: Walk = { marked: marked !== undefined, strict: /\\u[dD]/.test(text), keys: 0 }
  const value = walk(parsed(marked ?? text), way)
  // a key given twice is one key of the value: whoever checked the first must not act on the second
  if (way.keys !== keys) throw fault('duplicate-key')
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
