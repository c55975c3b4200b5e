/** @see ITU-T T.81 annex B, and Exif 2.32 §4.6.2 for the one tag that is kept: how to turn the picture. */

const MARK = 0xff
const [SOI, EOI, SOS, APP0, APP14, APP15, COM] = [0xd8, 0xd9, 0xda, 0xe0, 0xee, 0xef, 0xfe]
const START_OF_FRAME = new Set([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])

interface Segment {
  readonly marker: number
  /** Marker, length and content; for a scan, the picture's own data too. */
  readonly bytes: Buffer
}

const isStandAlone = (byte: number): boolean => byte === 0 || (byte >= 0xd0 && byte <= 0xd7)

/** Where the data of a scan ends: at the next marker that is neither stuffing nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(MARK, from); at !== -1; at = bytes.indexOf(MARK, at + 1)) {
    const next = bytes[at + 1]
    if (next === undefined) return -1
    if (next !== MARK && !isStandAlone(next)) return at
  }
  return -1
}

/** @returns undefined where the file ends inside a segment, or holds no marker where one must be */
function readSegment(bytes: Buffer, from: number): Segment | undefined {
  let at = from
  while (bytes[at] === MARK && bytes[at + 1] === MARK) at += 1
  const marker = bytes[at + 1]
  if (bytes[at] !== MARK || marker === undefined) return undefined
  if (marker === EOI) return { marker, bytes: bytes.subarray(at, at + 2) }
  if (at + 4 > bytes.length) return undefined
  const length = bytes.readUInt16BE(at + 2)
  const end = marker === SOS ? endOfScan(bytes, at + 2 + length) : at + 2 + length
  if (length < 2 || end === -1 || end > bytes.length) return undefined
  return { marker, bytes: bytes.subarray(at, end) }
}

/** @returns undefined unless it runs whole from start to end; what comes after the end is not looked at */
function segmentsOf(bytes: Buffer): Segment[] | undefined {
  if (bytes[0] !== MARK || bytes[1] !== SOI) return undefined
  const segments: Segment[] = []
  for (let at = 2; ; ) {
    const segment = readSegment(bytes, at)
    if (!segment) return undefined
    segments.push(segment)
    if (segment.marker === EOI) return segments
    at = segment.bytes.byteOffset - bytes.byteOffset + segment.bytes.length
  }
}

const EXIF = 'Exif\0\0'
const ORIENTATION = 0x0112

/** How the picture is turned, 1 to 8; 1 where nothing readable says otherwise. */
function orientationIn({ bytes }: Segment): number {
  const tiff = bytes.subarray(4 + EXIF.length)
  if (bytes.subarray(4, 4 + EXIF.length).toString('latin1') !== EXIF || tiff.length < 14) return 1
  const little = tiff.subarray(0, 2).toString('latin1') === 'II'
  const u16 = (at: number) =>
    at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at)
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4)
  for (let i = 0; i < u16(directory); i += 1) {
    const entry = directory + 2 + i * 12
    if (u16(entry) !== ORIENTATION) continue
    const value = u16(entry + 8)
    return value >= 1 && value <= 8 ? value : 1
  }
  return 1
}

/** An Exif segment that says how to turn the picture and nothing else. */
function orientationSegment(orientation: number): Buffer {
  const tiff = Buffer.alloc(26)
  tiff.write('MM\0*', 0, 'latin1')
  tiff.writeUInt32BE(8, 4)
  tiff.writeUInt16BE(1, 8)
  tiff.writeUInt16BE(ORIENTATION, 10)
  tiff.writeUInt16BE(3, 12)
  tiff.writeUInt32BE(1, 14)
  tiff.writeUInt16BE(orientation, 18)
  const content = Buffer.concat([Buffer.from(EXIF, 'latin1'), tiff])
  const head = Buffer.from([MARK, 0xe1, 0, 0])
  head.writeUInt16BE(content.length + 2, 2)
  return Buffer.concat([head, content])
}

/** Adobe's says how colours are coded, so the picture needs it; every other application segment tells something else. */
const isKept = ({ marker }: Segment): boolean =>
  marker !== COM && (marker < APP0 || marker > APP15 || marker === APP14)

/** A JPEG without application segments, comments and whatever was hung on behind its end. */
export function stripJpeg(bytes: Buffer): Buffer | 'damaged' {
  const segments = segmentsOf(bytes)
  const whole =
    segments?.some(({ marker }) => START_OF_FRAME.has(marker)) &&
    segments.some(({ marker }) => marker === SOS)
  if (!segments || !whole) return 'damaged'
  const turned = segments
    .filter(({ marker }) => marker === 0xe1)
    .map(orientationIn)
    .find((orientation) => orientation !== 1)
  return Buffer.concat([
    Buffer.from([MARK, SOI]),
    ...(turned === undefined ? [] : [orientationSegment(turned)]),
    ...segments.filter(isKept).map((segment) => segment.bytes),
  ])
}
