import { deflateSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  chunk,
  exif,
  JPEG,
  PNG,
  pdf,
  photo,
  riff,
  segment,
  WEBP,
  withChunks,
  withRiff,
} from '../../../test/pictures.ts'
import { type MediaType, mediaTypeOf, strip } from './strip.ts'

const stripped = (bytes: Buffer, type: MediaType): Buffer => {
  const result = strip(bytes, type)
  if (typeof result === 'string') throw new Error(result)
  return result
}
const tells = (bytes: Buffer, text: string): boolean => bytes.toString('latin1').includes(text)
const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array))

test('a photo loses place, device, comments, profile and what hangs behind it; its picture stays to the byte', () => {
  const clean = stripped(photo(1), 'image/jpeg')
  for (const text of ['GPS', 'Exif', 'Telephone', 'ICC_PROFILE', 'JFIF'])
    expect(tells(clean, text)).toBe(false)
  const picture = (whole: Buffer) => whole.subarray(whole.indexOf(Buffer.from([0xff, 0xdb])))
  expect(picture(clean)).toEqual(picture(JPEG))
})

test('a photo that must be turned keeps that one word of its Exif', () => {
  const clean = stripped(photo(6), 'image/jpeg')
  expect(tells(clean, 'GPS')).toBe(false)
  expect(tells(clean, 'Exif')).toBe(true)
  expect(stripped(clean, 'image/jpeg')).toEqual(clean)
  expect(clean.length - stripped(photo(1), 'image/jpeg').length).toBe(36)
})

test('whatever segments a camera adds, the same picture comes out', () => {
  const marker = fc.constantFrom(0xe0, 0xe1, 0xe2, 0xed, 0xef, 0xfe)
  fc.assert(
    fc.property(fc.array(fc.tuple(marker, bytes), { maxLength: 5 }), bytes, (extra, tail) => {
      const parts = extra.map(([mark, content]) => segment(mark, content))
      const file = Buffer.concat([JPEG.subarray(0, 2), ...parts, JPEG.subarray(2), tail])
      expect(stripped(file, 'image/jpeg')).toEqual(stripped(JPEG, 'image/jpeg'))
    }),
  )
})

test('a PNG loses its texts, times and Exif, and nothing of its picture', () => {
  const kinds = fc.constantFrom('tEXt', 'zTXt', 'iTXt', 'eXIf', 'tIME', 'iCCP', 'pHYs', 'prVt')
  fc.assert(
    fc.property(fc.array(fc.tuple(kinds, bytes), { maxLength: 5 }), (extra) => {
      const file = withChunks(...extra.map(([type, content]) => chunk(type, content)))
      expect(stripped(file, 'image/png')).toEqual(PNG)
    }),
  )
})

test('a WebP loses Exif, XMP and profile, and says so in its head', () => {
  const clean = stripped(withRiff(riff('EXIF', exif()), riff('XMP ', Buffer.from('GPS'))), 'image/webp')
  for (const text of ['EXIF', 'XMP', 'GPS', 'ICCP']) expect(tells(clean, text)).toBe(false)
  expect(clean).toEqual(stripped(WEBP, 'image/webp'))
  expect(clean.readUInt8(20)).toBe(0)
  expect(clean.readUInt32LE(4)).toBe(clean.length - 8)
})

test('cut anywhere, a picture is damaged and never half kept', () => {
  const whole = [
    [stripped(JPEG, 'image/jpeg'), 'image/jpeg'],
    [PNG, 'image/png'],
    [stripped(WEBP, 'image/webp'), 'image/webp'],
  ] as const
  for (const [file, type] of whole)
    for (let length = 12; length < file.length; length += 1)
      expect(strip(file.subarray(0, length), type)).toBe('damaged')
})

test('a PNG whose bytes were changed is damaged', () => {
  fc.assert(
    fc.property(fc.integer({ min: 8, max: PNG.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, by) => {
      const changed = Buffer.from(PNG)
      changed.writeUInt8(changed.readUInt8(at) ^ by, at)
      expect(strip(changed, 'image/png')).toBe('damaged')
    }),
  )
})

test('no bytes at all make it stumble, and stripping twice is stripping once', () => {
  const heads = fc.constantFrom(
    JPEG.subarray(0, 20),
    PNG.subarray(0, 8),
    WEBP.subarray(0, 12),
    Buffer.from('%PDF-1.4'),
  )
  fc.assert(
    fc.property(heads, bytes, (head, rest) => {
      const file = Buffer.concat([head, rest])
      const type = mediaTypeOf(file)
      const once = type && strip(file, type)
      if (type && Buffer.isBuffer(once)) expect(strip(once, type)).toEqual(once)
    }),
  )
  for (const [file, type] of [
    [JPEG, 'image/jpeg'],
    [PNG, 'image/png'],
    [WEBP, 'image/webp'],
  ] as const)
    expect(mediaTypeOf(stripped(file, type))).toBe(type)
})

test('anything that is no picture and no PDF has no type, whatever it is called', () => {
  for (const text of ['<svg onload=alert(1)>', 'GIF89a', 'MZ', '', ' %PDF-1.4', '<html>'])
    expect(mediaTypeOf(Buffer.from(text))).toBeUndefined()
})

test('a plain PDF is kept as it is; one that runs, opens, carries or hides something is not', () => {
  expect(strip(pdf('/Pages 2 0 R'), 'application/pdf')).toEqual(pdf('/Pages 2 0 R'))
  for (const inside of [
    '/OpenAction << /S /JavaScript /JS (app.alert(1)) >>',
    '/Names << /J#61vaScript 3 0 R >>',
    '/Names << /EmbeddedFiles 3 0 R >>',
    '/A << /S /Launch >>',
    '/Encrypt 4 0 R',
  ])
    expect(strip(pdf(inside), 'application/pdf')).toBe('active')
  const packed = deflateSync(Buffer.from('1 0 << /S /JavaScript /JS (x) >>'))
  const stream = `>> endobj 5 0 obj << /Type /ObjStm /Filter /FlateDecode >>\nstream\n${packed.toString('latin1')}\nendstream`
  expect(strip(pdf(stream), 'application/pdf')).toBe('active')
  expect(strip(pdf('').subarray(0, 40), 'application/pdf')).toBe('damaged')
})
