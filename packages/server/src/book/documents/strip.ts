import { stripJpeg } from './jpeg.ts'
import { checkPdf } from './pdf.ts'
import { stripPng } from './png.ts'
import { stripWebp } from './webp.ts'

/** What a document may be; told by its own first bytes, never by its name or by what was claimed. */
export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
export type MediaType = (typeof MEDIA_TYPES)[number]

export type Stripped = Buffer | 'damaged' | 'active'

const STRIPPERS: Readonly<Record<MediaType, (bytes: Buffer) => Stripped>> = {
  'image/jpeg': stripJpeg,
  'image/png': stripPng,
  'image/webp': stripWebp,
  'application/pdf': checkPdf,
}

const begins = (bytes: Buffer, text: string, at = 0): boolean =>
  bytes.subarray(at, at + text.length).toString('latin1') === text

/** @returns undefined for anything else */
export function mediaTypeOf(bytes: Buffer): MediaType | undefined {
  if (begins(bytes, '\xff\xd8\xff')) return 'image/jpeg'
  if (begins(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (begins(bytes, 'RIFF') && begins(bytes, 'WEBP', 8)) return 'image/webp'
  return begins(bytes, '%PDF-') ? 'application/pdf' : undefined
}

/**
 * A document without what it says beside its picture: place, time, device, names, thumbnails. The picture itself stays
 * to the byte.
 * @returns 'damaged' where it ends too early or does not hold together; 'active' for a PDF that would do something
 */
export const strip = (bytes: Buffer, mediaType: MediaType): Stripped => STRIPPERS[mediaType](bytes)
