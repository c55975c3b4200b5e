/** UTF-16 code units that one short message holds, alone and as a part of several (140 bytes, 6 of them the header). */
const ALONE = 70
const A_PART = 67

/**
 * Divides a text as SMS networks carry Vietnamese: UCS-2, several parts bound by a concatenation header
 * (3GPP TS 23.040, 9.2.3.24.1).
 *
 * @param reference 0 to 255, the same for all parts of one message
 * @returns header and text of each part; one part without header where it fits; never half a character
 */
export function partsOf(text: string, reference: number): { udh: Buffer | undefined; message: Buffer }[] {
  if (text.length <= ALONE) return [{ udh: undefined, message: ucs2(text) }]
  const pieces: string[] = []
  for (let from = 0; from < text.length; ) {
    const to = endOfPart(text, from)
    pieces.push(text.slice(from, to))
    from = to
  }
  return pieces.map((piece, index) => ({
    udh: Buffer.from([5, 0, 3, reference % 256, pieces.length, index + 1]),
    message: ucs2(piece),
  }))
}

function endOfPart(text: string, from: number): number {
  const to = Math.min(from + A_PART, text.length)
  const last = text.charCodeAt(to - 1)
  return to < text.length && last >= 0xd800 && last <= 0xdbff ? to - 1 : to
}

const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()
