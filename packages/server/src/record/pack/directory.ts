/** What is known of a resource without opening it. */
export interface DirectoryEntry {
  /** The resource's number on its shelf. */
  readonly no: number
  readonly version: number
  /** The number this arrival took from the shelf; that of the resource itself for a first version. */
  readonly slot: number
  readonly type: string
  /** First code, or ''. */
  readonly code: string
  /** FHIR date as written, with its precision and offset, or ''. */
  readonly date: string
  readonly source: string
  /** Kind of the arrival: 'declaration', 'visit', … */
  readonly kind: string
  /** Server time of arrival, ms since 1970. */
  readonly at: number
  /** When its source stated it, ms since 1970: the latest statement stands. */
  readonly stated: number
  /** May be shown only with a grant of its own. */
  readonly restricted: boolean
  /** From this version on it is no longer stated: its text says no more than type, id and version. */
  readonly deleted: boolean
  /** 8 bytes that stand for the source's own id, as latin1; '' where it gave none. */
  readonly sourceKey: string
  /** Bytes in the opened pack. */
  readonly offset: number
  readonly length: number
}

const FORMAT = 1
const RESTRICTED = 1
const HAS_SOURCE_KEY = 2
const HAS_SLOT = 4
const HAS_STATED = 8
const DELETED = 16
const SOURCE_KEY_BYTES = 8

/** Bytes an entry takes at most without its texts: thirteen varints of up to 8 bytes, flags, source key. */
const MOST_ENTRY_BYTES = 13 * 8 + 1 + SOURCE_KEY_BYTES

interface Pen {
  readonly page: Buffer
  at: number
}

function writeVarint(pen: Pen, value: number): void {
  let rest = value
  while (rest > 127) {
    pen.page[pen.at++] = (rest % 128) | 128
    rest = Math.floor(rest / 128)
  }
  pen.page[pen.at++] = rest
}

/** Small numbers of either sign stay small. */
const writeSigned = (pen: Pen, value: number): void =>
  writeVarint(pen, value < 0 ? -2 * value - 1 : 2 * value)

function readVarint(pen: Pen): number {
  const first = pen.page[pen.at++]
  if (first === undefined) throw new RangeError('directory cut short')
  return first < 128 ? first : readRest(pen, first - 128)
}

function readRest(pen: Pen, low: number): number {
  let [value, scale] = [low, 128]
  for (;;) {
    const byte = pen.page[pen.at++]
    if (byte === undefined) throw new RangeError('directory cut short')
    value += (byte & 127) * scale
    if (byte < 128) return value
    scale *= 128
  }
}

function readSigned(pen: Pen): number {
  const value = readVarint(pen)
  return value % 2 === 1 ? -(value + 1) / 2 : value / 2
}

/** Between texts, all of which are read at once; in none of them, since no code, date or source has it. */
const BETWEEN = '\0'
const plain = (text: string): string => (text.includes(BETWEEN) ? text.replaceAll(BETWEEN, '') : text)

/** A moment of the city's day, as almost all are written. */
const TIME = /^T(\d\d):(\d\d):(\d\d)\+07:00$/
/** Where the time begins, if there is one. */
const dayLength = (date: string): number => (date[10] === 'T' ? 10 : date.length)
const [NO_TIME, OTHER_TIME, FIRST_SECOND] = [0, 1, 2]

/** A time of day as a small number where it is written as usual; its text stands among the texts where it is not. */
function timeCode(date: string): number {
  const time = date.slice(dayLength(date))
  if (time === '') return NO_TIME
  const [, hours, minutes, seconds] = TIME.exec(time) ?? []
  const code = FIRST_SECOND + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
  // 24:00:00 and the like keep their own spelling
  return time === timeText(code) ? code : OTHER_TIME
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`)

function timeText(code: number): string {
  const second = code - FIRST_SECOND
  return `T${two(Math.floor(second / 3600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}+07:00`
}

interface Spelled {
  readonly entry: DirectoryEntry
  readonly time: number
  readonly texts: readonly string[]
}

function spell(entry: DirectoryEntry): Spelled {
  const { type, code, date, source, kind } = entry
  const time = timeCode(date)
  const texts = [plain(type), plain(code), plain(date.slice(0, dayLength(date))), plain(source), plain(kind)]
  if (time === OTHER_TIME) texts.push(plain(date.slice(dayLength(date))))
  return { entry, time, texts }
}

/** Each text once, in the order in which it first appears. */
function textsOf(all: readonly Spelled[]): Map<string, number> {
  const texts = new Map<string, number>()
  for (const each of all) for (const text of each.texts) if (!texts.has(text)) texts.set(text, texts.size)
  return texts
}

function writeEntry(
  pen: Pen,
  { entry, time, texts }: Spelled,
  places: Map<string, number>,
  base: number,
): void {
  const flags =
    (entry.restricted ? RESTRICTED : 0) |
    (entry.deleted ? DELETED : 0) |
    (entry.sourceKey ? HAS_SOURCE_KEY : 0) |
    (entry.slot === entry.no ? 0 : HAS_SLOT) |
    (entry.stated === entry.at ? 0 : HAS_STATED)
  writeVarint(pen, entry.no)
  writeVarint(pen, entry.version)
  pen.page[pen.at++] = flags
  writeVarint(pen, time)
  for (const text of texts) writeVarint(pen, places.get(text) ?? 0)
  writeSigned(pen, entry.at - base)
  if (flags & HAS_STATED) writeSigned(pen, entry.stated - entry.at)
  if (flags & HAS_SLOT) writeVarint(pen, entry.slot)
  if (entry.sourceKey) pen.at += pen.page.write(entry.sourceKey, pen.at, 'latin1')
  writeVarint(pen, entry.length)
}

/** A few bytes an entry. Offsets are not written: resources lie one after another. */
export function writeDirectory(entries: readonly DirectoryEntry[]): Buffer {
  const spelled = entries.map(spell)
  const texts = textsOf(spelled)
  const base = entries[0]?.at ?? 0
  const written = Buffer.from([...texts.keys()].join(BETWEEN))
  const room = 32 + written.length + entries.length * MOST_ENTRY_BYTES
  const pen: Pen = { page: Buffer.allocUnsafe(room), at: 0 }
  pen.page[pen.at++] = FORMAT
  writeVarint(pen, entries.length)
  writeSigned(pen, base)
  writeVarint(pen, written.length)
  pen.at += written.copy(pen.page, pen.at)
  for (const each of spelled) writeEntry(pen, each, texts, base)
  return pen.page.subarray(0, pen.at)
}

function readTexts(pen: Pen): string[] {
  const length = readVarint(pen)
  pen.at += length
  return pen.page.toString('utf8', pen.at - length, pen.at).split(BETWEEN)
}

const readText = (pen: Pen, texts: readonly string[]): string => texts[readVarint(pen)] ?? ''

function readSourceKey(pen: Pen): string {
  pen.at += SOURCE_KEY_BYTES
  return pen.page.toString('latin1', pen.at - SOURCE_KEY_BYTES, pen.at)
}

function readTime(pen: Pen, code: number, texts: readonly string[]): string {
  if (code === NO_TIME) return ''
  return code === OTHER_TIME ? readText(pen, texts) : timeText(code)
}

/** Fields stand in the order in which they were written. */
function readEntry(pen: Pen, texts: readonly string[], base: number, offset: number): DirectoryEntry {
  const no = readVarint(pen)
  const version = readVarint(pen)
  const flags = pen.page[pen.at++] ?? 0
  const time = readVarint(pen)
  const type = readText(pen, texts)
  const code = readText(pen, texts)
  const day = readText(pen, texts)
  const source = readText(pen, texts)
  const kind = readText(pen, texts)
  const date = day + readTime(pen, time, texts)
  const at = base + readSigned(pen)
  const stated = flags & HAS_STATED ? at + readSigned(pen) : at
  const slot = flags & HAS_SLOT ? readVarint(pen) : no
  const sourceKey = flags & HAS_SOURCE_KEY ? readSourceKey(pen) : ''
  const length = readVarint(pen)
  const restricted = (flags & RESTRICTED) !== 0
  const deleted = (flags & DELETED) !== 0
  return {
    no,
    version,
    slot,
    type,
    code,
    date,
    source,
    kind,
    at,
    stated,
    restricted,
    deleted,
    sourceKey,
    offset,
    length,
  }
}

/** @throws {RangeError} for bytes that are no directory of a known format */
export function readDirectory(bytes: Buffer): DirectoryEntry[] {
  const pen: Pen = { page: bytes, at: 1 }
  if (bytes[0] !== FORMAT) throw new RangeError('directory of an unknown format')
  const count = readVarint(pen)
  const base = readSigned(pen)
  const texts = readTexts(pen)
  const entries: DirectoryEntry[] = []
  let offset = 0
  for (let i = 0; i < count; i += 1) {
    const entry = readEntry(pen, texts, base, offset)
    entries.push(entry)
    offset += entry.length
  }
  return entries
}
