/**
 * What may stand in a narrative: the elements and attributes of text alone, well formed, and no script.
 *
 * @see https://hl7.org/fhir/R4/narrative.html#xhtml, invariants txt-1 and txt-2
 */
const ELEMENTS = new Set(
  `a abbr acronym address area b bdo big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4
  h5 h6 hr i img kbd li map ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul var`.split(
    /\s+/,
  ),
)

const ATTRIBUTES = new Set(
  `title style class id lang xml:lang xml:space dir accesskey tabindex span width height align valign char charoff abbr
  axis headers scope rowspan colspan border xmlns`.split(/\s+/),
)

const OWN_ATTRIBUTES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    a: 'href name charset type hreflang rel rev shape coords',
    img: 'src alt longdesc usemap ismap',
    map: 'name',
    area: 'shape coords href nohref alt',
    table: 'summary frame rules cellspacing cellpadding',
    blockquote: 'cite',
    q: 'cite',
    pre: 'space',
    td: 'nowrap',
    th: 'nowrap',
    ol: 'type start',
    ul: 'type',
    li: 'value type',
    hr: 'noshade size',
    br: 'clear',
  }).map(([element, names]) => [element, new Set(names.split(' '))]),
)

export type NarrativeFault = 'not-xhtml' | 'no-div' | 'element' | 'attribute' | 'script' | 'no-content'

const TAG =
  /<(?:!--[\s\S]*?-->|\/([A-Za-z][\w:]*)\s*>|([A-Za-z][\w:]*)((?:\s+[\w:-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>)/y
const ATTRIBUTE = /([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const ENTITY = /&(?!#\d{1,7};|#x[\dA-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};)/

const isAllowed = (element: string, attribute: string): boolean =>
  ATTRIBUTES.has(attribute) || OWN_ATTRIBUTES.get(element)?.has(attribute) === true

/** Addresses that a reader may follow or see without running anything; what has no scheme is one of this house. */
const ADDRESS = /^(?:https?:|mailto:|tel:|ftp:|urn:|data:\s*image\/(?:png|jpeg|gif);|[^:]*$|[^:]*[/?#])/i

/** A scheme spelt in entities, or with spaces and controls within, is read as what it hides. */
const plainAddress = (value: string): string =>
  value.replaceAll(/&(?:#\w+|Tab|NewLine|colon);/gi, ':').replaceAll(/[\s\p{Cc}]/gu, '')

const NAMESPACE = 'http://www.w3.org/1999/xhtml'

function attributeFault(element: string, name: string, value: string): NarrativeFault | undefined {
  if (!isAllowed(element, name)) return 'attribute'
  if (ENTITY.test(value) || (name === 'xmlns' && value !== NAMESPACE)) return 'not-xhtml'
  const isAddress = name === 'href' || name === 'src' || name === 'cite' || name === 'longdesc'
  if (isAddress && !ADDRESS.test(plainAddress(value))) return 'script'
  return name === 'style' && /expression\s*\(|javascript:/i.test(value) ? 'script' : undefined
}

/** Where the reading of a narrative stands. */
interface Reading {
  readonly open: string[]
  readonly faults: Set<NarrativeFault>
  content: boolean
  /** Whether the outermost element says that it is XHTML. */
  namespace: boolean
  roots: number
}

const NAMED_SPACE = /&(?:nbsp|#160|#xa0);/gi

const hasWords = (text: string): boolean => /\S/.test(text)

function readText(reading: Reading, text: string): void {
  if (text === '') return
  const hasEntity = text.includes('&')
  if (hasEntity && ENTITY.test(text)) reading.faults.add('not-xhtml')
  const isOutside = reading.open.length === 0
  if (reading.content && !isOutside) return
  const filled = hasWords(hasEntity ? text.replaceAll(NAMED_SPACE, '') : text)
  if (filled && isOutside) reading.faults.add('not-xhtml')
  reading.content ||= filled
}

function readOpening(reading: Reading, name: string, attributes: string, closed: boolean): void {
  if (reading.open.length === 0) reading.roots += 1
  if (reading.open.length === 0 && name !== 'div') reading.faults.add('no-div')
  if (!ELEMENTS.has(name)) reading.faults.add('element')
  for (const [, attribute = '', double, single = ''] of attributes.matchAll(ATTRIBUTE)) {
    const fault = attributeFault(name, attribute, double ?? single)
    if (fault) reading.faults.add(fault)
    reading.namespace ||= reading.open.length === 0 && attribute === 'xmlns'
  }
  if (name === 'img') reading.content = true
  if (!closed) reading.open.push(name)
}

function readTag(reading: Reading, [, closing, name, attributes = '', slash]: RegExpExecArray): void {
  if (closing !== undefined) {
    if (reading.open.pop() !== closing) reading.faults.add('not-xhtml')
  } else if (name !== undefined) readOpening(reading, name, attributes, slash === '/')
}

/** @returns what is wrong with a narrative's div; empty for a good one */
export function narrativeFaults(div: unknown): readonly NarrativeFault[] {
  if (typeof div !== 'string') return ['not-xhtml']
  const reading: Reading = { open: [], faults: new Set(), content: false, namespace: false, roots: 0 }
  let at = 0
  for (let start = div.indexOf('<'); start >= 0; start = div.indexOf('<', at)) {
    readText(reading, div.slice(at, start))
    TAG.lastIndex = start
    const tag = TAG.exec(div)
    if (!tag) return ['not-xhtml']
    readTag(reading, tag)
    at = TAG.lastIndex
  }
  readText(reading, div.slice(at))
  if (reading.roots !== 1 || !reading.namespace) reading.faults.add('no-div')
  if (reading.open.length > 0) reading.faults.add('not-xhtml')
  if (!reading.content) reading.faults.add('no-content')
  return [...reading.faults]
}
