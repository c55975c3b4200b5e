import { crc32 } from 'node:zlib'

/** Twelve by eight pixels of colour, as a browser's canvas writes them. */
export const JPEG = Buffer.from(
  [
    '/9j/4AAQSkZJRgABAQAAAQABAAD/4gHYSUNDX1BST0ZJTEUAAQEAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADb/2wBDAAYEBQYFBAYGBQYHBwYIChAKCgkJChQODwwQ',
    'FxQYGBcUFhYaHSUfGhsjHBYWICwgIyYnKSopGR8tMC0oMCUoKSj/2wBDAQcHBwoIChMKChMoGhYaKCgoKCgoKCgoKCgoKCgoKCgo',
    'KCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCgoKCj/wAARCAAIAAwDASIAAhEBAxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAb/',
    'xAAbEAABBAMAAAAAAAAAAAAAAAAAAgcjoQQFMv/EABUBAQEAAAAAAAAAAAAAAAAAAAME/8QAGxEAAQQDAAAAAAAAAAAAAAAABAAF',
    'BjISE0H/2gAMAwEAAhEDEQA/AJXSN/zFRbYjfwJhoAgOdScrI4o9F6rcX//Z',
  ].join(''),
  'base64',
)

export const WEBP = Buffer.from(
  [
    'UklGRjICAABXRUJQVlA4WAoAAAAgAAAACwAABwAASUNDUMgBAAAAAAHIAAAAAAQwAABtbnRyUkdCIFhZWiAH4AABAAEAAAAAAABh',
    'Y3NwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAQAA9tYAAQAAAADTLQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    'AAAAAAAAAAAAAAAAAAAAAAAAAAlkZXNjAAAA8AAAACRyWFlaAAABFAAAABRnWFlaAAABKAAAABRiWFlaAAABPAAAABR3dHB0AAAB',
    'UAAAABRyVFJDAAABZAAAAChnVFJDAAABZAAAAChiVFJDAAABZAAAAChjcHJ0AAABjAAAADxtbHVjAAAAAAAAAAEAAAAMZW5VUwAA',
    'AAgAAAAcAHMAUgBHAEJYWVogAAAAAAAAb6IAADj1AAADkFhZWiAAAAAAAABimQAAt4UAABjaWFlaIAAAAAAAACSgAAAPhAAAts9Y',
    'WVogAAAAAAAA9tYAAQAAAADTLXBhcmEAAAAAAAQAAAACZmYAAPKnAAANWQAAE9AAAApbAAAAAAAAAABtbHVjAAAAAAAAAAEAAAAM',
    'ZW5VUwAAACAAAAAcAEcAbwBvAGcAbABlACAASQBuAGMALgAgADIAMAAxADZWUDggRAAAALABAJ0BKgwACAABQCYlsAJ0AQ67BIAA',
    '/vzP75airr1KZ4NdwVzh80UffhW9KA9bT/A/B8YP/VmOdC8X/9UzuwdxVgAA',
  ].join(''),
  'base64',
)

export const PNG = Buffer.from(
  [
    'iVBORw0KGgoAAAANSUhEUgAAAAwAAAAICAYAAADN5B7xAAAAPklEQVR4AezQMRkAEBRF4fu9DGazEEIIIcQLIYQQQgihCycCu+Ef',
    'z3JM8h2QkFFQ4WjoGJhYMEXpxQ9ubh0AAAD//9FF/UgAAAAGSURBVAMAF+kgpe6nnKIAAAAASUVORK5CYII=',
  ].join(''),
  'base64',
)

const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 255])
const u32 = (value: number, little = false): Buffer => {
  const bytes = Buffer.alloc(4)
  if (little) bytes.writeUInt32LE(value)
  else bytes.writeUInt32BE(value)
  return bytes
}

/** A segment of a JPEG. */
export const segment = (marker: number, content: Buffer): Buffer =>
  Buffer.concat([Buffer.from([0xff, marker]), u16(content.length + 2), content])

export const chunk = (type: string, content: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  return Buffer.concat([u32(content.length), body, u32(crc32(body))])
}

export const riff = (type: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(type, 'latin1'),
    u32(content.length, true),
    content,
    Buffer.alloc(content.length % 2),
  ])

/** What a telephone writes beside a picture: how it is turned, where it was taken, by what. */
export function exif(orientation = 6): Buffer {
  const tags = [
    [0x0112, 3, 1, orientation << 16],
    [0x010f, 2, 9, 50],
    [0x8825, 4, 1, 60],
  ] as const
  const entries = tags.map(([tag, type, count, value]) =>
    Buffer.concat([u16(tag), u16(type), u32(count), u32(value)]),
  )
  const head = Buffer.concat([Buffer.from('MM\0*', 'latin1'), u32(8), u16(tags.length), ...entries, u32(0)])
  return Buffer.concat([
    Buffer.from('Exif\0\0', 'latin1'),
    head,
    Buffer.from('GPS 10.8123N 106.7234E Telephone'),
  ])
}

/** The JPEG as a telephone makes it, with a second picture hung on behind. */
export const photo = (orientation = 6): Buffer =>
  Buffer.concat([
    JPEG.subarray(0, 2),
    segment(0xe1, exif(orientation)),
    segment(0xfe, Buffer.from('GPS comment')),
    JPEG.subarray(2),
    Buffer.from('GPS behind the end'),
  ])

export const withChunks = (...chunks: readonly Buffer[]): Buffer =>
  Buffer.concat([PNG.subarray(0, 33), ...chunks, PNG.subarray(33)])

export function withRiff(...chunks: readonly Buffer[]): Buffer {
  const body = Buffer.concat([WEBP.subarray(8), ...chunks])
  return Buffer.concat([Buffer.from('RIFF'), u32(body.length, true), body])
}

export const pdf = (inside: string): Buffer =>
  Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${inside} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`,
    'latin1',
  )
