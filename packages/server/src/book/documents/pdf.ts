import { constants, inflateSync } from 'node:zlib'

/** Names under which a PDF does something by itself, carries other files or hides behind a password. */
const ACTIVE =
  /\/(?:JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|OpenAction|AA|SubmitForm|ImportData|GoToE|Encrypt)(?![A-Za-z0-9])/
const MOST_INFLATED = 16 * 1024 * 1024

/** A name may be written with hexadecimal escapes: `/J#53` is `/JS`. */
const plain = (text: string): string =>
  text.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))

/** Objects may be packed into compressed streams, where their names would not be seen. */
function* packedObjects(bytes: Buffer, text: string): Generator<string> {
  for (const { index, 0: head } of text.matchAll(/\/ObjStm[\s\S]{0,400}?stream\r?\n/g)) {
    try {
      yield inflateSync(bytes.subarray(index + head.length), {
        maxOutputLength: MOST_INFLATED,
        finishFlush: constants.Z_SYNC_FLUSH,
      }).toString('latin1')
    } catch {
      // what no reader could open either does nothing
    }
  }
}

/**
 * A PDF as it is: what it says of itself inside cannot be taken out without writing it anew. One that would run, open
 * or carry something is refused. It is shown as a file to save only, never within our pages.
 */
export function checkPdf(bytes: Buffer): Buffer | 'damaged' | 'active' {
  const text = bytes.toString('latin1')
  if (!text.slice(-2048).includes('%%EOF')) return 'damaged'
  if (ACTIVE.test(plain(text))) return 'active'
  for (const objects of packedObjects(bytes, text)) if (ACTIVE.test(plain(objects))) return 'active'
  return bytes
}
