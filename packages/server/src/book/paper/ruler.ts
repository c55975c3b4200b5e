import { type Font, printable } from '../../platform/ink.ts'

type Doc = PDFKit.PDFDocument

export interface Type {
  readonly font: Font
  readonly size: number
}

const sizeOf = (doc: Doc, { font, size }: Type, text: string): number => {
  doc.font(font).fontSize(size)
  return doc.widthOfString(text)
}

/** No line holds more letters: a word is looked at in stretches of this, however long somebody made it. */
const STRETCH = 160

/** How many of these letters fit, one at least. */
function fitting(doc: Doc, type: Type, letters: readonly string[], width: number): number {
  let [low, high] = [1, letters.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (sizeOf(doc, type, letters.slice(0, middle).join('')) <= width) low = middle
    else high = middle - 1
  }
  return low
}

const SEGMENTER = new Intl.Segmenter('vi')

/** A word too long for a line, in pieces that are not. */
function* cut(doc: Doc, type: Type, word: string, width: number): Generator<string> {
  const letters = Array.from(SEGMENTER.segment(word), ({ segment }) => segment)
  for (let from = 0; from < letters.length; ) {
    const stretch = letters.slice(from, from + STRETCH)
    const many = fitting(doc, type, stretch, width)
    yield stretch.slice(0, many).join('')
    from += many
  }
}

function* piecesOf(doc: Doc, type: Type, text: string, width: number): Generator<string> {
  for (const word of printable(text).split(' ')) {
    if (word === '') continue
    if (word.length <= STRETCH && sizeOf(doc, type, word) <= width) yield word
    else yield* cut(doc, type, word, width)
  }
}

/** A text as the lines that fit the width; no line for no text. */
export function linesOf(doc: Doc, type: Type, text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of piecesOf(doc, type, text, width)) {
    const longer = line === '' ? piece : `${line} ${piece}`
    if (line !== '' && sizeOf(doc, type, longer) > width) {
      lines.push(line)
      line = piece
    } else line = longer
  }
  return line === '' ? lines : [...lines, line]
}
