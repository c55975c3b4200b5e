/**
 * The markup of a narrative: XHTML of text, lists, tables, links and pictures, and nothing that runs.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#rules
 */

const ELEMENTS = new Set(
  (
    'a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 ' +
    'h3 h4 h5 h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ' +
    'ul var'
  ).split(' '),
)

const ATTRIBUTES = new Set(
  (
    'abbr accesskey align alt axis border cellpadding cellspacing char charoff charset cite class colspan coords dir ' +
    'frame headers height href hreflang id ismap lang longdesc name nohref rel rev rowspan rules scope shape span ' +
    'src start style summary tabindex title type usemap valign width xml:lang xml:space xmlns'
  ).split(' '),
)

/** Schemes of addresses that a reader may follow without running anything. */
const ADDRESS = /^(?:https?:|mailto:|tel:|ftp:|urn:|data:\s*image\/(?:png|jpeg|gif);|[^:]*$|[^:]*[/?#])/i

const NAMESPACE = 'http://www.w3.org/1999/xhtml'
const TAG = /<(\/?)([A-Za-z][\w:.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>/y
const COMMENT = /<!--(?:(?!--)[\s\S])*-->/y
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
/** An & that begins no entity. */
const BARE = /&(?!#\d{1,7};|#x[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)/

interface Scan {
  /** Well-formed, and of the allowed elements and attributes alone: rule txt-1. */
  plain: boolean
  /** Something to read or to see: rule txt-2. */
  filled: boolean
}

function isAllowed(name: string, value: string): boolean {
  if (!ATTRIBUTES.has(name) || BARE.test(value)) return false
  if (name === 'xmlns') return value === NAMESPACE
  return (name !== 'href' && name !== 'src') || ADDRESS.test(value.trim())
}

function areAllowed(attributes: string, isRoot: boolean): boolean {
  let names = ''
  for (const [, name = '', one, other = ''] of attributes.matchAll(ATTRIBUTE)) {
    if (!isAllowed(name, one ?? other)) return false
    names += ` ${name}`
  }
  return !isRoot || names.includes(' xmlns')
}

/** Steps over one tag and keeps account of what is open. @returns whether it may stand there */
function takeTag(tag: RegExpExecArray, open: string[], scan: Scan): boolean {
  const [, closing, name = '', attributes = '', empty] = tag
  if (closing) return attributes === '' && !empty && open.pop() === name
  if (!ELEMENTS.has(name) || !areAllowed(attributes, open.length === 0 && name === 'div')) return false
  scan.filled ||= name === 'img'
  if (!empty) open.push(name)
  return true
}

/** @returns where the tag or comment at `at` ends; -1 where nothing allowed stands there */
function pastMarkup(text: string, at: number, open: string[], scan: Scan): number {
  COMMENT.lastIndex = at
  if (COMMENT.test(text)) return COMMENT.lastIndex
  TAG.lastIndex = at
  const tag = TAG.exec(text)
  return tag !== null && takeTag(tag, open, scan) ? TAG.lastIndex : -1
}

function scanOf(text: string): Scan {
  const scan: Scan = { plain: false, filled: false }
  const open: string[] = []
  if (!/^<div[\s>]/.test(text)) return scan
  let at = 0
  while (at >= 0 && at < text.length) {
    const next = text.indexOf('<', at)
    const words = text.slice(at, next < 0 ? text.length : next)
    // nothing may follow the outermost element
    if (BARE.test(words) || (at > 0 && open.length === 0)) return scan
    scan.filled ||= /[^\s]/.test(words)
    at = next < 0 ? text.length : pastMarkup(text, next, open, scan)
  }
  scan.plain = at === text.length && open.length === 0
  return scan
}

let last = ''
let lastScan: Scan = { plain: false, filled: false }

/** Asked twice in a row of the same text, by two rules. */
function scanned(text: string): Scan {
  if (text !== last) {
    lastScan = scanOf(text)
    last = text
  }
  return lastScan
}

export const isPlainMarkup = (text: string): boolean => scanned(text).plain
/** What is not plain is told by the other rule. */
export const isFilledMarkup = (text: string): boolean => scanned(text).filled || !scanned(text).plain
