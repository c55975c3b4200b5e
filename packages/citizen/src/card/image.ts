import { sayDay } from '@sokhoe/ui/format'
import { drawQrCode } from '@sokhoe/ui/parts/QrCode'
import type { Card } from '../platform/api.ts'
import { say } from '../platform/say.ts'

const [WIDTH, HEIGHT, MARGIN, QR] = [1016, 640, 48, 400]
/** Words as lines that fit, at most three. */
function* linesOf(pen: CanvasRenderingContext2D, text: string, width: number): Generator<string> {
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && pen.measureText(longer).width > width) {
      yield line
      line = word
    } else line = longer
  }
  yield line
}

/** The card as a picture for the phone's own album, the size of a bank card at 300 dots an inch. */
export async function cardImage(card: Card): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = HEIGHT
  const pen = canvas.getContext('2d')
  if (!pen || card.url === null) return null
  const font = (weight: number, size: number) => `${weight} ${size}px 'Be Vietnam Pro', sans-serif`
  await document.fonts.load(font(600, 40), card.name)
  pen.fillStyle = '#00474e'
  pen.fillRect(0, 0, WIDTH, HEIGHT)
  drawQrCode(pen, card.url, WIDTH - MARGIN - QR, HEIGHT - MARGIN - QR, QR)
  const width = WIDTH - QR - 3 * MARGIN
  const write = (text: string, y: number, weight: number, size: number, room = width) => {
    pen.font = font(weight, size)
    pen.fillStyle = '#ffffff'
    const lines = [...linesOf(pen, text, room)].slice(0, 3)
    for (const [i, line] of lines.entries()) pen.fillText(line, MARGIN, y + i * size * 1.35)
    return y + lines.length * size * 1.35
  }
  write(say('card.city'), 92, 600, 40, WIDTH - 2 * MARGIN)
  const next = write(card.name, 220, 600, 44)
  write(`${say('card.birth')} ${sayDay(card.birthDate)}`, next + 10, 400, 32)
  write(say('card.number'), HEIGHT - 120, 400, 30)
  write(card.number, HEIGHT - 66, 600, 44)
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
